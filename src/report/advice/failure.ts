import type { EndLine } from "../../domain/run-file/session.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";
import type { Failure } from "../view/model.ts";

import { isLoading } from "../../calling/errors/loading.ts";
import { redirectCode } from "../../calling/errors/redirect.ts";
import { tooLongCode } from "../../calling/limits/response-limits.ts";
import { unrecognisedError } from "../../domain/run-file/unrecognised-reply.ts";
import { variablesOf } from "../../store/providers/credentials.ts";
import { notThere, wrongAddress } from "./address.ts";
import {
  type Advice,
  type Case,
  cutOff,
  hostOf,
  lookWho,
  networkAdvice,
  proxyCredentials,
  type FailedReply,
} from "./network.ts";
import { isPage, page } from "./page.ts";

/** Advice for a reply that is not an answer. What the vendor itself said is shown beside it. */
export function adviceFor(reply: FailedReply, target: ResolvedTarget): Advice {
  const { code, message, outcome, status } = reply;
  const said: Case = { reply, target };
  if (isPage(message)) return page(said);
  if (status === 407) return proxyCredentials;
  if (status === 405) return wrongAddress(said);
  if (code?.startsWith("proxy-") === true) return networkAdvice(said) ?? cutOff(said);
  if (outcome === "network" || (outcome === "timeout" && status === null)) {
    return networkAdvice(said) ?? cutOff(said);
  }
  if (isUnrecognised(message)) return unrecognised;
  if (clockWords.test(`${code ?? ""} ${message ?? ""}`)) return wrongClock(said);
  if (code === redirectCode) return redirected(said);
  if (code === tooLongCode) return tooLong(said);
  if (code === "content-encoding") return encoded(said);
  return byOutcome(said);
}

/** The same, one line per target, for the targets that a run had to stop asking. */
export function stopAdvice(
  { stopped = [] }: EndLine,
  targets: readonly ResolvedTarget[],
  lang: Lang,
): readonly string[] {
  return stopped.flatMap(({ target: ref, reason, ...told }) => {
    const target = targets.find(({ entry }) => entry.ref === ref);
    if (target === undefined || reason === "budget") return [];
    if (reason === "unserved") return [unserved(ref)[lang]];
    const { what, todo } = adviceFor({ outcome: reason, ...told }, target);
    return [adviceLine(ref, { what, todo }, lang)];
  });
}

/**
 * Advice for the targets that were asked to the end and of which no answer counts, by the last failure of each, and for those that
 * a simulator was asked for without knowing all items.
 */
export function unansweredAdvice(
  failures: readonly Failure[],
  counted: (target: string) => number,
  targets: readonly ResolvedTarget[],
  lang: Lang,
): readonly string[] {
  const last = new Map(failures.map((failure) => [failure.target, failure]));
  return [...last].flatMap(([ref, { outcome, code, message }]) => {
    const target = targets.find(({ entry }) => entry.ref === ref);
    if (target === undefined || (counted(ref) > 0 && !isUnrecognised(message))) return [];
    const status = /^[1-5]\d\d$/.test(code ?? "") ? Number(code) : null;
    return [adviceLine(ref, adviceFor({ outcome, code, message, status }, target), lang)];
  });
}

const adviceLine = (ref: string, { what, todo }: Advice, lang: Lang): string =>
  lang === "zh"
    ? `${ref}：${what.zh}。${todo.zh}`
    : `${ref}: ${what.en}. ${todo.en.charAt(0).toUpperCase()}${todo.en.slice(1)}`;

const unserved = (ref: string): Text => ({
  zh: `${ref}：没有工作进程能问它。在有它的密钥的机器上启动 baimo worker --queue …（原因见上面各工作进程的说明），再 run --resume`,
  en: `${ref}: no worker asks it. Start baimo worker --queue … where its key is (the reasons of the workers stand above), then run --resume`,
});

const isUnrecognised = (message: string | null): boolean =>
  message?.includes(unrecognisedError) === true;

const unrecognised: Advice = {
  what: {
    zh: "模拟器不认得被问的题：它读到的题集里没有",
    en: "the simulator does not know what is asked: it is in no suite that it has read",
  },
  todo: {
    zh: "启动 sim 时用 --suites 指明正在跑的题集（./suites 里的和随程序发布的不用写），再用 run --resume 文件 重问",
    en: "start sim with --suites and the suite that runs (those in ./suites and those that ship need no naming), then ask again with run --resume FILE",
  },
};

const redirected = (said: Case): Advice => ({
  what: {
    zh: `${hostOf(said)} 要求改用另一个地址（重定向），没有跟随`,
    en: `${hostOf(said)} redirects to another address, which was not followed`,
  },
  todo: {
    zh: "如果那就是接口，把它写进 base_url（去掉末尾的 /chat/completions 之类；多出的斜杠写进 path）；如果是登录页，请在网络或网关上放行",
    en: "if that is the API, put it into base_url (without /chat/completions or the like at its end; an extra slash goes into path); if it is a login page, have your network or gateway let you through",
  },
});

const tooLong = (said: Case): Advice => ({
  what: {
    zh: `${hostOf(said)} 的回答超出合理长度，读到上限就停止了`,
    en: `the answer of ${hostOf(said)} was longer than makes sense, so it was ended`,
  },
  todo: {
    zh: "多半是模型停不下来，或服务不理会 max_tokens；确实需要这么长时，在服务商里写 limits: {response_characters: 更大的数}",
    en: "most likely the model does not stop or the server ignores max_tokens; if answers are really that long, put limits: {response_characters: a larger number} under the provider",
  },
});

const loading = (said: Case): Advice => ({
  what: {
    zh: `${hostOf(said)} 还在加载模型（${said.reply.status ?? "—"}）`,
    en: `${hostOf(said)} is still loading the model (${said.reply.status ?? "—"})`,
  },
  todo: {
    zh: "等服务的日志说模型已就绪，再重试",
    en: "wait until the server's own log says that the model is ready, then try again",
  },
});

/** No key was sent: the config says that none is needed. */
const keyless = ({ target }: Case): Advice => ({
  what: { zh: "服务要求密钥，而请求没有带", en: "the server asks for a key, and none was sent" },
  todo: {
    zh: `在 baimo.yaml 的 providers 里，把 ${target.entry.provider} 的 auth 写成 {scheme: bearer, env: MY_API_KEY}，密钥写进当前文件夹的 .env：MY_API_KEY=…`,
    en: `in baimo.yaml, under providers, give ${target.entry.provider} auth: {scheme: bearer, env: MY_API_KEY}, and put the key into the file .env of this folder: MY_API_KEY=…`,
  },
});

/** Schemes that sign with the time of this machine; the others send the key as it is. */
const signsTime = /^(bce|google|oci|sensenova|sigv4|spark|tc3|zhipu)/;

/**
 * What vendors say of a request whose time is not theirs: RequestTimeTooSkewed of AWS, AuthFailure.SignatureExpire of Tencent Cloud,
 * and our own words where a signature is refused and the clocks differ.
 */
const clockWords =
  /TimeTooSkewed|SignatureExpire|InvalidTimestamp|RequestExpired|our clock is -?\d+ s off/i;

const wrongClock = ({ target }: Case): Advice => ({
  what: {
    zh: "请求里的时间与服务的时钟对不上",
    en: "the time in the request is not that of the server's clock",
  },
  todo: {
    zh: `校准本机时钟（timedatectl set-ntp true）；差多少，用 baimo doctor -m ${target.entry.ref} 看`,
    en: `set this machine's clock (timedatectl set-ntp true); baimo doctor -m ${target.entry.ref} tells how far it is off`,
  },
});

/** 501 never passes by itself: https://www.rfc-editor.org/rfc/rfc9110#section-15.6.2 */
const notImplemented = (said: Case): Advice => ({
  what: {
    zh: `${hostOf(said)} 不会处理这个请求（501），再试也一样`,
    en: `${hostOf(said)} cannot serve this request (501), nor will it later`,
  },
  todo: protocolTodo(said),
});

function protocolTodo(said: Case): Text {
  const { zh, en } = lookWho(said);
  const { protocol } = said.target.entry;
  return {
    zh: `检查 protocol（现在是 ${protocol}）和 base_url；${zh}`,
    en: `check protocol (now ${protocol}) and base_url; ${en}`,
  };
}

const encoded = (said: Case): Advice => ({
  what: {
    zh: `${hostOf(said)} 的回答经过压缩，无法解压`,
    en: `the answer of ${hostOf(said)} is compressed and cannot be decoded`,
  },
  todo: {
    zh: "没有请求压缩，是网关或代理自己加的：关掉它的压缩，或让它如实写 content-encoding",
    en: "no compression was asked for; a gateway or proxy added it: switch it off there, or have it state the content-encoding it uses",
  },
});

function byOutcome(said: Case): Advice {
  const { target, reply } = said;
  const { model } = target.entry;
  const variables = Object.values(variablesOf(target.endpoint.auth)).join(", ");
  switch (reply.outcome) {
    case "auth":
      if (variables === "") return keyless(said);
      return {
        what: { zh: "密钥不对", en: "the key is refused" },
        todo: {
          zh: `检查 ${variables} 的值：是否复制完整、是否是这一家这个地区的密钥、是否已停用${signsTime.test(target.endpoint.auth.scheme) ? "；签名里有时间，本机时钟差几分钟也会被拒（baimo doctor 会查）" : ""}`,
          en: `check ${variables}: copied whole, of this vendor and region, still active${signsTime.test(target.endpoint.auth.scheme) ? "; the time is signed too, so a clock that is minutes off is refused as well (baimo doctor looks)" : ""}`,
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
      return notThere(said);
    case "rate-limited":
      return {
        what: { zh: "已连通，但正被限流", en: "reached, but rate limited now" },
        todo: {
          zh: "过一会儿再试；账号限额小的话，在配置里写 limits: {concurrency, rpm}",
          en: "try again later; where the account's limits are low, put limits: {concurrency, rpm} into the config",
        },
      };
    case "overloaded":
    case "server":
      if (isLoading(reply)) return loading(said);
      if (reply.status === 501) return notImplemented(said);
      return {
        what: {
          zh: `服务一侧出错（${reply.status ?? "—"}）`,
          en: `the server is in trouble (${reply.status ?? "—"})`,
        },
        todo: { zh: "过一会儿再试", en: "try again later" },
      };
    case "malformed":
      return {
        what: {
          zh: "回答了，但不是这个协议的格式",
          en: "it answered, but not in this protocol's format",
        },
        todo: protocolTodo(said),
      };
    case "bad-request":
      return {
        what: {
          zh: "请求被拒绝：有的参数对方不接受",
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
          zh: "已连通，但问候语被内容安全策略拦截",
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
