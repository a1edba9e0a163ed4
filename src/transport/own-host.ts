import { BlockList, isIP } from "node:net";

import { bareHost } from "./network.ts";

/** This machine, or an address or name of a private network (RFC 1918, 4193, 6598, 6762, 8375). */
export function isOwnHost(url: string): boolean {
  const host = bareHost(new URL(url).hostname);
  const family = isIP(host);
  if (family !== 0) return own.check(host, family === 4 ? "ipv4" : "ipv6");
  return (
    host === "localhost" ||
    /\.(?:localhost|local|internal|lan|home\.arpa)$/.test(host) ||
    !host.includes(".")
  );
}

const own = new BlockList();
for (const [net, bits] of [
  ["127.0.0.0", 8],
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["169.254.0.0", 16],
  ["100.64.0.0", 10],
] as const)
  own.addSubnet(net, bits, "ipv4");
own.addAddress("::1", "ipv6");
own.addSubnet("fc00::", 7, "ipv6");
own.addSubnet("fe80::", 10, "ipv6");
