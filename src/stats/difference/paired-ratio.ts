import type { Interval } from "../interval.ts";
import type { RandomisationOptions } from "./sign-flip.ts";

import { studentQuantile } from "../distributions.ts";
import { seededRandom } from "../random.ts";

/** What each cluster adds to one side's ratio Σ amounts / Σ units. */
export type RatioSide = {
  readonly amounts: ArrayLike<number>;
  /** Null where the amounts themselves are compared. */
  readonly units: ArrayLike<number> | null;
};

export type RatioChange = { readonly ratio: number; readonly interval: Interval | null };

/** At most this many clusters are swapped in every way; of more, some ways are drawn. */
const mostEnumerated = 12;

/**
 * The ratio of two paired ratios, new over base: (Σ amounts / Σ units) / (Σ amounts / Σ units). Its 95% interval is
 * made on the logarithm with the clusters' linearised residuals (Cochran, Sampling Techniques, 1977, §6.4) and Student's
 * t at C - 1 degrees of freedom, and is widened to 1 where swapping the sides' labels per cluster (`signFlipTest`, here
 * with both sums recomputed) does not reject at 5%. Null where a sum is 0; no interval with fewer than two clusters.
 */
export function pairedRatio(
  base: RatioSide,
  fresh: RatioSide,
  { seed, draws }: RandomisationOptions,
): RatioChange | null {
  const columns = [fresh.amounts, base.amounts, fresh.units, base.units].map((column) =>
    column === null ? null : Float64Array.from(column),
  );
  const kept = occupied(columns);
  const sums = kept.map((column) => (column === null ? 1 : totalOf(column)));
  if (sums.some((sum) => sum <= 0)) return null;
  const ratio = quotient(sums);
  const count = kept[0]?.length ?? 0;
  if (count < 2) return { ratio, interval: null };
  let squares = 0;
  for (let cluster = 0; cluster < count; cluster++) {
    const parts = kept.map((column, at) => (column?.[cluster] ?? 0) / (sums[at] ?? 1));
    const [a = 0, b = 0, c = 0, d = 0] = parts;
    squares += (a - b - c + d) ** 2;
  }
  const se = Math.sqrt((count / (count - 1)) * squares);
  const factor = Math.exp(studentQuantile(0.975, count - 1) * se);
  const interval = { low: ratio / factor, high: ratio * factor };
  const holdsOne = interval.low <= 1 && interval.high >= 1;
  if (holdsOne || swapTest(kept, sums, ratio, seed, draws) < 0.05) return { ratio, interval };
  const [low, high] = [Math.min(1, interval.low), Math.max(1, interval.high)];
  return { ratio, interval: { low, high } };
}

type Column = Float64Array | null;

/** Without the clusters that hold nothing. */
function occupied(columns: readonly Column[]): readonly Column[] {
  const length = columns[0]?.length ?? 0;
  const places = Array.from({ length }, (_, place) => place).filter((place) =>
    columns.some((column) => (column?.[place] ?? 0) !== 0),
  );
  return columns.map((column) =>
    column === null ? null : Float64Array.from(places, (place) => column[place] ?? 0),
  );
}

const totalOf = (column: Float64Array): number => column.reduce((sum, each) => sum + each, 0);

/** Sums in the order: new amount, base amount, new units, base units. */
const quotient = ([a = 0, b = 0, c = 1, d = 1]: readonly number[]): number => a / c / (b / d);

/** The share of label swaps whose ratio is at least as far from 1, on the logarithm. */
function swapTest(
  columns: readonly Column[],
  sums: readonly number[],
  ratio: number,
  seed: number,
  draws: number,
): number {
  const [a, b, c, d] = columns;
  const count = a?.length ?? 0;
  // What the new side's sums gain, and the base side's lose, where a cluster is swapped.
  const amounts = Float64Array.from({ length: count }, (_, at) => (b?.[at] ?? 0) - (a?.[at] ?? 0));
  const units = Float64Array.from({ length: count }, (_, at) => (d?.[at] ?? 0) - (c?.[at] ?? 0));
  const bound = Math.abs(Math.log(ratio)) - 1e-9;
  const isExtreme = (nextBits: () => number): boolean => {
    let amount = 0;
    let unit = 0;
    let bits = 0;
    for (let cluster = 0; cluster < count; cluster++) {
      if ((cluster & 31) === 0) bits = nextBits();
      if ((bits & 1) === 1) {
        amount += amounts[cluster] ?? 0;
        unit += units[cluster] ?? 0;
      }
      bits >>>= 1;
    }
    const [sa = 0, sb = 0, sc = 1, sd = 1] = sums;
    const distance = Math.abs(Math.log(quotient([sa + amount, sb - amount, sc + unit, sd - unit])));
    return Number.isNaN(distance) || distance >= bound;
  };
  let extreme = 0;
  if (count <= mostEnumerated) {
    const ways = 2 ** count;
    for (let way = 0; way < ways; way++) if (isExtreme(() => way)) extreme++;
    return extreme / ways;
  }
  const random = seededRandom(seed);
  for (let draw = 0; draw < draws; draw++) {
    if (isExtreme(() => random() * 4_294_967_296)) extreme++;
  }
  return (1 + extreme) / (1 + draws);
}
