import type { Proxies } from "../../transport/network.ts";
import type { Env } from "../config.ts";

import { UserError } from "../../domain/text.ts";

/**
 * The proxies from the environment, read the way curl does: `https_proxy`, `http_proxy`, else `all_proxy`, with
 * `no_proxy`; lower case takes precedence. `HTTP_PROXY` is ignored if `REQUEST_METHOD` is set, because under CGI it
 * could be a header sent by a stranger. Source: https://everything.curl.dev/usingcurl/proxies/env.html
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
 * Parses a proxy's address; without a scheme it is `http://`, without a port 80 or 443. Throws a `UserError` if it is not
 * an address; the error does not quote the text, because it may hold credentials.
 */
export function parseProxy(text: string, where: string): URL {
  const url = URL.parse(/^[a-z][\w+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url !== null && url.hostname !== "") return url;
  throw new UserError({
    zh: `${where} 不是代理地址；应写成 http://主机:端口`,
    en: `${where} is no address of a proxy; it should be http://host:port`,
  });
}

/** Throws a `UserError` for schemes such as socks5. Only for proxies in use, because many machines set one as well. */
export function checkProxy(proxy: URL | null, provider: string): void {
  if (proxy === null || proxy.protocol === "http:" || proxy.protocol === "https:") return;
  const shown = `${proxy.protocol}//${proxy.host}`;
  throw new UserError({
    zh: `服务商 ${provider} 要走代理 ${shown}，但 baimo 只支持 http 和 https 代理；请改用代理软件的 http 端口，或为服务商写 proxy: none`,
    en: `provider ${provider} would go through ${shown}, but baimo takes http and https proxies only: use the http port of your proxy, or put proxy: none under the provider`,
  });
}
