import type { RandomisationOptions, RandomisationTest } from "./sign-flip.ts";

import { seededRandom } from "../random.ts";

/** One unit of a stratum: the values of its items, and what each position weighs in the difference of the sides. */
export type ExchangeUnit = {
  readonly values: ArrayLike<number>;
  readonly shares: ArrayLike<number>;
};

/** Units that are alike but for the side that they were drawn for. Shares of the base side are negative. */
export type Stratum = {
  readonly base: readonly ExchangeUnit[];
  readonly new: readonly ExchangeUnit[];
};

/**
 * Two-sided permutation test of the difference of two sides that hold different items of the same kinds (Pitman,
 * Suppl. J. R. Stat. Soc. 4, 1937): within each stratum the units' values are dealt anew to the positions of both sides,
 * with seeded draws; p = (1 + extreme) / (1 + draws). Null where no stratum has units on both sides.
 *
 * `least_p` is no larger than the smallest p that the strata allow: 1 / the number of ways in which their values can be
 * dealt that make a difference, where of values and shares that are all single and alike those with equal values are one.
 */
export function exchangeTest(
  strata: readonly Stratum[],
  { seed, draws }: RandomisationOptions,
): RandomisationTest | null {
  const mixed = strata.filter((stratum) => stratum.base.length > 0 && stratum.new.length > 0);
  if (mixed.length === 0) return null;
  const fixed = strata
    .flatMap((stratum) => (mixed.includes(stratum) ? [] : [...stratum.base, ...stratum.new]))
    .reduce((sum, { values, shares }) => sum + dot(values, shares), 0);
  const decks = mixed.map((stratum) => {
    const units = [...stratum.base, ...stratum.new];
    return { values: units.map(({ values }) => values), shares: units.map(({ shares }) => shares) };
  });
  const sum = (): number =>
    decks.reduce(
      (total, { values, shares }) =>
        total + values.reduce((part, own, place) => part + dot(own, shares[place] ?? []), 0),
      fixed,
    );
  const observed = Math.abs(sum());
  const bound = observed - 1e-9;
  const random = seededRandom(seed);
  let extreme = 0;
  for (let draw = 0; draw < draws; draw++) {
    for (const { values } of decks) shuffle(values, random);
    if (Math.abs(sum()) >= bound) extreme++;
  }
  const ways = mixed.reduce((total, stratum) => total + logWays(stratum), 0);
  const least_p = Math.max(1 / (draws + 1), Math.exp(-ways));
  return { p: (1 + extreme) / (1 + draws), least_p };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function shuffle(values: ArrayLike<number>[], random: () => number): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const held = values[i];
    const other = values[j];
    if (held === undefined || other === undefined) continue;
    values[i] = other;
    values[j] = held;
  }
}

/** Logarithm of the number of deals over the number of those with the greatest difference, at most that of all deals. */
function logWays(stratum: Stratum): number {
  const n = stratum.base.length + stratum.new.length;
  const all = logChoose(n, stratum.new.length);
  const isSingle = [stratum.base, stratum.new].every(
    (side) =>
      side.every(({ values }) => values.length === 1) &&
      new Set(side.map(({ shares }) => shares[0])).size === 1,
  );
  if (!isSingle) return all;
  const values = [...stratum.base, ...stratum.new].map((unit) => unit.values[0] ?? 0);
  const sorted = values.toSorted((a, b) => a - b);
  const ends = [sorted, sorted.toReversed()].map((order) => {
    const edge = order[stratum.new.length - 1] ?? 0;
    const inside = order.slice(0, stratum.new.length).filter((value) => value === edge).length;
    return logChoose(order.filter((value) => value === edge).length, inside);
  });
  return all - Math.min(...ends);
}

function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= Math.min(k, n - k); i++) sum += Math.log((n - Math.min(k, n - k) + i) / i);
  return sum;
}
