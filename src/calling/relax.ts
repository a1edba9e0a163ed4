import type { Dropped } from "../domain/params.ts";
import type { VendorError } from "./exchange/draft.ts";

import { refusedByVendor } from "../domain/request/refused.ts";

type Body = Readonly<Record<string, unknown>>;

/**
 * The body without the parameter that the vendor rejected as unsupported, or null if the error is another one or
 * the parameter is `needed`. Models change faster than quirk tables. `ours` maps sent names to our own.
 */
export function relaxedBody(
  body: Body,
  { code, param }: VendorError,
  needed: ReadonlySet<string>,
  ours: Readonly<Record<string, string>> = {},
): { readonly body: Body; readonly drop: Dropped } | null {
  const name = param?.split(/[.[]/)[0] ?? "";
  if (code !== "unsupported_parameter" && code !== "unsupported_value") return null;
  if (needed.has(name) || !Object.hasOwn(body, name)) return null;
  const { [name]: asked, ...rest } = body;
  const reason = `${refusedByVendor}: ${code}`;
  return { body: rest, drop: { param: ours[name] ?? name, asked, effective: null, reason } };
}
