import type { ErrorRow, ModelRow, ProviderPatch } from "../../domain/provider.ts";
import type { Price } from "../../domain/money.ts";
import { isObject } from "../../domain/json.ts";

/** What provider and model rows have in common: the part that is laid over. */
type Layer = {
  readonly errors?: readonly ErrorRow[] | undefined;
  readonly price?: Price | undefined;
};

/**
 * One row over another: members merge deeply, a price is replaced as a whole, and the error rows of `over`
 * come first, because the first row that holds decides.
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

/** A patch of the config over a vendor; models merge by their id or glob, new ones are put at the end. */
export function patchVendor<Base extends ProviderPatch>(
  base: Base,
  patch: ProviderPatch,
): Base & ProviderPatch {
  const { models: over = [], ...rest } = patch;
  const models = over.reduce<readonly ModelRow[]>(patchModel, base.models ?? []);
  return { ...overlay(base, rest), ...(models.length === 0 ? {} : { models: [...models] }) };
}

/**
 * What a vendor takes from the one that it stands on: not its address, credentials and how it was checked, and paths only
 * where the protocol is the same.
 */
export function inherited(below: ProviderPatch, protocol: string): ProviderPatch {
  const { title, egress, limits, request, usage, errors, models, docs } = below;
  const rest = { title, egress, limits, request, usage, errors, docs };
  return below.protocol === protocol
    ? { ...rest, path: below.path, models }
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
 * Two plain objects merged member by member; where both members are objects, they are merged in turn.
 * Anything else of `over` replaces what stands in `base`; undefined replaces nothing.
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
