import type { Interval } from "../interval.ts";

import { boundedThreshold } from "./bounded-threshold.ts";

/** What was answered at one level of a ladder. */
export type LevelCount = {
  /** From 1, the easiest. */
  readonly level: number;
  /** What guessing gets, from 0 to below 1. */
  readonly floor: number;
  readonly n: number;
  /** Sum of the values, from 0 to `n`. */
  readonly right: number;
};

export type Midpoint = {
  /** The level at which half of what guessing leaves over is right; infinite where every or no answer is right. */
  readonly value: number;
  /** May reach beyond the levels, to infinity. */
  readonly interval: Interval;
};

/**
 * 半数水平: b of p(L) = g + (1 − g) / (1 + e^((L − b) / s)), the psychometric function with a known guessing rate (Wichmann
 * and Hill, Perception & Psychophysics 63, 2001). The likelihood is penalised in ln s, since a few items a level often
 * separate perfectly; the interval is that of the profile likelihood, at 95 %, with the threshold of a parameter that has an end:
 * where all levels are at the floor, or all are solved, and a lower one beyond the levels. Null without answers.
 */
export function midpoint(counts: readonly LevelCount[]): Midpoint | null {
  const levels = counts.filter(({ n }) => n > 0);
  if (levels.length === 0) return null;
  const names = levels.map(({ level }) => level);
  const [least, most] = [Math.min(...names) - margin, Math.max(...names) + margin];
  const points = Array.from(
    { length: Math.round((most - least) / step) + 1 },
    (_, at) => least + at * step,
  );
  const profile = points.map((b) => profileAt(levels, b).logLikelihood);
  const ends = [floorLikelihood(levels), solvedLikelihood(levels)] as const;
  const at = profile.indexOf(Math.max(...profile));
  const inside = refined(levels, points[at] ?? least);
  const highest = Math.max(inside.logLikelihood, ...ends);
  const isLeft = (b: number): boolean => isRejected(levels, b, highest);
  const kept = points.filter((b) => !isLeft(b));
  if (highest - inside.logLikelihood < slack) kept.push(inside.b);
  const [from, to] = [Math.min(...kept), Math.max(...kept)];
  const low = from <= least ? Number.NEGATIVE_INFINITY : edge(from, from - step, isLeft);
  const high = to >= most ? Number.POSITIVE_INFINITY : edge(to, to + step, isLeft);
  const value =
    ends[0] >= highest
      ? Number.NEGATIVE_INFINITY
      : ends[1] >= highest
        ? Number.POSITIVE_INFINITY
        : inside.b;
  return { value, interval: { low, high } };
}

/** How far beyond its levels a ladder is searched: there it is solved or at the floor as good as everywhere. */
const margin = 8;
const step = 0.25;
const slack = 1e-9;

/** ln s of an even grid, and what it costs: a normal prior of standard deviation 0.7 around one level. */
const spreads = Array.from({ length: 25 }, (_, at) => {
  const ln = (at - 12) * 0.15;
  return { s: Math.exp(ln), penalty: ln ** 2 / (2 * 0.7 ** 2) };
});

const chanceAt = ({ level, floor }: LevelCount, b: number, s: number): number =>
  floor + (1 - floor) / (1 + Math.exp((level - b) / s));

/** 0 · ln 0 is 0. */
const term = (count: number, p: number): number => (count === 0 ? 0 : count * Math.log(p));

const likelihood = (levels: readonly LevelCount[], p: (level: LevelCount) => number): number =>
  levels.reduce((sum, level) => {
    const chance = p(level);
    return sum + term(level.right, chance) + term(level.n - level.right, 1 - chance);
  }, 0);

type Fit = { readonly logLikelihood: number; readonly s: number };

function profileAt(levels: readonly LevelCount[], b: number): Fit {
  let best: Fit = { logLikelihood: Number.NEGATIVE_INFINITY, s: 1 };
  for (const { s, penalty } of spreads) {
    const logLikelihood = likelihood(levels, (level) => chanceAt(level, b, s)) - penalty;
    if (logLikelihood > best.logLikelihood) best = { logLikelihood, s };
  }
  return best;
}

const floorLikelihood = (levels: readonly LevelCount[]): number =>
  likelihood(levels, ({ floor }) => floor);
const solvedLikelihood = (levels: readonly LevelCount[]): number => likelihood(levels, () => 1);

/** The top of the profile around a point of the grid, by golden section. */
function refined(
  levels: readonly LevelCount[],
  around: number,
): { readonly b: number; readonly logLikelihood: number } {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [around - step, around + step];
  for (let turn = 0; turn < 18; turn += 1) {
    const [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
    const isLower = profileAt(levels, left).logLikelihood > profileAt(levels, right).logLikelihood;
    if (isLower) high = right;
    else low = left;
  }
  const b = (low + high) / 2;
  return { b, logLikelihood: profileAt(levels, b).logLikelihood };
}

/** Whether the likelihood ratio speaks against a midpoint, given how far it is from both ends. */
function isRejected(levels: readonly LevelCount[], b: number, highest: number): boolean {
  const { logLikelihood, s } = profileAt(levels, b);
  const distance = Math.min(
    deviance(levels, ({ floor }) => floor, b, s),
    deviance(levels, () => 1, b, s),
  );
  const threshold = Math.min(boundedThreshold(Math.sqrt(distance)), thresholdBeyond(levels, b));
  return 2 * (highest - logLikelihood) > threshold;
}

/**
 * The threshold of a midpoint that no level is near. There b and s can hardly be told apart, and the penalty on s keeps the
 * ratio below its limit: one level beyond, its 95 % quantile is 2.5 to 3.1 for floors of 0 to .5, eight items a level and s
 * between .5 and 2, and the limit's 3.84 covers up to 98.6 % (`npm run verify:ladders`).
 */
function thresholdBeyond(levels: readonly LevelCount[], b: number): number {
  const names = levels.map(({ level }) => level);
  const beyond = Math.max(Math.min(...names) - b, b - Math.max(...names));
  return limit - (limit - oneBeyond) * Math.min(1, Math.max(0, 2 * beyond - 1));
}

/** The 95 % quantile of χ² with one degree of freedom. */
const limit = 3.8415;
/** With 2.9 coverage falls to 88 % at a floor of 0, since counts are whole. */
const oneBeyond = 3.2;

/** Twice the divergence of the ladder with midpoint b from one whose chances are `end`. */
const deviance = (
  levels: readonly LevelCount[],
  end: (level: LevelCount) => number,
  b: number,
  s: number,
): number =>
  2 *
  levels.reduce((sum, level) => {
    const [q, p] = [end(level), chanceAt(level, b, s)];
    return sum + level.n * (term(q, q / p) + term(1 - q, (1 - q) / (1 - p)));
  }, 0);

/** Between a midpoint that is kept and one that is not. */
function edge(kept: number, left: number, isLeft: (b: number) => boolean): number {
  let [inside, outside] = [kept, left];
  for (let turn = 0; turn < 12; turn += 1) {
    const middle = (inside + outside) / 2;
    if (isLeft(middle)) outside = middle;
    else inside = middle;
  }
  return inside;
}
