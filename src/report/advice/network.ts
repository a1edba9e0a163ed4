import type { Reply } from "../../domain/call.ts";
import type { Text } from "../../domain/text.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";

/** What is wrong with a target, and what somebody can do about it. */
export type Advice = { readonly what: Text; readonly todo: Text };

/** The part of an attempt's outcome that advice is based on. */
export type FailedReply = Pick<Reply, "code" | "message" | "outcome" | "status">;

export type Case = { readonly reply: FailedReply; readonly target: ResolvedTarget };

/** Advice for a failed connection, chosen by its error code; null where the code says nothing. */
export const networkAdvice = (said: Case): Advice | null =>
  rules.find(({ codes }) => codes.test(said.reply.code ?? ""))?.advice(said) ?? null;

/** Where the connection was going: the vendor, or the endpoint that issues its access tokens. */
export const hostOf = ({ target, reply }: Case): string => {
  const token = /^token endpoint (\S+):/.exec(reply.message ?? "")?.[1];
  if (token !== undefined) return token;
  const url = URL.parse(target.endpoint.base_url);
  return url === null ? target.endpoint.base_url : url.host;
};

const proxyOf = ({ target }: Case): string => target.entry.network?.proxy ?? "—";

export const proxyCredentials: Advice = {
  what: { zh: "代理要求身份验证（407）", en: "a proxy asks for credentials (407)" },
  todo: {
    zh: '在代理地址里写上用户名和密码：HTTPS_PROXY=http://用户:密码@主机:端口，或 proxy: "http://${PROXY_USER}:${PROXY_PASSWORD}@主机:端口"；特殊字符用 %xx 转义',
    en: 'put user and password into the address of the proxy: HTTPS_PROXY=http://user:password@host:port, or proxy: "http://${PROXY_USER}:${PROXY_PASSWORD}@host:port"; special characters as %xx',
  },
};

export const cutOff = (said: Case): Advice => ({
  what: { zh: `与 ${hostOf(said)} 的连接中断`, en: `the connection to ${hostOf(said)} broke off` },
  todo: {
    zh: "过一会儿再试；总是如此的话，多半是防火墙或代理切断的",
    en: "try again later; if it is always so, a firewall or a proxy cuts it",
  },
});

/** How to see whether a model's server listens at an address, or another program. */
export const lookWho = ({ target }: Case): Text => ({
  zh: `看看在听的是不是别的程序：curl -i ${target.endpoint.base_url}/models，模型服务会返回 JSON 的模型列表`,
  en: `see whether another program listens there: curl -i ${target.endpoint.base_url}/models, to which a model's server answers with a list in JSON`,
});

/** Verification cannot be switched off, so the advice is how to make it succeed. */
const trustTodo: Text = {
  zh: "自签名的，或被公司代理换过的证书：为服务商写 ca: 公司根证书.pem，或用环境变量 NODE_EXTRA_CA_CERTS、SSL_CERT_FILE 指向它",
  en: "self-signed, or replaced by your company's proxy: put ca: company-root.pem under the provider, or point NODE_EXTRA_CA_CERTS or SSL_CERT_FILE at it",
};

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
        zh: `服务没有启动、还在启动，或端口不对；先启动它，等端口能连上（curl ${said.target.endpoint.base_url}/models 有回应）再问，并核对 base_url 的端口`,
        en: `the server is not running, has not opened its port yet, or the port is another; start it, ask again once it listens (curl ${said.target.endpoint.base_url}/models answers), and check the port in base_url`,
      },
    }),
  },
  {
    codes: /^proxy-407$/,
    advice: () => proxyCredentials,
  },
  {
    codes: /^proxy-\d+$/,
    advice: (said) => ({
      what: {
        zh: `代理 ${proxyOf(said)} 拒绝连接 ${hostOf(said)}（${said.reply.code?.slice(6)}）`,
        en: `the proxy ${proxyOf(said)} does not connect to ${hostOf(said)} (${said.reply.code?.slice(6)})`,
      },
      todo: {
        zh: "请网络管理员放行这个地址；内网服务不该走代理的话，把它写进 NO_PROXY，或为服务商写 proxy: none",
        en: "ask your network's administrator to allow the address; where a server of your own needs no proxy, put it into NO_PROXY or write proxy: none under the provider",
      },
    }),
  },
  {
    codes: /^proxy-(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS_CERT|HOSTNAME_MISMATCH)/,
    advice: (said) => ({
      what: {
        zh: `代理 ${proxyOf(said)} 自己的证书不被信任`,
        en: `the proxy's own certificate (${proxyOf(said)}) is not trusted`,
      },
      todo: trustTodo,
    }),
  },
  {
    codes: /^proxy-/,
    advice: (said) => ({
      what: {
        zh: `连不上代理 ${proxyOf(said)}`,
        en: `the proxy ${proxyOf(said)} cannot be reached`,
      },
      todo: {
        zh: "检查 HTTPS_PROXY、HTTP_PROXY、ALL_PROXY 或配置里的 proxy：主机和端口对不对、代理是否在运行；不需要代理就写 proxy: none",
        en: "check HTTPS_PROXY, HTTP_PROXY, ALL_PROXY or proxy in the config: host, port, and that it is running; where none is needed, write proxy: none",
      },
    }),
  },
  {
    codes: /^CERT_HAS_EXPIRED$|^CERT_NOT_YET_VALID$/,
    advice: (said) => ({
      what: {
        zh: `${hostOf(said)} 的证书已过期，或还没生效`,
        en: `the certificate of ${hostOf(said)} has expired or is not valid yet`,
      },
      todo: {
        zh: "先看本机的日期和时间对不对；时间没错就请对方换证书",
        en: "check this machine's date and time; where they are right, the server needs a new certificate",
      },
    }),
  },
  {
    codes: /^(ERR_TLS_CERT_ALTNAME|HOSTNAME_MISMATCH)/,
    advice: (said) => ({
      what: {
        zh: `证书不是发给 ${hostOf(said)} 的`,
        en: `the certificate is not made out to ${hostOf(said)}`,
      },
      todo: {
        zh: "base_url 里要用证书上写的主机名，而不是 IP 或别名；也可能连到了别的服务器",
        en: "use the host name of the certificate in base_url, not an address or another name; or this is another server",
      },
    }),
  },
  {
    codes: /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/,
    advice: (said) => ({
      what: {
        zh: `${hostOf(said)} 的证书不被信任`,
        en: `the certificate of ${hostOf(said)} is not trusted`,
      },
      todo: trustTodo,
    }),
  },
  {
    codes: /^ERR_SSL_.*(CERTIFICATE_REQUIRED|ALERT_HANDSHAKE|BAD_CERTIFICATE|UNKNOWN_CA)/,
    advice: (said) => ({
      what: {
        zh: `${hostOf(said)} 不接受我们的客户端证书，或要求提供客户端证书`,
        en: `${hostOf(said)} wants a client certificate, or another one`,
      },
      todo: {
        zh: "为服务商写 client_cert: 证书.pem 和 client_key: 私钥.pem",
        en: "put client_cert: cert.pem and client_key: key.pem under the provider",
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
    codes: /^HTTPParserError$|^HPE_/,
    advice: (said) => ({
      what: {
        zh: `${hostOf(said)} 不像是模型服务：回答的不是 HTTP`,
        en: `${hostOf(said)} does not look like a model's server: what it answers is no HTTP`,
      },
      todo: {
        zh: `核对 base_url 的端口；这个端口上多半是别的程序（例如 SSH、数据库），或者要 https`,
        en: `check the port in base_url; most likely another program listens there (SSH, a database), or it wants https`,
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
