import type { Endpoint } from "../../calling/protocol.ts";
import type { TargetSetting } from "../../domain/config.ts";
import type { TargetEntry } from "../../domain/run-file/header.ts";

import { fillAll } from "./fill-env.ts";
import { checkHeaders } from "./key-form.ts";
import { deepMerge } from "./merge.ts";

/** What a target adds to its requests by itself. */
export type OwnRequest = Pick<Exclude<TargetSetting, string>, "body" | "headers">;

/** The endpoint with a target's own body members and headers over those of the vendor. Headers may name variables. */
export function withOwn(
  endpoint: Endpoint,
  { body, headers = {} }: OwnRequest,
  fill: (text: string) => string,
): Endpoint {
  const filled = fillAll(headers, fill);
  checkHeaders(filled, headers, endpoint.provider);
  return {
    ...endpoint,
    headers: overHeaders(endpoint.headers, filled),
    request:
      body === undefined
        ? endpoint.request
        : { ...endpoint.request, body: deepMerge(endpoint.request.body ?? {}, body) },
  };
}

/** Names of headers are the same in any case. */
function overHeaders(
  base: Readonly<Record<string, string>>,
  over: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const names = new Set(Object.keys(over).map((name) => name.toLowerCase()));
  const kept = Object.entries(base).filter(([name]) => !names.has(name.toLowerCase()));
  return { ...Object.fromEntries(kept), ...over };
}

/** What the run file keeps of it: the body, and the names of the headers, whose values may be secret. */
export const ownEntry = ({
  body,
  headers,
}: OwnRequest): Pick<TargetEntry, "body" | "header_names"> => ({
  ...(body === undefined ? {} : { body }),
  ...(headers === undefined ? {} : { header_names: Object.keys(headers).toSorted() }),
});
