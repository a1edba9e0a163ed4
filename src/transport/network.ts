import { BlockList, isIP } from "node:net";

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

export const isSocketUrl = ({ protocol }: URL): boolean =>
  protocol === "ws:" || protocol === "wss:";

/** The address of the handshake, which is HTTP: sockets and proxies are chosen by it. */
export const handshakeUrl = (url: URL): URL =>
  isSocketUrl(url) ? new URL(url.href.replace(/^ws/, "http")) : url;

/**
 * True if `NO_PROXY` excludes a URL: hosts and their subdomains, with or without a leading dot or `*.`, a port after
 * a colon, addresses, ranges such as `10.0.0.0/8`, and `*` for all. Host names are not resolved to compare them with a
 * range. Source: https://everything.curl.dev/usingcurl/proxies/env.html and curl(1), `--noproxy`
 */
export function isExempt(url: URL, list: string): boolean {
  const host = bareHost(url.hostname);
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => covers(entry.toLowerCase(), host, port));
}

/** This machine, which no proxy can reach for us. */
function isLoopback(url: URL): boolean {
  const host = bareHost(url.hostname);
  return host === "localhost" || host.endsWith(".localhost") || inRange(host, loopback);
}

/** A host without the brackets of an IPv6 address and without a trailing dot. */
export const bareHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");

function covers(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true;
  if (entry.includes("/")) return inRange(host, rangeOf(entry));
  const [, name = entry, only] = isIP(entry) === 6 ? [] : (/^(.*):(\d+)$/.exec(entry) ?? []);
  if (only !== undefined && only !== port) return false;
  const wanted = bareHost(name.replace(/^\*?\./, ""));
  if (wanted === "") return false;
  return host === wanted || (isIP(host) === 0 && host.endsWith(`.${wanted}`));
}

/** Null if it is not a range. */
function rangeOf(entry: string): BlockList | null {
  const [net = "", bits = ""] = entry.split("/");
  const address = bareHost(net);
  const family = isIP(address);
  const prefix = Number(bits);
  if (family === 0 || !/^\d+$/.test(bits) || prefix > (family === 4 ? 32 : 128)) return null;
  const range = new BlockList();
  range.addSubnet(address, prefix, family === 4 ? "ipv4" : "ipv6");
  return range;
}

function inRange(host: string, range: BlockList | null): boolean {
  const family = isIP(host);
  return range !== null && family !== 0 && range.check(host, family === 4 ? "ipv4" : "ipv6");
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");
