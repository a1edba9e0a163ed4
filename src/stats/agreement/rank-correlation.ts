import { sampleCorrelation } from "simple-statistics";

/** Two values of one thing, such as a judge's mark and a person's. */
export type ValuePair = readonly [first: number, second: number];

/** Pearson's correlation; null with fewer than two pairs, and where one side does not vary. */
export function pearson(pairs: readonly ValuePair[]): number | null {
  const [x, y] = sidesOf(pairs);
  return correlation(x, y);
}

/**
 * Spearman's ρ: Pearson's correlation of the ranks, equal values sharing their mean rank; null as for `pearson`. Ranked here,
 * because a bootstrap asks a thousand times and marks have few levels.
 */
export function spearman(pairs: readonly ValuePair[]): number | null {
  const [x, y] = sidesOf(pairs);
  return correlation(midranks(x), midranks(y));
}

const sidesOf = (pairs: readonly ValuePair[]): readonly [number[], number[]] => [
  pairs.map(([first]) => rounded(first)),
  pairs.map(([, second]) => rounded(second)),
];

/** 0.1 + 0.2 and 0.3 are one mark, and so a tie. */
const rounded = (value: number): number => Math.round(value * 1e9) / 1e9;

function correlation(x: number[], y: number[]): number | null {
  if (x.length < 2 || !varies(x) || !varies(y)) return null;
  return Math.min(1, Math.max(-1, sampleCorrelation(x, y)));
}

const varies = (values: readonly number[]): boolean => {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low > 1e-9;
};

/** The different values in order, with how many there are of each. */
function levelsOf(values: readonly number[]): ReadonlyMap<number, number> {
  const levels = new Map<number, number>();
  for (const value of Float64Array.from(values).toSorted()) {
    levels.set(value, (levels.get(value) ?? 0) + 1);
  }
  return levels;
}

function midranks(values: readonly number[]): number[] {
  const ranks = new Map<number, number>();
  let before = 0;
  for (const [value, count] of levelsOf(values)) {
    ranks.set(value, before + (count + 1) / 2);
    before += count;
  }
  return values.map((value) => ranks.get(value) ?? 0);
}

/**
 * Kendall's τ-b: (concordant - discordant pairs) / √((n₀ - n₁)(n₀ - n₂)), where n₀ counts all pairs, n₁ and n₂ those that are
 * tied on one side (Kendall, Biometrika 33, 1945). Counted in n log n steps by Knight's merge sort (JASA 61, 1966). Null with
 * fewer than two pairs, and where one side does not vary.
 */
export function kendallTauB(pairs: readonly ValuePair[]): number | null {
  const n = pairs.length;
  const [x, y] = sidesOf(pairs);
  const [first, second] = [levelsOf(x), levelsOf(y)];
  const [firstAt, secondAt] = [placesOf(first), placesOf(second)];
  // One number a pair, in the order of its first value and then of its second.
  const codes = Float64Array.from(
    x,
    (value, index) => (firstAt.get(value) ?? 0) * second.size + (secondAt.get(y[index] ?? 0) ?? 0),
  ).toSorted();
  const all = choose2(n);
  const [tiedFirst, tiedSecond] = [tiesOf(first), tiesOf(second)];
  const swaps = sortCounting(
    codes.map((code) => code % second.size),
    new Float64Array(n),
    0,
    n,
  );
  const spread = Math.sqrt(all - tiedFirst) * Math.sqrt(all - tiedSecond);
  if (!(spread > 0)) return null;
  return (all - tiedFirst - tiedSecond + tiesIn(codes) - 2 * swaps) / spread;
}

const placesOf = (levels: ReadonlyMap<number, number>): ReadonlyMap<number, number> =>
  new Map([...levels.keys()].map((value, index) => [value, index]));

const choose2 = (n: number): number => (n * (n - 1)) / 2;

const tiesOf = (levels: ReadonlyMap<number, number>): number =>
  [...levels.values()].reduce((sum, count) => sum + choose2(count), 0);

/** Pairs of equal numbers in a sorted array. */
function tiesIn(sorted: Float64Array): number {
  let [ties, run] = [0, 1];
  for (let index = 1; index <= sorted.length; index++) {
    if (index < sorted.length && sorted[index] === sorted[index - 1]) run += 1;
    else {
      ties += choose2(run);
      run = 1;
    }
  }
  return ties;
}

/** Sorts `values` in [from, to) and returns how many pairs stood in the wrong order. */
function sortCounting(values: Float64Array, spare: Float64Array, from: number, to: number): number {
  if (to - from < 2) return 0;
  const middle = (from + to) >> 1;
  let swaps = sortCounting(values, spare, from, middle) + sortCounting(values, spare, middle, to);
  let [left, right] = [from, middle];
  for (let at = from; at < to; at++) {
    const takesRight = left >= middle || (right < to && (values[right] ?? 0) < (values[left] ?? 0));
    if (takesRight) {
      swaps += middle - left;
      spare[at] = values[right++] ?? 0;
    } else spare[at] = values[left++] ?? 0;
  }
  values.set(spare.subarray(from, to), from);
  return swaps;
}
