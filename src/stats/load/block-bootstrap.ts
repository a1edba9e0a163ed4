import type { Percentile } from "../percentile.ts";

import { percentile } from "../percentile.ts";
import { seededRandom } from "../random.ts";
import { inflationOf } from "./long-run.ts";

/** Enough for a bound of 2.5% that does not jump. */
const draws = 400;
/** Blocks of this many times the inflation hold most of what neighbours have in common. */
const perInflation = 6;
/** Fewer blocks than this say nothing about how they differ. */
const fewestBlocks = 8;

/**
 * Percentiles of values in the order of their arrivals, each with a 95% interval by the circular block bootstrap (Politis and
 * Romano 1992; Lahiri, Resampling Methods for Dependent Data, 2003, §2.7): neighbours in a queue are late together, so that blocks of them are
 * drawn. The upper bound is null where the values beyond the percentile are fewer than three independent ones. +Infinity
 * stands for a value that never came.
 */
export function percentilesByBlocks(
  values: Float64Array,
  shares: readonly number[],
  seed = 20_261_201,
): readonly (Percentile | null)[] {
  const n = values.length;
  if (n === 0) return shares.map(() => null);
  const { rank, sorted } = ranked(values);
  return shares.map((share) => {
    const value = percentile(sorted, share);
    const beyond = Float64Array.from(values, (each) => (each > value ? 1 : 0));
    const inflation = inflationOf([centred(beyond)]);
    const length = blockLength(n, inflation);
    if (length === null) return { value, low: null, high: null };
    const found = drawnQuantiles({ rank, sorted, share, length }, seed);
    const isDeep = (n * (1 - share)) / inflation >= 3;
    return {
      value,
      low: percentile(found, 0.025),
      high: isDeep ? percentile(found, 0.975) : null,
    };
  });
}

/** The length of blocks for a series of this inflation; null where it is too short for blocks at all. */
function blockLength(n: number, inflation: number): number | null {
  const length = Math.min(
    Math.floor(n / fewestBlocks),
    Math.ceil(Math.max(n ** (1 / 3), perInflation * inflation)),
  );
  return length < 1 ? null : length;
}

/** The places of one draw: blocks from random places on, around the end, until as many as there are. */
function drawnPlaces(n: number, length: number, random: () => number): Uint32Array {
  const places = new Uint32Array(n);
  let filled = 0;
  while (filled < n) {
    const from = Math.floor(random() * n);
    for (let step = 0; step < length && filled < n; step += 1, filled += 1)
      places[filled] = (from + step) % n;
  }
  return places;
}

/** The ratio of two percentiles, the second over the first, with its 95% interval; null where a side is too short for blocks. */
export function ratioByBlocks(
  base: Float64Array,
  fresh: Float64Array,
  share: number,
  seed = 20_261_201,
): { readonly value: number; readonly low: number; readonly high: number } | null {
  const [a, b] = [drawingOf(base, share), drawingOf(fresh, share)];
  if (a === null || b === null) return null;
  // Two independent samples: each has draws of its own, in no order that the other shares.
  const before = drawnQuantiles(a, seed);
  const after = drawnQuantiles(b, seed + 1);
  const random = seededRandom(seed + 2);
  const pick = (from: Float64Array): number => from[Math.floor(random() * from.length)] ?? 0;
  const ratios = Float64Array.from(
    { length: 4 * draws },
    () => pick(after) / pick(before),
  ).toSorted();
  const value = percentile(b.sorted, share) / percentile(a.sorted, share);
  if (!ratios.every(Number.isFinite) || !Number.isFinite(value)) return null;
  return { value, low: percentile(ratios, 0.025), high: percentile(ratios, 0.975) };
}

function drawingOf(values: Float64Array, share: number): Drawing | null {
  const n = values.length;
  if (n === 0) return null;
  const { rank, sorted } = ranked(values);
  const value = percentile(sorted, share);
  const beyond = Float64Array.from(values, (each) => (each > value ? 1 : 0));
  const length = blockLength(n, inflationOf([centred(beyond)]));
  return length === null ? null : { rank, sorted, share, length };
}

function ranked(values: Float64Array): Pick<Drawing, "rank" | "sorted"> {
  const order = Uint32Array.from(values.keys()).toSorted((a, b) => compared(values[a], values[b]));
  const rank = new Uint32Array(values.length);
  for (const [place, at] of order.entries()) rank[at] = place;
  return { rank, sorted: Float64Array.from(order, (at) => values[at] ?? 0) };
}

type Drawing = {
  readonly rank: Uint32Array;
  readonly sorted: Float64Array;
  readonly share: number;
  readonly length: number;
};

function drawnQuantiles({ rank, sorted, share, length }: Drawing, seed: number): Float64Array {
  const n = rank.length;
  const random = seededRandom(seed);
  const goal = Math.max(1, Math.ceil(share * n));
  return Float64Array.from({ length: draws }, () => {
    const counts = new Uint32Array(n);
    for (const place of drawnPlaces(n, length, random)) {
      const at = rank[place] ?? 0;
      counts[at] = (counts[at] ?? 0) + 1;
    }
    let seen = 0;
    let at = -1;
    while (seen < goal) {
      at += 1;
      seen += counts[at] ?? 0;
    }
    return sorted[at] ?? 0;
  }).toSorted();
}

const compared = (a = 0, b = 0): number => (a === b ? 0 : a < b ? -1 : 1);

/** The series less its mean. */
export function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}
