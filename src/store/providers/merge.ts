import type { Price } from "../../domain/money.ts";
import type { ErrorRow, ModelRow, ProviderPatch } from "../../domain/provider.ts";

import { isObject } from "../../domain/json.ts";

/** What provider and model rows have in common: the part that is overlaid. */
type Layer = {
  readonly errors?: readonly ErrorRow[] | undefined;
  readonly price?: Price | undefined;
};

/**
 * Overlays one row on another: members merge deeply, a price is replaced as a whole, and the error rows of `over`
 * come first, because the first matching row decides.
 */
export function overlay<Base extends Layer, Over extends Layer>(
  base: Base,
  over: Over,
): Base & Over {
  const errors = [...(over.errors ?? []), ...(base.errors ?? [])];
  return {
    ...deepMerge<Base & Over>(base as Base & Over, over),
    ...(errors.length === 0 ? {} : { errors }),
    ...(over.price === undefined ? {} : { price: over.price }),
  };
}

/**
 * Overlays a config's patch on a vendor; models merge by id or glob, new ones are appended. Another auth scheme takes
 * nothing over from the vendor's, whose settings it would not know.
 */
export function patchVendor<Base extends ProviderPatch>(
  base: Base,
  patch: ProviderPatch,
): Base & ProviderPatch {
  const { models: over = [], ...rest } = patch;
  const models = over.reduce<readonly ModelRow[]>(patchModel, base.models ?? []);
  const { auth } = rest;
  const isOther = auth?.scheme !== undefined && auth.scheme !== base.auth?.scheme;
  return {
    ...overlay(base, rest),
    ...(isOther ? { auth } : {}),
    ...(models.length === 0 ? {} : { models: [...models] }),
  };
}

/** The provider that another is `like`, and what of it goes along besides its dialect. */
export type Like = { readonly use: string; readonly carry: readonly ("headers" | "auth")[] };

export const likeOf = (like: ProviderPatch["like"]): Like | null =>
  like === undefined ? null : typeof like === "string" ? { use: like, carry: [] } : like;

/**
 * What a vendor inherits from the one it is `like`: not its address and `verified` note, headers and credentials only
 * where it says so, because they go to another host, and paths only if the protocol is the same.
 */
export function inherited(
  below: ProviderPatch,
  protocol: string,
  carry: Like["carry"] = [],
): ProviderPatch {
  const { title, egress, places, limits, request, app, usage, errors, models, docs, life } = below;
  const rest = {
    title,
    egress,
    places,
    limits,
    request,
    usage,
    errors,
    docs,
    life,
    ...(carry.includes("headers") ? { headers: below.headers } : {}),
    ...(carry.includes("auth") ? { auth: below.auth } : {}),
  };
  return below.protocol === protocol
    ? { ...rest, ...(app === undefined ? {} : { app }), path: below.path, models }
    : { ...rest, models: models?.map(withoutPath) };
}

function withoutPath(row: ModelRow): ModelRow {
  const { path: _, ...rest } = row;
  return rest;
}

function patchModel(models: readonly ModelRow[], over: ModelRow): readonly ModelRow[] {
  const known = models.some((row) => nameOf(row) === nameOf(over));
  if (!known) return [...models, over];
  return models.map((row) => (nameOf(row) === nameOf(over) ? overlay(row, over) : row));
}

const nameOf = (row: ModelRow): string => ("id" in row ? `id ${row.id}` : `match ${row.match}`);

/**
 * Merges two plain objects member by member; members that are objects on both sides are merged recursively.
 * Anything else in `over` replaces what is in `base`; undefined replaces nothing.
 */
export function deepMerge<T>(base: T, over: unknown): T {
  return merged(base, over) as T;
}

function merged(base: unknown, over: unknown): unknown {
  if (over === undefined) return base;
  if (!isObject(base) || !isObject(over)) return over;
  const names = new Set([...Object.keys(base), ...Object.keys(over)]);
  return Object.fromEntries([...names].map((name) => [name, merged(base[name], over[name])]));
}
