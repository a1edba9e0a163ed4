import { isExempt, isLoopback } from "./no-proxy.ts";

/** How requests leave this machine, as plain data. Contains secrets: never written anywhere. */
export type Network = {
  readonly proxies: Proxies;
  readonly tls: Tls;
};

/**
 * Addresses of proxies. `named` applies to all requests; otherwise the environment's, by the scheme of the requested
 * address.
 */
export type Proxies =
  | { readonly named: string | null }
  | { readonly http: string | null; readonly https: string | null; readonly no_proxy: string };

/** PEM texts. Certificates are always verified: no setting turns that off. */
export type Tls = {
  /** Trusted in addition to Node's own. */
  readonly ca: readonly string[];
  readonly client: {
    readonly cert: string;
    readonly key: string;
    readonly passphrase: string | null;
  } | null;
};

export const directNetwork: Network = {
  proxies: { named: null },
  tls: { ca: [], client: null },
};

/** The proxy for requests to this address, or null. The environment's proxies are never used for loopback. */
export function proxyFor(url: URL, { proxies }: Pick<Network, "proxies">): URL | null {
  if ("named" in proxies) return proxies.named === null ? null : new URL(proxies.named);
  const proxy = url.protocol === "https:" ? proxies.https : proxies.http;
  if (proxy === null || isLoopback(url) || isExempt(url, proxies.no_proxy)) return null;
  return new URL(proxy);
}

/** A proxy without credentials: scheme, host and port. */
export const proxyName = (proxy: URL): string => proxy.origin;

/** A proxy's user and password, decoded; empty if there are none. */
export const credentialsOf = ({
  username,
  password,
}: URL): { readonly user: string; readonly password: string } => ({
  user: decoded(username),
  password: decoded(password),
});

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
