import type { Night } from "./night.ts";

import { tableOf } from "./night.ts";

/** The level of one night on a scale that changes of the items do not move. */
export type NightLevel = {
  /** Null for a night without answers. */
  readonly value: number | null;
  /** How the items compare with those of the night with answers before: other ones, and none in common. */
  readonly items: "same" | "changed" | "others";
  /** Nights with one number are on one scale: items link them, directly or over other nights. */
  readonly scale: number;
};

const rounds = 30;
/** Rounds end once no night moves by more. */
const settledAt = 1e-9;
/** A night in which fewer than this share of the items differs has the same items: some answers are always missing. */
const changedShare = 0.02;

/**
 * Levels of nights whose items change over time: night effects of the additive model v = night + item, fitted by
 * alternating least squares (two-way analysis of variance with missing cells: Searle, Linear Models, 1971, ch. 7). Where the items are
 * the same every night, these are the plain means. Each scale is set so that the mean over its nights is that of
 * their plain means. Items that stand in one night with both an old and a new version bridge the two: so do the values in
 * `before`, by night, of answers that were graded again; they count for nothing else.
 */
export function levelsOf(
  nights: readonly Night[],
  before: readonly (Night | null)[] = [],
): readonly NightLevel[] {
  const { names, rows } = tableOf(nights.map((night, row) => bridged(night, before[row] ?? null)));
  const scales = scalesOf(
    rows.map(({ night, columns }) => columns.filter((_, at) => (night.n[at] ?? 0) > 0)),
  );
  const values = rows.map(({ night: { n, sum } }) =>
    Float64Array.from(n, (count, at) => (count === 0 ? Number.NaN : (sum[at] ?? 0) / count)),
  );
  const items = new Float64Array(names.length);
  let effects = values.map((own, row) => meanOf(own.subarray(0, nights[row]?.names.length)));
  const plain = effects;
  for (let round = 0; round < rounds; round++) {
    fitItems(items, rows, values, effects);
    const last = effects;
    effects = values.map((own, row) => restOf(own, items, rows[row]?.columns));
    if (effects.every((effect, row) => !(Math.abs(effect - (last[row] ?? 0)) > settledAt))) break;
  }
  const shift = shiftsOf(scales, plain, effects);
  let answered = -1;
  return effects.map((effect, row) => {
    const scale = scales[row] ?? 0;
    if (Number.isNaN(effect)) return { value: null, items: "same", scale };
    const change = answered === -1 ? "same" : changeOf(nights[answered], nights[row]);
    answered = row;
    return { value: effect + (shift.get(scale) ?? 0), items: change, scale };
  });
}

/** A night with what graders before said, behind its own items. */
function bridged(night: Night, before: Night | null): Night {
  if (before === null) return night;
  return {
    names: [...night.names, ...before.names],
    n: Uint16Array.of(...night.n, ...before.n),
    sum: Float64Array.of(...night.sum, ...before.sum),
    squares: Float64Array.of(...night.squares, ...before.squares),
  };
}

function fitItems(
  items: Float64Array,
  rows: readonly { readonly columns: Int32Array }[],
  values: readonly Float64Array[],
  effects: readonly number[],
): void {
  const counts = new Float64Array(items.length);
  items.fill(0);
  for (const [row, { columns }] of rows.entries()) {
    for (let at = 0; at < columns.length; at++) {
      const rest = (values[row]?.[at] ?? Number.NaN) - (effects[row] ?? 0);
      if (Number.isNaN(rest)) continue;
      const column = columns[at] ?? 0;
      items[column] = (items[column] ?? 0) + rest;
      counts[column] = (counts[column] ?? 0) + 1;
    }
  }
  for (let column = 0; column < items.length; column++) {
    items[column] = (items[column] ?? 0) / Math.max(1, counts[column] ?? 0);
  }
}

/** NaN of nothing. */
function meanOf(values: Float64Array): number {
  let [sum, count] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? Number.NaN : sum / count;
}

/** The mean of what the items leave of a night's values. */
function restOf(
  values: Float64Array,
  items: Float64Array,
  columns: Int32Array = new Int32Array(),
): number {
  let [sum, count] = [0, 0];
  for (let at = 0; at < values.length; at++) {
    const rest = (values[at] ?? Number.NaN) - (items[columns[at] ?? 0] ?? 0);
    if (Number.isNaN(rest)) continue;
    sum += rest;
    count++;
  }
  return count === 0 ? Number.NaN : sum / count;
}

/** What brings the mean effect of every scale to its mean of plain means. */
function shiftsOf(
  scales: readonly number[],
  plain: readonly number[],
  effects: readonly number[],
): ReadonlyMap<number, number> {
  const rows = [...scales.keys()].filter((row) => !Number.isNaN(effects[row] ?? Number.NaN));
  return new Map(
    [...Map.groupBy(rows, (row) => scales[row] ?? 0)].map(([scale, own]) => {
      const shift = own.reduce((sum, row) => sum + (plain[row] ?? 0) - (effects[row] ?? 0), 0);
      return [scale, shift / own.length] as const;
    }),
  );
}

/** Numbers nights so that those that items link have the same number. */
function scalesOf(columns: readonly Int32Array[]): readonly number[] {
  const scale = columns.map((_, row) => row);
  const root = (row: number): number => {
    const next = scale[row] ?? row;
    return next === row ? row : root(next);
  };
  const owner = new Map<number, number>();
  for (const [row, own] of columns.entries()) {
    for (const column of own) {
      const other = root(owner.get(column) ?? row);
      scale[Math.max(root(row), other)] = Math.min(root(row), other);
      owner.set(column, root(row));
    }
  }
  return columns.map((_, row) => root(row));
}

function changeOf(before: Night | undefined, after: Night | undefined): NightLevel["items"] {
  if (before === undefined || after === undefined || before.names === after.names) return "same";
  const known = new Set(before.names);
  const common = after.names.filter((name) => known.has(name)).length;
  if (common === 0) return "others";
  const most = Math.max(before.names.length, after.names.length);
  return common < most * (1 - changedShare) ? "changed" : "same";
}
