import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

import type { Env } from "../../store/config.ts";

import { proxyName } from "../../transport/network.ts";
import { type DoctorFinding, fine } from "./finding.ts";

/** Proxies and certificates as the environment sets them, before anything is sent. */
export const networkFindings = async (env: Env, cwd: string): Promise<readonly DoctorFinding[]> => [
  ...proxies(env),
  ...(await certificates(env, cwd)),
];

function proxies(env: Env): readonly DoctorFinding[] {
  const given = ["HTTPS_PROXY", "HTTP_PROXY"].flatMap((name) => {
    const value = env[name.toLowerCase()] || env[name] || "";
    return value === "" ? [] : [{ name, value }];
  });
  if (given.length === 0) {
    return [
      fine("proxy", {
        zh: "没有设置代理，请求直接发出",
        en: "no proxy is set; requests go directly",
      }),
    ];
  }
  const exempt = env["no_proxy"] || env["NO_PROXY"] || "";
  return given.map(({ name, value }) => {
    const url = URL.parse(value);
    if (url === null || !/^https?:$/.test(url.protocol)) {
      return {
        id: "proxy",
        state: "wrong",
        what: {
          zh: `${name} 不是 http:// 或 https:// 地址`,
          en: `${name} is no http:// or https:// address`,
        },
        todo: { zh: "写成 http://主机:端口", en: "write it as http://host:port" },
      };
    }
    // Without user and password.
    const proxy = proxyName(url);
    return fine("proxy", {
      zh: `${name} 经代理 ${proxy}${exempt === "" ? "" : `，例外 ${exempt}`}；本机地址从不走代理`,
      en: `${name} goes through ${proxy}${exempt === "" ? "" : `, except ${exempt}`}; this machine's own addresses never do`,
    });
  });
}

async function certificates(env: Env, cwd: string): Promise<readonly DoctorFinding[]> {
  const findings: DoctorFinding[] = [];
  for (const name of ["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"]) {
    const file = env[name]?.trim() ?? "";
    if (file !== "") findings.push(await certificateFile(name, resolve(cwd, file)));
  }
  if (env["NODE_TLS_REJECT_UNAUTHORIZED"] === "0") {
    findings.push({
      id: "certificates",
      state: "notice",
      what: {
        zh: "设置了 NODE_TLS_REJECT_UNAUTHORIZED=0；baimo 不理会它，证书照样核对",
        en: "NODE_TLS_REJECT_UNAUTHORIZED=0 is set; baimo ignores it and verifies certificates all the same",
      },
      todo: {
        zh: "删掉它；公司自己的根证书写进 NODE_EXTRA_CA_CERTS，或服务商的 ca:",
        en: "remove it; put your organisation's root into NODE_EXTRA_CA_CERTS or the provider's ca:",
      },
    });
  }
  if (findings.length > 0) return findings;
  return [
    fine("certificates", {
      zh: "只信任 Node 自带的根证书",
      en: "Node's own root certificates are trusted, and no others",
    }),
  ];
}

async function certificateFile(name: string, file: string): Promise<DoctorFinding> {
  const text = await readFile(file, "utf8").catch(() => null);
  const n = text?.match(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----/g)?.length ?? 0;
  if (n > 0) {
    return fine("certificates", {
      zh: `${name}：另外信任 ${file} 里的 ${n} 张证书`,
      en: `${name}: ${n} certificates of ${file} are trusted as well`,
    });
  }
  const what =
    text === null
      ? { zh: `${name}：${file} 读不到`, en: `${name}: ${file} cannot be read` }
      : {
          zh: `${name}：${file} 里没有 PEM 证书`,
          en: `${name}: ${file} holds no PEM certificate`,
        };
  const todo = {
    zh: "换成以 -----BEGIN CERTIFICATE----- 开头的文件，或删掉这个变量",
    en: "name a file that begins with -----BEGIN CERTIFICATE-----, or unset the variable",
  };
  return { id: "certificates", state: "wrong", what, todo };
}
