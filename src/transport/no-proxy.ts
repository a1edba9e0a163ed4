import { BlockList, isIP } from "node:net";

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
export function isLoopback(url: URL): boolean {
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
