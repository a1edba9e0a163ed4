import type { Interval } from "./interval.ts";

import { binomialCdf, incompleteBeta } from "./distributions.ts";
import { wilson } from "./interval.ts";

/** A share that must reach a mark, or stay below one. */
export type ShareMark = { readonly at_least: number } | { readonly at_most: number };

/** Whether a sample of n with k hits carries a claim about a share. */
export type ShareClaim = {
  readonly n: number;
  readonly hits: number;
  readonly mark: ShareMark;
  /** 95%, Wilson; null where n is 0. */
  readonly interval: Interval | null;
  /** The share itself keeps the mark; null where n is 0. */
  readonly meets: boolean | null;
  /** The exact one-sided 95% bound on the side of the mark (Clopper and Pearson, Biometrika 26, 1934). */
  readonly bound: number | null;
  /** The bound keeps the mark, so that a share beyond it would be a surprise. */
  readonly carries: boolean | null;
  /** Hits of n that the bound needs: at least, or at most; null where no number of hits is enough. */
  readonly needed: number | null;
  /** How probably a share that misses the mark by one point passes by it in a sample of this size. */
  readonly lucky: number;
};

const alpha = 0.05;

/** Measures k hits of n against a mark. */
export function claimOf(hits: number, n: number, mark: ShareMark): ShareClaim {
  const isFloor = "at_least" in mark;
  const limit = isFloor ? mark.at_least : mark.at_most;
  const share = n === 0 ? null : hits / n;
  const bound = n === 0 ? null : isFloor ? lowerBound(hits, n) : upperBound(hits, n);
  return {
    n,
    hits,
    mark,
    interval: share === null ? null : wilson(share, n),
    meets: share === null ? null : isFloor ? share >= limit - slack : share <= limit + slack,
    bound,
    carries: bound === null ? null : isFloor ? bound >= limit : bound <= limit,
    needed: neededHits(n, mark),
    lucky: passChance(n, mark, isFloor ? limit - 0.01 : limit + 0.01),
  };
}

const slack = 1e-12;

/** The chance that a share of `truth` keeps the mark in a sample of n. */
export function passChance(n: number, mark: ShareMark, truth: number): number {
  if (n === 0) return 0;
  return "at_least" in mark
    ? 1 - binomialCdf(Math.ceil(mark.at_least * n - slack) - 1, n, truth)
    : binomialCdf(Math.floor(mark.at_most * n + slack), n, truth);
}

const lowerBound = (k: number, n: number): number =>
  k === 0 ? 0 : solve((p) => incompleteBeta(p, k, n - k + 1), alpha);

const upperBound = (k: number, n: number): number =>
  k === n ? 1 : solve((p) => incompleteBeta(p, k + 1, n - k), 1 - alpha);

/** Where a rising function of [0, 1] takes a value. */
function solve(at: (p: number) => number, value: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (at(middle) < value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function neededHits(n: number, mark: ShareMark): number | null {
  if ("at_least" in mark) {
    for (let k = Math.ceil(mark.at_least * n); k <= n; k++)
      if (k > 0 && lowerBound(k, n) >= mark.at_least) return k;
    return null;
  }
  for (let k = Math.floor(mark.at_most * n); k >= 0; k--)
    if (n > 0 && upperBound(k, n) <= mark.at_most) return k;
  return null;
}
