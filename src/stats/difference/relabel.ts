import { seededRandom } from "../random.ts";

/** What a figure says of the two sides: their difference, or the logarithm of their ratio. */
export type FigureScale = "difference" | "log-ratio";

/** Which departures count: both, or only a lower figure of the second side. */
export type Departure = "both" | "low";

/** One figure of two sides, and the group of figures that share a part of the level. */
export type ComparedFigure = {
  readonly scale: FigureScale;
  readonly departure: Departure;
  readonly group: number;
};

/**
 * What one item adds to the sums of every figure, for each way in which its answers can be dealt to the sides; the first is
 * the way they were given. A figure has four sums in a row: numerator and denominator of the second side, then of the first.
 */
export type ItemDeals = readonly Float64Array[];

export type FigureTest = {
  /** Second side less first, or the logarithm of their ratio; NaN where a side has no figure. */
  readonly observed: number;
  /** Of this figure alone. */
  readonly p: number;
  /** At this level over all figures and groups. */
  readonly adjusted: number;
  /** Departures of at most this are within what relabelling gives at the level of the whole family. */
  readonly bound: number;
  /** Standard deviation over the deals. */
  readonly sd: number;
};

export type RelabelOptions = {
  readonly seed: number;
  readonly draws: number;
  /** Of all figures together; each group gets an equal part. */
  readonly level: number;
};

/** Sums per figure. */
export const sumsPerFigure = 4;

/**
 * Tests whether the answers of two sides to each item could be exchanged: within every item the answers of both are dealt
 * anew to the sides (Fisher–Pitman, as `exchangeTest`; items are the strata), so that it holds at every n, for repeats of
 * any number and for figures of any form. Figures of one group are adjusted for one another by the distribution of their
 * least p (Westfall and Young, Resampling-Based Multiple Testing, 1993, §2.3, single-step), which spends nothing on figures
 * that go together; groups share the level by Bonferroni. p = (1 + extreme) / (1 + draws).
 */
export function relabelTest(
  items: readonly ItemDeals[],
  figures: readonly ComparedFigure[],
  { seed, draws, level }: RelabelOptions,
): readonly FigureTest[] {
  const statistics = drawStatistics(items, figures, seed, draws);
  const columns = figures.map((figure, at) => columnOf(statistics, at, figures.length, figure));
  const groups = [...new Set(figures.map(({ group }) => group))];
  const tests: FigureTest[] = [];
  for (const group of groups) {
    const members = figures.flatMap((figure, at) => (figure.group === group ? [at] : []));
    const least = leastPs(members.map((at) => columns[at]?.ps ?? new Float64Array(draws + 1)));
    const threshold = quantileOf(least, level / groups.length);
    for (const at of members) {
      const column = columns[at];
      if (column === undefined) continue;
      const reached = least.filter((p) => p <= (column.ps[0] ?? 1) + 1e-12).length;
      tests[at] = {
        observed: column.observed,
        p: column.ps[0] ?? 1,
        adjusted: Math.min(1, (groups.length * reached) / (draws + 1)),
        bound: boundOf(column, threshold),
        sd: column.sd,
      };
    }
  }
  return tests;
}

/** A ratio is told as no further from 1 than this factor, so that nothing at all has a place as well. */
const furthest = 1_000;

/** The value of a figure from its four sums; NaN where a side has nothing to divide by, or neither has anything. */
export function figureOf(sums: ArrayLike<number>, at: number, scale: FigureScale): number {
  const [a, b] = sides(sums, at);
  if (scale === "difference") return a - b;
  return Math.log(Math.min(furthest, Math.max(1 / furthest, a / b)));
}

/** The second side's own value and the first side's. */
export function sides(sums: ArrayLike<number>, at: number): readonly [number, number] {
  const from = sumsPerFigure * at;
  return [(sums[from] ?? 0) / (sums[from + 1] ?? 0), (sums[from + 2] ?? 0) / (sums[from + 3] ?? 0)];
}

/** All figures of all draws, row by row; the first row is what was observed. */
function drawStatistics(
  items: readonly ItemDeals[],
  figures: readonly ComparedFigure[],
  seed: number,
  draws: number,
): Float64Array {
  const random = seededRandom(seed);
  const width = figures.length;
  const result = new Float64Array((draws + 1) * width);
  const size = width * sumsPerFigure;
  const same = new Float64Array(size);
  const varied = items.filter((deals) => !isSettled(deals));
  for (const [deal] of items.filter(isSettled)) if (deal !== undefined) addTo(same, deal);
  const sums = new Float64Array(size);
  for (let draw = 0; draw <= draws; draw++) {
    sums.set(same);
    for (const deals of varied) {
      const deal = deals[draw === 0 ? 0 : Math.floor(random() * deals.length)];
      if (deal !== undefined) addTo(sums, deal);
    }
    for (let at = 0; at < width; at++)
      result[draw * width + at] = figureOf(sums, at, figures[at]?.scale ?? "difference");
  }
  return result;
}

/** However the answers are dealt, the sums stay the same. */
const isSettled = ([first, ...others]: ItemDeals): boolean =>
  others.every((deal) => deal.every((sum, at) => sum === first?.[at]));

function addTo(sums: Float64Array, more: Float64Array): void {
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + (more[i] ?? 0);
}

type Column = {
  readonly observed: number;
  readonly sd: number;
  /** Departures from no change, of every draw, and their p. */
  readonly far: Float64Array;
  readonly ps: Float64Array;
};

function columnOf(
  statistics: Float64Array,
  at: number,
  width: number,
  { departure }: ComparedFigure,
): Column {
  const count = statistics.length / width;
  const values = Float64Array.from(
    { length: count },
    (_, draw) => statistics[draw * width + at] ?? 0,
  );
  const known = values.filter(Number.isFinite);
  const mean = known.length === 0 ? 0 : known.reduce((sum, each) => sum + each, 0) / known.length;
  const squares = known.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const sd = known.length < 2 ? 0 : Math.sqrt(squares / (known.length - 1));
  // What cannot be computed is no departure; rounding makes none either.
  const grain = 1e-12 * Math.max(1, Math.abs(values[0] ?? 0));
  const far = values.map((value) => {
    if (!Number.isFinite(value)) return 0;
    const off = departure === "both" ? Math.abs(value) : -value;
    return off <= grain ? 0 : off;
  });
  return { observed: values[0] ?? Number.NaN, sd: sd < grain ? 0 : sd, far, ps: tailShares(far) };
}

/** For every value the share of values that are at least as large; those of 0 or less are at no distance, so 1. */
function tailShares(far: Float64Array): Float64Array {
  const sorted = far.toSorted();
  const slack = 1e-9 * (sorted.at(-1) ?? 0);
  return far.map((value) =>
    value <= 0 ? 1 : (sorted.length - placeOf(sorted, value - slack)) / sorted.length,
  );
}

/** The first place in a sorted list whose value is not below `value`. */
function placeOf(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function leastPs(columns: readonly Float64Array[]): Float64Array {
  const least = new Float64Array(columns[0]?.length ?? 0).fill(1);
  for (const ps of columns) {
    for (let draw = 0; draw < least.length; draw++)
      least[draw] = Math.min(least[draw] ?? 1, ps[draw] ?? 1);
  }
  return least;
}

/** The largest p such that at most `level` of the draws have a least p that is no greater; 0 where the draws are too few. */
function quantileOf(least: Float64Array, level: number): number {
  const sorted = least.toSorted();
  const allowed = Math.floor(level * sorted.length);
  for (let at = allowed - 1; at >= 0; at--) {
    const p = sorted[at] ?? 1;
    if ((sorted[at + 1] ?? 2) > p) return p;
  }
  return 0;
}

/** The largest departure whose p is above the threshold. */
function boundOf({ far, ps }: Column, threshold: number): number {
  let bound = 0;
  for (let draw = 0; draw < far.length; draw++)
    if ((ps[draw] ?? 1) > threshold) bound = Math.max(bound, far[draw] ?? 0);
  return bound;
}
