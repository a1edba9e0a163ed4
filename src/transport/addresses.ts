import { handshakeUrl, isSocketUrl } from "./network.ts";

/** A parsed address. */
export type Address = {
  readonly url: URL;
  readonly path: string;
  /** The HTTP address by which agents and proxies are chosen. */
  readonly handshake: URL;
  readonly origin: string;
  readonly isSocket: boolean;
};

const mostAddresses = 1_000;

/** Cached, because a run uses the same few addresses again and again. */
export function createAddresses(): (url: string) => Address {
  const addresses = new Map<string, Address>();
  return (text) => {
    const known = addresses.get(text);
    if (known !== undefined) return known;
    const url = new URL(text);
    const handshake = handshakeUrl(url);
    const parsed = {
      url,
      path: url.pathname + url.search,
      handshake,
      origin: handshake.origin,
      isSocket: isSocketUrl(url),
    };
    if (addresses.size === mostAddresses) addresses.clear();
    addresses.set(text, parsed);
    return parsed;
  };
}
