import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Socket } from "node:net";

import type { SecureContextOptions } from "node:tls";

import { bareHost } from "./no-proxy.ts";
import { credentialsOf, proxyName } from "./network.ts";

export type TunnelOptions = {
  readonly proxy: URL;
  /** `host:port` of the server at the other end. */
  readonly authority: string;
  readonly tls: SecureContextOptions;
  readonly timeout_ms: number;
};

/**
 * Opens a tunnel through an HTTP proxy by `CONNECT` (RFC 9110 §9.3.6). The code of an error starts with `proxy-`, so that
 * a proxy's fault is never taken for the vendor's: `proxy-407`, `proxy-ECONNREFUSED`, `proxy-timeout`.
 */
export function openTunnel(
  { proxy, authority, tls, timeout_ms }: TunnelOptions,
  done: (error: Error | null, socket: Socket | null) => void,
): void {
  const isSecure = proxy.protocol === "https:";
  const request = (isSecure ? httpsRequest : httpRequest)({
    method: "CONNECT",
    host: bareHost(proxy.hostname),
    port: proxy.port === "" ? (isSecure ? 443 : 80) : Number(proxy.port),
    path: authority,
    headers: { host: authority, ...proxyAuthorization(proxy) },
    agent: false,
    ...(isSecure ? { ...tls, rejectUnauthorized: true } : {}),
  });
  const timer = setTimeout(() => {
    request.destroy(proxyError(proxy, "timeout", `no answer within ${timeout_ms} ms`));
  }, timeout_ms);
  request.once("connect", ({ statusCode = 0, statusMessage = "" }, socket: Socket, head) => {
    clearTimeout(timer);
    if (statusCode >= 200 && statusCode < 300) {
      if (head.length > 0) socket.unshift(head);
      done(null, socket);
      return;
    }
    socket.destroy();
    done(proxyError(proxy, String(statusCode), `${statusCode} ${statusMessage}`.trimEnd()), null);
  });
  request.once("error", (error) => {
    clearTimeout(timer);
    done(asProxyError(proxy, error), null);
  });
  request.end();
}

/** The header that carries a proxy's user and password, if its address has them. */
export function proxyAuthorization(proxy: URL): Record<string, string> {
  const { user, password } = credentialsOf(proxy);
  if (user === "" && password === "") return {};
  const basic = Buffer.from(`${user}:${password}`).toString("base64");
  return { "proxy-authorization": `Basic ${basic}` };
}

/** An error of the connection to the proxy itself, named as such. */
export function asProxyError(proxy: URL, error: Error): Error {
  const code: unknown = Reflect.get(error, "code");
  const named = typeof code === "string" ? code : error.name;
  return named.startsWith("proxy-") ? error : proxyError(proxy, named, error.message || named);
}

const proxyError = (proxy: URL, code: string, message: string): Error =>
  Object.assign(new Error(`proxy ${proxyName(proxy)}: ${message}`), { code: `proxy-${code}` });
