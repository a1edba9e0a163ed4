import type { Reply } from "../domain/call.ts";
import type { Text } from "../domain/text.ts";
import type { ResolvedTarget } from "../store/targets.ts";

import { variablesOf } from "../store/credentials.ts";

/** What is wrong with a target, and what somebody can do about it. */
export type Advice = { readonly what: Text; readonly todo: Text };

type Case = { readonly reply: Reply; readonly target: ResolvedTarget };

/** The advice for a reply that is no answer. What the vendor said itself is shown beside it. */
export function adviceFor(reply: Reply, target: ResolvedTarget): Advice {
  const { code, message, outcome, status } = reply;
  const said: Case = { reply, target };
  if (isPage(message)) return page(said);
  if (status === 407) return proxy;
  if (outcome === "network" || (outcome === "timeout" && status === null)) {
    return rules.find(({ codes }) => codes.test(code ?? ""))?.advice(said) ?? cutOff(said);
  }
  return byOutcome(said);
}

const isPage = (message: string | null): boolean =>
  /<!doctype|<html|^a web page/i.test(message ?? "");

const hostOf = ({ target }: Case): string => {
  const url = URL.parse(target.endpoint.base_url);
  return url === null ? target.endpoint.base_url : url.host;
};

const page = (said: Case): Advice => ({
  what: {
    zh: `${hostOf(said)} 返回的是网页，不是接口`,
    en: `${hostOf(said)} answers with a web page, not with an API`,
  },
  todo: {
    zh: "检查 base_url（常见的是少了 /v1，或写成了官网地址）；在公司网络里，也可能被登录页或代理拦截",
    en: "check base_url (often /v1 is missing, or it is the vendor's home page); a login page or a proxy of your network may be in the way",
  },
});

const proxy: Advice = {
  what: { zh: "代理要求身份验证（407）", en: "a proxy asks for credentials (407)" },
  todo: {
    zh: "向网络管理员要代理的用户名和密码",
    en: "ask your network's administrator for the proxy's credentials",
  },
};

const cutOff = (said: Case): Advice => ({
  what: { zh: `与 ${hostOf(said)} 的连接中断`, en: `the connection to ${hostOf(said)} broke off` },
  todo: {
    zh: "过一会儿再试；总是如此的话，多半是防火墙或代理切断的",
    en: "try again later; if it is always so, a firewall or a proxy cuts it",
  },
});

/** Codes of Node and undici: https://nodejs.org/api/errors.html, https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const rules: readonly { readonly codes: RegExp; readonly advice: (said: Case) => Advice }[] = [
  {
    codes: /^(ENOTFOUND|EAI_\w+)$/,
    advice: (said) => ({
      what: {
        zh: `找不到主机 ${hostOf(said)}（域名解析失败）`,
        en: `the host ${hostOf(said)} cannot be found (name resolution)`,
      },
      todo: {
        zh: "检查 base_url 里的域名有没有写错、机器能不能上网、DNS 是否需要内网",
        en: "check the name in base_url, that this machine is online, and whether the name needs your company's DNS",
      },
    }),
  },
  {
    codes: /^ECONNREFUSED$/,
    advice: (said) => ({
      what: { zh: `${hostOf(said)} 拒绝连接`, en: `${hostOf(said)} refuses the connection` },
      todo: {
        zh: "服务没有启动，或端口不对；先启动它，再核对 base_url 的端口",
        en: "the server is not running or the port is another; start it and check the port in base_url",
      },
    }),
  },
  {
    codes: /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS_CERT|HOSTNAME_MISMATCH)/,
    advice: (said) => ({
      what: {
        zh: `${hostOf(said)} 的证书不被信任`,
        en: `the certificate of ${hostOf(said)} is not trusted`,
      },
      todo: {
        zh: "自签名或公司代理换过的证书：用环境变量 NODE_EXTRA_CA_CERTS 指向公司的根证书；也请检查本机时间",
        en: "self-signed, or replaced by your company's proxy: point NODE_EXTRA_CA_CERTS at the company's root certificate; check this machine's clock too",
      },
    }),
  },
  {
    codes: /^(ERR_SSL|EPROTO)/,
    advice: (said) => ({
      what: {
        zh: `与 ${hostOf(said)} 的 TLS 握手失败`,
        en: `the TLS handshake with ${hostOf(said)} failed`,
      },
      todo: {
        zh: "这个端口可能不是 https：试试把 base_url 改成 http://",
        en: "this port may not speak https: try http:// in base_url",
      },
    }),
  },
  {
    codes: /^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/,
    advice: (said) => ({
      what: { zh: `连不上 ${hostOf(said)}`, en: `${hostOf(said)} cannot be reached` },
      todo: {
        zh: "检查网络和防火墙；有的厂商只对部分地区开放",
        en: "check the network and the firewall; some vendors serve some regions only",
      },
    }),
  },
  {
    codes: /^deadline-/,
    advice: (said) => ({
      what: {
        zh: `${hostOf(said)} 接受了请求，但迟迟没有回答`,
        en: `${hostOf(said)} took the request but did not answer in time`,
      },
      todo: {
        zh: "模型可能正在加载，或很忙；过一会儿再试",
        en: "the model may be loading or very busy; try again later",
      },
    }),
  },
];

function byOutcome(said: Case): Advice {
  const { target, reply } = said;
  const { model, provider } = target.entry;
  const variables = Object.values(variablesOf(target.endpoint.auth)).join(", ");
  switch (reply.outcome) {
    case "auth":
      return {
        what: { zh: "密钥不对", en: "the key is refused" },
        todo: {
          zh:
            variables === ""
              ? "服务要求密钥：在配置里写 auth: {scheme: bearer, env: 变量名}"
              : `检查 ${variables} 的值：是否复制完整、是否是这一家这个地区的密钥、是否已停用`,
          en:
            variables === ""
              ? "the server asks for a key: put auth: {scheme: bearer, env: NAME} into the config"
              : `check ${variables}: copied whole, of this vendor and region, still active`,
        },
      };
    case "permission":
      return {
        what: {
          zh: `密钥有效，但无权使用 ${model}`,
          en: `the key is known but may not use ${model}`,
        },
        todo: {
          zh: "在厂商控制台开通这个模型；也可能是这个地区不提供，或密钥限制了来源地址",
          en: "enable the model in the vendor's console; or it is not offered in this region, or the key is bound to other addresses",
        },
      };
    case "quota":
      return {
        what: { zh: "额度或余额用尽", en: "the quota or the balance is used up" },
        todo: {
          zh: "在厂商控制台充值或提高额度",
          en: "top up or raise the quota in the vendor's console",
        },
      };
    case "model-not-found":
      return {
        what: {
          zh: `没有 ${model} 这个模型，或地址不对（404）`,
          en: `there is no model ${model}, or the address is wrong (404)`,
        },
        todo: {
          zh: `核对模型名（baimo models --provider ${provider} 列出已知的）；base_url 通常以 /v1 结尾`,
          en: `check the model's name (baimo models --provider ${provider} lists the known ones); base_url usually ends in /v1`,
        },
      };
    case "rate-limited":
      return {
        what: { zh: "通了，但正被限流", en: "reached, but rate limited now" },
        todo: {
          zh: "过一会儿再试；账号限额小的话，在配置里写 limits: {concurrency, rpm}",
          en: "try again later; where the account's limits are low, put limits: {concurrency, rpm} into the config",
        },
      };
    case "overloaded":
    case "server":
      return {
        what: {
          zh: `厂商一侧出错（${reply.status ?? "—"}）`,
          en: `the vendor's side is in trouble (${reply.status ?? "—"})`,
        },
        todo: { zh: "过一会儿再试", en: "try again later" },
      };
    case "malformed":
      return {
        what: {
          zh: "回答了，但不是这个协议的格式",
          en: "it answered, but not in this protocol's format",
        },
        todo: {
          zh: `检查 protocol（现在是 ${target.entry.protocol}）和 base_url`,
          en: `check protocol (now ${target.entry.protocol}) and base_url`,
        },
      };
    case "bad-request":
      return {
        what: {
          zh: "请求被拒绝：有参数它不接受",
          en: "the request is refused: it does not take some parameter",
        },
        todo: {
          zh: "按下面厂商的说明，在配置的 providers 里调整 request",
          en: "follow the vendor's words below and adjust request under providers in the config",
        },
      };
    case "filtered-input":
    case "filtered-output":
      return {
        what: {
          zh: "通了，但问候语被内容安全策略拦截",
          en: "reached, but the vendor's filter blocked a greeting",
        },
        todo: { zh: "请联系厂商", en: "ask the vendor" },
      };
    case "aborted":
      return {
        what: { zh: "已中止", en: "aborted" },
        todo: { zh: "重新运行", en: "run it again" },
      };
    case "ok":
    case "length":
    case "context-overflow":
    case "timeout":
    case "network":
      return cutOff(said);
  }
}
