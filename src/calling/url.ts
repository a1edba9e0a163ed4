import type { Endpoint } from "./protocol.ts";

/**
 * The URL of a request: `base_url`, then the vendor's path or else `path`, with `{model}` replaced by the
 * percent-encoded model (an @ stays, as Vertex requires), then the protocol's query overridden by the vendor's.
 */
export function urlOf(
  endpoint: Endpoint,
  model: string,
  path: string,
  query: Readonly<Record<string, string>> = none,
): string {
  const made = urls.get(endpoint) ?? new Map<string, string>();
  urls.set(endpoint, made);
  const key = query === none ? `${model} ${path}` : JSON.stringify([model, path, query]);
  const url = made.get(key) ?? makeUrl(endpoint, model, path, query);
  made.set(key, url);
  return url;
}

const none = {};

/** Cached: an endpoint has few URLs, and every request needs one. */
const urls = new WeakMap<Endpoint, Map<string, string>>();

function makeUrl(
  endpoint: Endpoint,
  model: string,
  path: string,
  query: Readonly<Record<string, string>>,
): string {
  const segment = encodeURIComponent(model).replaceAll("%40", "@");
  const filled = (endpoint.path ?? path).replaceAll("{model}", () => segment);
  const url = new URL(endpoint.base_url.replace(/\/+$/, "") + filled);
  for (const [name, value] of Object.entries({ ...query, ...endpoint.query })) {
    url.searchParams.set(name, value);
  }
  return url.href;
}
