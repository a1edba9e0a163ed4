import type { Interval } from "../interval.ts";
import type { ItemSums, Night, NightRow } from "./night.ts";

import { normalCdf, normalQuantile } from "../distributions.ts";
import { addRow, clearSums, countOf, emptySums, sumsOf, tableOf } from "./night.ts";

/** A night's anchors compared with the nights before. */
export type Drift = {
  readonly status: "unchanged" | "down" | "up" | "too short" | "not enough data";
  /** Mean of the window minus that of the reference, over common items. */
  readonly delta: number | null;
  readonly interval: Interval | null;
  readonly p: number | null;
  /** Nights in the deciding window. */
  readonly window: number;
  /** Nights compared against. */
  readonly reference: number;
};

export type LevelShift = {
  /** The night on which it was found, and the first night of the new level, from 0. */
  readonly found: number;
  readonly since: number;
  readonly delta: number;
};

/** False alarms that a board may raise in a month of 30 nights, over all its targets. */
export const alarmsPerMonth = 0.05;
const windows = [1, 2, 3] as const;
const leastReference = 3;
/** The first night that is compared with those before it. */
export const firstCompared = leastReference + 1;

/** Significance level for one night of one target, so that the board stays within `alarmsPerMonth`. */
export const levelFor = (targets: number): number => alarmsPerMonth / (30 * Math.max(1, targets));

/**
 * Compares the last night with the earlier ones. Windows of the last one, two and three nights are each
 * tested at a third of `level`: anchors are the same every night, so only variance within items counts.
 * z = Σ(w_i - r_i) / sqrt(φ Σ s_i² (1/n_i + 1/m_i)), with the pooled variance s_i² of the item's repeats and
 * φ ≥ 1 for nights that vary by more than chance (quasi-likelihood, McCullagh and Nelder, 1989, §4.5).
 */
export function driftOf(nights: readonly Night[], level: number): Drift {
  const { names, rows } = tableOf(nights);
  const segment = segmentOf(names.length, rows, 0, rows.length - 1);
  return testLast(segment, level, true);
}

/**
 * All changes of a history, night by night, where after a change the new level is the reference; and the drift of the
 * last night against the nights since the last change before it.
 */
export function scanNights(
  nights: readonly Night[],
  level: number,
): { readonly changes: readonly LevelShift[]; readonly drift: Drift } {
  const { names, rows } = tableOf(nights);
  const changes: LevelShift[] = [];
  let segment = segmentOf(names.length, rows, 0, -1);
  let drift = nothing("not enough data", 0);
  for (let night = 0; night < rows.length; night++) {
    segment = extended(segment);
    drift = testLast(segment, level, night === rows.length - 1);
    const { status, delta, window } = drift;
    if (status !== "down" && status !== "up") continue;
    const since = night - window + 1;
    changes.push({ found: night, since, delta: delta ?? 0 });
    segment = segmentOf(names.length, rows, since, night);
  }
  return { changes, drift };
}

/** Only the changes. */
export const changesOf = (nights: readonly Night[], level: number): readonly LevelShift[] =>
  scanNights(nights, level).changes;

/** The nights from the last change to the one that is looked at, with sums that are kept while nights are added. */
type Segment = {
  readonly rows: readonly NightRow[];
  readonly from: number;
  readonly last: number;
  /** At `w`, the sums of the nights from `from` to `last - w`. */
  readonly lagged: readonly ItemSums[];
  /** Answers of its nights, in order of size. */
  readonly sizes: readonly number[];
};

function segmentOf(width: number, rows: readonly NightRow[], from: number, last: number): Segment {
  return {
    rows,
    from,
    last,
    lagged: [0, ...windows].map((lag) =>
      lag === 0 ? emptySums(0) : sumsOf(width, rows.slice(from, Math.max(from, last - lag + 1))),
    ),
    sizes: rows
      .slice(from, last + 1)
      .map(({ night }) => countOf(night))
      .toSorted((a, b) => a - b),
  };
}

/** The segment with the next night. */
function extended({ rows, from, last, lagged, sizes }: Segment): Segment {
  const next = rows[last + 1];
  for (const lag of windows) {
    const row = rows[last + 1 - lag];
    const sums = lagged[lag];
    if (last + 1 - lag >= from && row !== undefined && sums !== undefined) addRow(sums, row);
  }
  const size = next === undefined ? 0 : countOf(next.night);
  const place = sizes.findIndex((known) => known > size);
  return {
    rows,
    from,
    last: last + 1,
    lagged,
    sizes: sizes.toSpliced(place === -1 ? sizes.length : place, 0, size),
  };
}

/** Unless `exact`, spread is looked at only where it could decide: it never makes a difference significant. */
function testLast(segment: Segment, level: number, exact: boolean): Drift {
  const { from, last, lagged, rows } = segment;
  const nights = last - from + 1;
  if (nights < 1 || !isWhole(segment)) return nothing("not enough data", nights - 1);
  if (nights <= leastReference) return nothing("too short", nights - 1);
  let best: Drift | null = null;
  const after = emptySums(lagged[1]?.n.length ?? 0);
  for (const window of windows) {
    const reference = nights - window;
    if (reference < leastReference) break;
    const before = lagged[window];
    if (before === undefined) break;
    // Each window is the one before it and one night more.
    const first = rows[last - window + 1];
    if (first !== undefined) addRow(after, first);
    const compared = compareSums(before, after);
    if (compared === null) continue;
    const part = level / windows.length;
    const couldDecide = exact || pOf(compared.delta, compared.variance) < part;
    const spread = couldDecide ? overdispersion(rows.slice(from, last - window + 1), before) : 1;
    const tested = verdictOf(compared.delta, compared.variance * spread, part);
    if (best?.p == null || (tested.p ?? 1) < best.p) best = { ...tested, window, reference };
  }
  return best ?? nothing("not enough data", nights - 1);
}

function verdictOf(delta: number, variance: number, level: number): Drift {
  const p = pOf(delta, variance);
  const half = normalQuantile(0.975) * Math.sqrt(variance);
  return {
    status: p >= level ? "unchanged" : delta < 0 ? "down" : "up",
    delta,
    interval: { low: delta - half, high: delta + half },
    p,
    window: 0,
    reference: 0,
  };
}

function pOf(delta: number, variance: number): number {
  if (variance === 0) return delta === 0 ? 1 : 0;
  return Math.min(1, 2 * normalCdf(-Math.abs(delta) / Math.sqrt(variance)));
}

const nothing = (status: Drift["status"], reference: number): Drift => ({
  status,
  delta: null,
  interval: null,
  p: null,
  window: 0,
  reference: Math.max(0, reference),
});

/** At least half of a typical night's repeats, on items seen in earlier nights. */
function isWhole({ rows, from, last, lagged, sizes }: Segment): boolean {
  const row = rows[last];
  if (row === undefined) return false;
  const usual = sizes[Math.floor(sizes.length / 2)] ?? 0;
  let count = 0;
  for (let at = 0; at < row.columns.length; at++) {
    const isKnown = last === from || (lagged[1]?.n[row.columns[at] ?? 0] ?? 0) > 0;
    if (isKnown) count += row.night.n[at] ?? 0;
  }
  return count > 0 && count * 2 >= usual;
}

type Compared = { readonly delta: number; readonly variance: number };

/** The mean difference over common items, and its variance from the repeats. */
function compareSums(before: ItemSums, after: ItemSums): Compared | null {
  let items = 0;
  let delta = 0;
  let variance = 0;
  for (let column = 0; column < before.n.length; column++) {
    const n = before.n[column] ?? 0;
    const m = after.n[column] ?? 0;
    if (n === 0 || m === 0) continue;
    items++;
    delta += (after.sum[column] ?? 0) / m - (before.sum[column] ?? 0) / n;
    variance += pooledVariance(before, after, column) * (1 / n + 1 / m);
  }
  return items === 0 ? null : { delta: delta / items, variance: variance / items ** 2 };
}

/**
 * The variance of an item's repeats over both sides. One imaginary repeat, half right and half wrong, is added,
 * so that an item that never changed may change once without counting as proof.
 */
function pooledVariance(a: ItemSums, b: ItemSums, column: number): number {
  const n = (a.n[column] ?? 0) + (b.n[column] ?? 0) + 1;
  const mean = ((a.sum[column] ?? 0) + (b.sum[column] ?? 0) + 0.5) / n;
  const squares = (a.squares[column] ?? 0) + (b.squares[column] ?? 0) + 0.5;
  return Math.max(0, (squares - n * mean * mean) / (n - 1));
}

/** How much more the reference nights vary around their mean than variance within items explains; at least 1. */
function overdispersion(reference: readonly NightRow[], whole: ItemSums): number {
  if (reference.length < leastReference) return 1;
  const night = emptySums(whole.n.length);
  let sum = 0;
  for (const row of reference) {
    clearSums(night);
    addRow(night, row);
    const compared = compareSums(whole, night);
    if (compared === null) continue;
    // A night is part of the whole, so the expected difference is smaller by its share.
    const own = compared.variance * ((reference.length - 1) / (reference.length + 1));
    sum += own === 0 ? 0 : compared.delta ** 2 / own;
  }
  return Math.max(1, sum / (reference.length - 1));
}
