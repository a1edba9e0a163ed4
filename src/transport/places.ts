import { handshakeUrl, isSocketUrl } from "./socket-url.ts";

/** An address taken apart. */
export type Address = {
  readonly url: URL;
  readonly path: string;
  /** By which agents and proxies are chosen. */
  readonly handshake: URL;
  readonly origin: string;
  readonly isSocket: boolean;
};

const mostPlaces = 1_000;

/** A run asks the same few addresses again and again. */
export function createPlaces(): (url: string) => Address {
  const places = new Map<string, Address>();
  return (address) => {
    const known = places.get(address);
    if (known !== undefined) return known;
    const url = new URL(address);
    const handshake = handshakeUrl(url);
    const place = {
      url,
      path: url.pathname + url.search,
      handshake,
      origin: handshake.origin,
      isSocket: isSocketUrl(url),
    };
    if (places.size === mostPlaces) places.clear();
    places.set(address, place);
    return place;
  };
}
