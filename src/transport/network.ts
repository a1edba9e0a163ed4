import { isExempt, isLoopback } from "./no-proxy.ts";

/** How requests leave this machine, as plain data. Secrets included: never written anywhere. */
export type Network = {
  readonly proxies: Proxies;
  readonly tls: Tls;
};

/**
 * Addresses of proxies. `named` stands for all addresses asked; else those of the environment, by the scheme of the
 * address asked.
 */
export type Proxies =
  | { readonly named: string | null }
  | { readonly http: string | null; readonly https: string | null; readonly no_proxy: string };

/** PEM texts. Certificates are always verified: there is no member that could say otherwise. */
export type Tls = {
  /** Trusted beside those that Node trusts. */
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

/** The proxy that a request to this address goes through, or null. One of the environment never takes loopback. */
export function proxyFor(url: URL, { proxies }: Pick<Network, "proxies">): URL | null {
  if ("named" in proxies) return proxies.named === null ? null : new URL(proxies.named);
  const proxy = url.protocol === "https:" ? proxies.https : proxies.http;
  if (proxy === null || isLoopback(url) || isExempt(url, proxies.no_proxy)) return null;
  return new URL(proxy);
}

/** A proxy as it may be shown: scheme, host and port. */
export const proxyName = (proxy: URL): string => proxy.origin;

/** A proxy's user and password as they were meant; empty where there are none. */
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
