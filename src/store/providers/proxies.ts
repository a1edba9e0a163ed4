import type { Proxies } from "../../transport/network.ts";
import type { Env } from "../config.ts";

import { UserError } from "../../domain/text.ts";

/**
 * The proxies that the environment names, as curl reads them: `https_proxy`, `http_proxy`, else `all_proxy`, with
 * `no_proxy`; lower case goes before upper case. `HTTP_PROXY` is not read where `REQUEST_METHOD` is set, because there it
 * would be a header that a stranger sent. Source: https://everything.curl.dev/usingcurl/proxies/env.html
 */
export function environmentProxies(env: Env): Proxies {
  const valueOf = (name: string): { readonly name: string; readonly value: string } | null => {
    const found = [name, name.toUpperCase()].find((each) => (env[each]?.trim() ?? "") !== "");
    return found === undefined ? null : { name: found, value: env[found]?.trim() ?? "" };
  };
  const parsed = (name: string): string | null => {
    const named = valueOf(name);
    const unsafe = named?.name === "HTTP_PROXY" && env["REQUEST_METHOD"] !== undefined;
    const found = (unsafe ? null : named) ?? valueOf("all_proxy");
    return found === null ? null : parseProxy(found.value, found.name).href;
  };
  return {
    http: parsed("http_proxy"),
    https: parsed("https_proxy"),
    no_proxy: valueOf("no_proxy")?.value ?? "",
  };
}

/**
 * A proxy's address; `http://` where it has no scheme. A port that is not stated is 80 or 443. A `UserError` that repeats
 * nothing of it, because it may hold credentials, where it is no address.
 */
export function parseProxy(text: string, where: string): URL {
  const url = URL.parse(/^[a-z][\w+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url !== null && url.hostname !== "") return url;
  throw new UserError({
    zh: `${where} 不是代理地址；应写成 http://主机:端口`,
    en: `${where} is no address of a proxy; it should be http://host:port`,
  });
}

/** A `UserError` for schemes such as socks5. Asked only of a proxy that is used, because many machines have one beside. */
export function checkProxy(proxy: URL | null, provider: string): void {
  if (proxy === null || proxy.protocol === "http:" || proxy.protocol === "https:") return;
  const shown = `${proxy.protocol}//${proxy.host}`;
  throw new UserError({
    zh: `服务商 ${provider} 要走代理 ${shown}，但 baimo 只支持 http 和 https 代理；请改用代理软件的 http 端口，或为服务商写 proxy: none`,
    en: `provider ${provider} would go through ${shown}, but baimo takes http and https proxies only: use the http port of your proxy, or put proxy: none under the provider`,
  });
}
