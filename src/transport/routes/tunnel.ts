import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import type { SecureContextOptions } from "node:tls";

import { bareHost } from "../network.ts";
import { asProxyError, proxyAuthorization, proxyError } from "./proxy.ts";

export type TunnelOptions = {
  readonly proxy: URL;
  /** `host:port` of the server at the other end. */
  readonly authority: string;
  readonly tls: SecureContextOptions;
  readonly timeout_ms: number;
};

/**
 * Opens a tunnel through an HTTP proxy with `CONNECT` (RFC 9110 §9.3.6). Error codes start with `proxy-`, so that a
 * proxy's failure is never taken for the vendor's: `proxy-407`, `proxy-ECONNREFUSED`, `proxy-timeout`.
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
