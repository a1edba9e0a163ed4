import type { Interval } from "../interval.ts";

import { studentQuantile } from "../distributions.ts";
import { inflationOf } from "./long-run.ts";

/** One step of a load: its level, and of each measured request, in the order of planned arrivals, 1 if it kept the SLO. */
export type KneeStep = { readonly level: number; readonly good: ArrayLike<number> };

export type Knee = {
  /** The largest level at which the asked share keeps the SLO. */
  readonly level: number;
  /** Null where the steps leave an end of it open. */
  readonly interval: Interval | null;
  /** Bursts of bad requests that it rests on, about: the bad ones over what autocorrelation adds to the variance. */
  readonly bursts: number;
  /** How fast the logarithm of the odds of a bad request grows with that of the level. */
  readonly slope: number;
};

/** Steps farther than this from the knee, in natural logarithms of the level, say nothing about it. */
const reach = 0.25;
/** Beyond this share of bad requests a queue grows for as long as a step lasts, and its share says nothing. */
export const overloaded = 0.8;

/**
 * The level at which the share of good requests falls to `share`, with its 95% interval. Near the knee the logarithm of the odds
 * of a bad request is taken to be linear in the logarithm of the level: a quasi-binomial regression (McCullagh and Nelder, Generalized
 * Linear Models, 1989, §9) over the steps within reach, nearer ones with more weight. Its dispersion is what autocorrelation
 * adds to the variance. Null where nothing falls with the level within reach of the steps.
 */
export function kneeOf(steps: readonly KneeStep[], share: number): Knee | null {
  const points = steps
    .filter(({ good }) => good.length >= 20)
    .map(pointOf)
    .filter(({ bad, n }) => bad / n < overloaded);
  if (points.length < 2) return null;
  const goal = Math.log((1 - share) / share);
  let middle = crossing(points, 1 - share) ?? meanOf(points.map(({ x }) => x));
  for (let round = 0; round < 4; round += 1) {
    const fit = regression(weighted(points, middle), middle);
    if (fit === null || fit.slope <= 0) return null;
    const next = middle + (goal - fit.at) / fit.slope;
    if (Math.abs(next - middle) > reach) return null;
    middle = next;
  }
  const near = weighted(points, middle);
  const fit = regression(near, middle);
  if (fit === null || fit.slope <= 0) return null;
  return { level: Math.exp(middle), slope: fit.slope, ...intervalAt(near, fit, middle) };
}

type Point = {
  readonly x: number;
  readonly n: number;
  readonly bad: number;
  readonly good: ArrayLike<number>;
};

function pointOf({ level, good }: KneeStep): Point {
  let sum = 0;
  for (let at = 0; at < good.length; at += 1) sum += good[at] ?? 0;
  const n = good.length;
  return { x: Math.log(level), n, bad: n - sum, good };
}

/** Where the pooled shares of bad requests, made monotone, first cross the line. */
function crossing(points: readonly Point[], line: number): number | null {
  const ordered = monotone(points.toSorted((a, b) => a.x - b.x));
  const above = ordered.findIndex(({ bad, n }) => bad / n > line);
  const [low, high] = [ordered[above - 1], ordered[above]];
  if (low === undefined || high === undefined) return null;
  const [a, b] = [logOdds(low), logOdds(high)];
  const goal = Math.log(line / (1 - line));
  return low.x + ((high.x - low.x) * (goal - a)) / (b - a);
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const logOdds = ({ bad, n }: Pick<Point, "bad" | "n">): number =>
  Math.log((bad + 0.5) / (n - bad + 0.5));

/** Pools neighbours that go against the order (Ayer et al. 1955). */
function monotone(sorted: readonly Point[]): readonly Point[] {
  const blocks: Point[] = [];
  for (const point of sorted) {
    blocks.push(point);
    for (;;) {
      const [before, last] = [blocks.at(-2), blocks.at(-1)];
      if (before === undefined || last === undefined) break;
      if (before.bad / before.n < last.bad / last.n) break;
      blocks.splice(-2, 2, pooled(before, last));
    }
  }
  return blocks;
}

function pooled(a: Point, b: Point): Point {
  const n = a.n + b.n;
  return { x: (a.x * a.n + b.x * b.n) / n, n, bad: a.bad + b.bad, good: b.good };
}

/** Log-odds at the middle, and their slope. */
type Fit = { readonly at: number; readonly slope: number };

type Weighted = Point & { readonly weight: number };

const weighted = (points: readonly Point[], middle: number): readonly Weighted[] =>
  points.flatMap((point) => {
    const distance = Math.abs(point.x - middle) / reach;
    return distance < 1 ? [{ ...point, weight: (1 - distance * distance) ** 2 }] : [];
  });

/** Fisher's scoring; null where the steps stand at one level. */
function regression(near: readonly Weighted[], middle: number): Fit | null {
  if (near.length < 2) return null;
  let [at, slope] = [Math.log(0.05 / 0.95), 5];
  for (let round = 0; round < 40; round += 1) {
    const { s0, s1, s2, r0, r1 } = momentsOf(near, middle, { at, slope });
    // A trace of ridge keeps steps that are all good or all bad from sending the slope to infinity.
    const ridge = s0 * 1e-5 + 1e-9;
    const det = s0 * (s2 + ridge) - s1 * s1;
    if (!(det > 0)) return null;
    const stepAt = ((s2 + ridge) * r0 - s1 * r1) / det;
    const stepSlope = (s0 * r1 - s1 * r0) / det;
    at += bounded(stepAt, 2);
    slope = Math.min(steepest, slope + bounded(stepSlope, 10));
    if (Math.abs(stepAt) + Math.abs(stepSlope) < 1e-9) break;
  }
  return { at, slope };
}

const bounded = (value: number, most: number): number => Math.max(-most, Math.min(most, value));

/** No queue turns from good to bad within a thousandth of its load. */
const steepest = 2_000;

/**
 * The delta method at the knee: the error of the line's height there over its slope.
 */
function intervalAt(
  near: readonly Weighted[],
  fit: Fit,
  middle: number,
): Pick<Knee, "interval" | "bursts"> {
  const { s0, s1, s2, v0, v1, v2 } = momentsOf(near, middle, fit);
  const det = s0 * s2 - s1 * s1;
  if (!(det > 0)) return { interval: null, bursts: 0 };
  const residuals = near.map((point) => residualsOf(point, oddsAt(fit, point.x - middle)));
  const dispersion = inflationOf(residuals);
  const n = near.reduce((sum, each) => sum + each.n, 0);
  const t = studentQuantile(0.975, Math.max(5, n / (4 * dispersion)));
  // The sandwich, because weights by distance are no variances.
  const variance = (dispersion * (s2 * s2 * v0 - 2 * s1 * s2 * v1 + s1 * s1 * v2)) / (det * det);
  const half = Math.max(narrowest, (caution * t * Math.sqrt(variance)) / fit.slope);
  const bad = near.reduce((sum, each) => sum + each.bad * each.weight, 0);
  return {
    interval: { low: Math.exp(middle - half), high: Math.exp(middle + half) },
    bursts: bad / dispersion,
  };
}

/**
 * Bad requests come in bursts of a full queue. Where few bursts were seen, both their share and its error are told too
 * small, together: `npm run verify:load` shows how much the interval must be wider for 95% to be true.
 */
const caution = 1.6;
/** And it is never narrower than this on either side, in shares of the level: bursts that were not seen leave no trace. */
const narrowest = 0.047;

const oddsAt = ({ at, slope }: Fit, distance: number): number => at + slope * distance;

/** What each request differs from the line, as it counts in the score. */
function residualsOf({ good, weight }: Weighted, odds: number): Float64Array {
  const p = 1 / (1 + Math.exp(-odds));
  return Float64Array.from(good, (kept) => (1 - kept - p) * weight);
}

/** Information, score and its variance of the two coefficients. */
function momentsOf(near: readonly Weighted[], from: number, fit: Fit) {
  const sums = { s0: 0, s1: 0, s2: 0, r0: 0, r1: 0, v0: 0, v1: 0, v2: 0 };
  for (const { x, n, bad, weight } of near) {
    const u = x - from;
    const p = 1 / (1 + Math.exp(-oddsAt(fit, u)));
    const information = weight * n * p * (1 - p);
    const rest = (bad - n * p) * weight;
    sums.s0 += information;
    sums.s1 += information * u;
    sums.s2 += information * u * u;
    sums.r0 += rest;
    sums.r1 += rest * u;
    sums.v0 += weight * information;
    sums.v1 += weight * information * u;
    sums.v2 += weight * information * u * u;
  }
  return sums;
}
