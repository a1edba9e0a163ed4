import type { Interval } from "../../stats/interval.ts";
import type { HostAnswer, HostMeasure, MeasureId } from "./measures.ts";

import { pairedInterval } from "../../stats/difference/paired.ts";
import {
  figureOf,
  type FigureTest,
  type ItemDeals,
  relabelTest,
  sides,
  sumsPerFigure,
} from "../../stats/difference/relabel.ts";
import { normalQuantile, studentQuantile } from "../../stats/distributions.ts";
import { seededRandom } from "../../stats/random.ts";
import { hostMeasures, sumsOfDeal } from "./measures.ts";

/** The answers to one item. */
export type ItemAnswers = {
  readonly official: readonly HostAnswer[];
  readonly host: readonly HostAnswer[];
};

/** `open`: it cannot be told. `absent`: no item asks for it. */
export type ConformityVerdict = "within" | "outside" | "open" | "absent";

export type Conformity = {
  readonly measure: MeasureId;
  readonly verdict: ConformityVerdict;
  /** The host's own figure and the official service's; of agreement and F1, the official service's with itself. */
  readonly host: number | null;
  readonly official: number | null;
  /** Host less official service, or their ratio. */
  readonly change: number | null;
  /** 95%, of this measure alone. */
  readonly interval: Interval | null;
  /** Within these, the host's figure does what the official service's own repeats do. */
  readonly band: Interval | null;
  /** Over all measures and hosts. */
  readonly p: number | null;
  /** Items at which a host that is off by the tolerance is found with power 80%; null unless it is open. */
  readonly items_needed: number | null;
};

export type ConformityOptions = {
  readonly seed: number;
  /** Hosts that are judged together. */
  readonly hosts: number;
  /** Share of honest comparisons in which any host is called outside in anything. */
  readonly level?: number;
  readonly draws?: number;
  /** Instead of the measures' own. */
  readonly tolerance?: Partial<Record<MeasureId, number>>;
};

/** Fewest items for which a verdict of within is given: below it no interval can be trusted. */
const fewestItems = 20;
const power = 0.8;

/**
 * Compares a host with the official service item by item. What an honest host may do is what relabelling shows: were it the
 * official service, its answers could change places with the official ones to the same item. Outside: past the band at the
 * level of all measures and hosts, and by more than `least`. Within: not outside, and the 95% interval lies within the
 * tolerance. Else it cannot be told.
 */
export function conformityOf(
  items: readonly ItemAnswers[],
  { seed, hosts, level = 0.05, draws = 10_000, tolerance = {} }: ConformityOptions,
): readonly Conformity[] {
  const observed = items.map(({ host, official }) => sumsOfDeal(hostMeasures, host, official));
  const sums = totalOf(observed, hostMeasures.length);
  const used = hostMeasures.filter(({ scale }, at) => Number.isFinite(figureOf(sums, at, scale)));
  const deals = items.map((item, at) => dealsOf(used, item, seed + at));
  const tests = relabelTest(deals, used, { seed, draws, level: level / hosts });
  const given = deals.flatMap((ways) => ways.slice(0, 1));
  const total = totalOf(given, used.length);
  return hostMeasures.map((measure) => {
    const at = used.indexOf(measure);
    const test = tests[at];
    const allowed = tolerance[measure.id] ?? measure.tolerance;
    return test === undefined
      ? absent(measure.id)
      : judged({ ...measure, tolerance: allowed }, at, test, {
          observed: given,
          total,
          hosts,
          level,
        });
  });
}

function totalOf(each: readonly Float64Array[], figures: number): Float64Array {
  const total = new Float64Array(sumsPerFigure * figures);
  for (const sums of each)
    for (let i = 0; i < sums.length; i++) total[i] = (total[i] ?? 0) + (sums[i] ?? 0);
  return total;
}

const absent = (measure: MeasureId): Conformity => ({
  measure,
  verdict: "absent",
  host: null,
  official: null,
  change: null,
  interval: null,
  band: null,
  p: null,
  items_needed: null,
});

type Observed = {
  readonly observed: readonly Float64Array[];
  readonly total: Float64Array;
  readonly hosts: number;
  readonly level: number;
};

function judged(
  { id, scale, departure, least, tolerance }: HostMeasure,
  at: number,
  { observed: change, adjusted, bound, sd }: FigureTest,
  { observed, total, hosts, level }: Observed,
): Conformity {
  const [host, official] = sides(total, at);
  const n = observed.filter((sums) => (sums[4 * at + 1] ?? 0) > 0).length;
  const interval = intervalOf(observed, total, at, scale, change, n);
  const p = Math.min(1, adjusted * hosts);
  const away = departure === "low" ? Math.max(0, -change) : Math.abs(change);
  const low = interval === null || interval.low > -tolerance;
  const high = interval === null || departure === "low" || interval.high < tolerance;
  const isOut = p <= level && away > least;
  const isIn = !isOut && n >= fewestItems && interval !== null && low && high;
  const verdict = isOut ? "outside" : isIn ? "within" : "open";
  const half = interval === null ? Number.NaN : (interval.high - interval.low) / 2;
  const needed = itemsNeeded(n, { bound: Math.max(bound, least), sd, half, tolerance });
  const shown = (value: number): number => (scale === "difference" ? value : Math.exp(value));
  const edge = departure === "low" ? Number.POSITIVE_INFINITY : bound;
  const centre = (value: number): number =>
    scale === "difference" ? official + value : Math.exp(value);
  return {
    measure: id,
    verdict,
    host,
    official,
    change: shown(change),
    interval: interval === null ? null : { low: shown(interval.low), high: shown(interval.high) },
    band: {
      low: Math.max(0, centre(-bound)),
      high: scale === "difference" ? Math.min(1, centre(edge)) : centre(edge),
    },
    p,
    items_needed: verdict === "open" ? needed : null,
  };
}

/**
 * Items at which a departure of the tolerance is found with power 80%, and an honest host said to be within as often. Where
 * no answer differs from another, the interval alone is too wide, and it shrinks with n itself.
 */
function itemsNeeded(
  n: number,
  at: Readonly<Record<"bound" | "sd" | "half" | "tolerance", number>>,
): number {
  const z = normalQuantile(power);
  const found = (at.bound + z * at.sd) / at.tolerance;
  const told = (at.half * (1 + (at.sd === 0 ? 0 : z / normalQuantile(0.975)))) / at.tolerance;
  const most = Math.max(...[found, told].filter(Number.isFinite));
  const needed = Math.ceil(n * (at.sd === 0 ? most : most ** 2));
  // By chance a host stands where it cannot be told, with items that would do for most: as many again.
  return Math.max(fewestItems, needed > n ? needed : 2 * n);
}

/** By the jackknife over items; for differences of shares with one difference of 1 and one of -1 added. */
function intervalOf(
  observed: readonly Float64Array[],
  total: Float64Array,
  at: number,
  scale: HostMeasure["scale"],
  change: number,
  n: number,
): Interval | null {
  if (n < 2) return null;
  const left = new Float64Array(total.length);
  const values: number[] = [];
  for (const sums of observed) {
    for (let i = 4 * at; i < 4 * at + 4; i++) left[i] = (total[i] ?? 0) - (sums[i] ?? 0);
    const value = figureOf(left, at, scale);
    if (Number.isFinite(value)) values.push(value);
  }
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  const squares = values.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const se = Math.sqrt(((values.length - 1) / values.length) * squares);
  const quantile = studentQuantile(0.975, n - 1);
  if (scale === "difference") return pairedInterval(change, se, n, quantile).interval;
  return { low: change - quantile * se, high: change + quantile * se };
}

/** At most so many ways to deal the answers of an item are listed; of more, some are drawn. */
const mostDeals = 252;

/** The sums of every way to deal an item's answers to the sides; the first is the one that was given. */
function dealsOf(
  measures: readonly HostMeasure[],
  { official, host }: ItemAnswers,
  seed: number,
): ItemDeals {
  const all = [...host, ...official];
  return chosenPlaces(all.length, host.length, seed).map((places) => {
    const taken = new Set(places);
    return sumsOfDeal(
      measures,
      all.filter((_, at) => taken.has(at)),
      all.filter((_, at) => !taken.has(at)),
    );
  });
}

/** Every choice of `take` of `count` places, the first ones first; a drawn part of them where there are too many. */
function chosenPlaces(count: number, take: number, seed: number): readonly (readonly number[])[] {
  let ways = 1;
  for (let i = 1; i <= take; i++) ways = (ways * (count - take + i)) / i;
  if (ways <= mostDeals) return combinations(count, take);
  const random = seededRandom(seed);
  const first = Array.from({ length: take }, (_, at) => at);
  return [
    first,
    ...Array.from({ length: mostDeals - 1 }, () => {
      const places = Array.from({ length: count }, (_, at) => at);
      for (let at = 0; at < take; at++) {
        const other = at + Math.floor(random() * (count - at));
        const value = places[at] ?? 0;
        places[at] = places[other] ?? 0;
        places[other] = value;
      }
      return places.slice(0, take);
    }),
  ];
}

function combinations(count: number, take: number, from = 0): readonly (readonly number[])[] {
  if (take === 0) return [[]];
  const found: (readonly number[])[] = [];
  for (let at = from; at <= count - take; at++)
    for (const rest of combinations(count, take - 1, at + 1)) found.push([at, ...rest]);
  return found;
}
