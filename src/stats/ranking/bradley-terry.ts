import type { Interval } from "../interval.ts";

import { percentile } from "../percentile.ts";
import { seededRandom } from "../random.ts";

/** Meetings of two players, given by number; a tie is half a win for each. */
export type Meeting = {
  readonly first: number;
  readonly second: number;
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
};

export type BradleyTerryOptions = {
  /** Ties added for each player against one of average strength: they keep players who never lose finite. Default 1. */
  readonly prior?: number;
};

/**
 * Strengths of the Bradley–Terry model, as natural logarithms that sum to 0: the first of a pair is preferred with
 * probability 1 / (1 + exp(θ₂ - θ₁)) (Biometrika 39, 1952), fitted by Hunter's MM steps (Ann. Stat. 32, 2004, eq. 3).
 * Without a prior the players must be connected by wins in both directions; otherwise the steps do not converge and
 * null is returned.
 */
export function bradleyTerry(
  players: number,
  meetings: readonly Meeting[],
  { prior = 1 }: BradleyTerryOptions = {},
): Float64Array | null {
  const { wins, counts } = tableOf(players, meetings);
  return fit(players, wins, counts, prior, new Float64Array(players).fill(1));
}

export type Strength = {
  readonly theta: number;
  readonly interval: Interval;
};

export type RatingOptions = BradleyTerryOptions & {
  readonly seed: number;
  readonly resamples?: number;
  readonly level?: number;
};

/**
 * `bradleyTerry` with percentile intervals of a seeded bootstrap over groups of meetings (whole questions are drawn,
 * because the meetings of one question are correlated). Null if nothing can be fitted.
 */
export function ratings(
  players: number,
  groups: readonly (readonly Meeting[])[],
  { prior = 1, seed, resamples = 1_000, level = 0.95 }: RatingOptions,
): readonly Strength[] | null {
  const tables = groups.map((group) => tableOf(players, group));
  const estimate = fit(players, ...summed(players, tables), prior, ones(players));
  if (estimate === null || groups.length === 0) return null;
  const random = seededRandom(seed);
  const drawn = Array.from({ length: players }, () => [] as number[]);
  const start = estimate.map(Math.exp);
  for (let b = 0; b < resamples; b++) {
    const sample = tables.map(() => tables[Math.floor(random() * tables.length)]);
    const present = sample.filter((each) => each !== undefined);
    const theta = fit(players, ...summed(players, present), prior, start.slice());
    theta?.forEach((value, player) => drawn[player]?.push(value));
  }
  const tail = (1 - level) / 2;
  return drawn.map((values, player) => {
    const sorted = Float64Array.from(values).toSorted();
    return {
      theta: estimate[player] ?? 0,
      interval: { low: percentile(sorted, tail), high: percentile(sorted, 1 - tail) },
    };
  });
}

type Table = { readonly wins: Float64Array; readonly counts: Float64Array };

const ones = (players: number): Float64Array => new Float64Array(players).fill(1);

/** Wins of each player, and meetings of each pair, row by row. */
function tableOf(players: number, meetings: readonly Meeting[]): Table {
  const wins = new Float64Array(players);
  const counts = new Float64Array(players * players);
  for (const { first, second, wins: won, losses, ties } of meetings) {
    wins[first] = (wins[first] ?? 0) + won + ties / 2;
    wins[second] = (wins[second] ?? 0) + losses + ties / 2;
    for (const cell of [first * players + second, second * players + first]) {
      counts[cell] = (counts[cell] ?? 0) + won + losses + ties;
    }
  }
  return { wins, counts };
}

function summed(players: number, tables: readonly Table[]): [Float64Array, Float64Array] {
  const wins = new Float64Array(players);
  const counts = new Float64Array(players * players);
  for (const table of tables) {
    for (let i = 0; i < wins.length; i++) wins[i] = (wins[i] ?? 0) + (table.wins[i] ?? 0);
    for (let i = 0; i < counts.length; i++) counts[i] = (counts[i] ?? 0) + (table.counts[i] ?? 0);
  }
  return [wins, counts];
}

const mostSteps = 20_000;

/** MM steps from `strengths`, which are modified; null if they do not converge. */
function fit(
  players: number,
  wins: Float64Array,
  counts: Float64Array,
  prior: number,
  strengths: Float64Array,
): Float64Array | null {
  for (let step = 0; step < mostSteps; step++) {
    let change = 0;
    for (let i = 0; i < players; i++) {
      const own = strengths[i] ?? 1;
      let weight = prior / (own + 1);
      for (let j = 0; j < players; j++) {
        const met = counts[i * players + j] ?? 0;
        if (met > 0) weight += met / (own + (strengths[j] ?? 1));
      }
      const next = weight > 0 ? ((wins[i] ?? 0) + prior / 2) / weight : own;
      if (!(next > 0) || !Number.isFinite(next)) return null;
      change = Math.max(change, Math.abs(Math.log(next / own)));
      strengths[i] = next;
    }
    if (prior === 0) scale(strengths);
    if (change < 1e-11) return centred(strengths);
  }
  return null;
}

/** Without a prior only ratios mean anything: their geometric mean is kept at 1. */
function scale(strengths: Float64Array): void {
  const mean = strengths.reduce((sum, each) => sum + Math.log(each), 0) / strengths.length;
  strengths.forEach((each, index) => {
    strengths[index] = each / Math.exp(mean);
  });
}

function centred(strengths: Float64Array): Float64Array {
  const logs = strengths.map(Math.log);
  const mean = logs.reduce((sum, each) => sum + each, 0) / Math.max(1, logs.length);
  return logs.map((each) => each - mean);
}
