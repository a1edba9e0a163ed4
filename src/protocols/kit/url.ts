import type { Endpoint } from "../protocol.ts";

/**
 * The URL of a request: `base_url`, then the vendor's path or else `path`, `{model}` replaced by the
 * percent-encoded model (an @ stays, as Vertex wants it), then the query of the protocol and over it that of the vendor.
 */
export function urlOf(
  endpoint: Endpoint,
  model: string,
  path: string,
  query: Readonly<Record<string, string>> = {},
): string {
  const segment = encodeURIComponent(model).replaceAll("%40", "@");
  const filled = (endpoint.path ?? path).replaceAll("{model}", () => segment);
  const url = new URL(endpoint.base_url.replace(/\/+$/, "") + filled);
  for (const [name, value] of Object.entries({ ...query, ...endpoint.query })) {
    url.searchParams.set(name, value);
  }
  return url.href;
}
