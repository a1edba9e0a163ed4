import { credentialsOf, proxyName } from "../network.ts";

/** The header that carries a proxy's user and password, if its address has them. */
export function proxyAuthorization(proxy: URL): Record<string, string> {
  const { user, password } = credentialsOf(proxy);
  if (user === "" && password === "") return {};
  const basic = Buffer.from(`${user}:${password}`).toString("base64");
  return { "proxy-authorization": `Basic ${basic}` };
}

/** Marks an error of the connection to the proxy itself as the proxy's. */
export function asProxyError(proxy: URL, error: Error): Error {
  const code: unknown = Reflect.get(error, "code");
  const named = typeof code === "string" ? code : error.name;
  return named.startsWith("proxy-") ? error : proxyError(proxy, named, error.message || named);
}

/** An error whose code marks it as the proxy's. */
export const proxyError = (proxy: URL, code: string, message: string): Error =>
  Object.assign(new Error(`proxy ${proxyName(proxy)}: ${message}`), { code: `proxy-${code}` });
