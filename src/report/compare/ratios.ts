import type { Currency } from "../../domain/money.ts";
import type { Interval } from "../../stats/interval.ts";
import type { Pairing, Side } from "./pairing.ts";
import type { ComparedTimings, Likeness } from "./timings.ts";

import { pairedRatio, type RatioSide } from "../../stats/difference/paired-ratio.ts";
import { percentile, percentileWithInterval } from "../../stats/percentile.ts";
import { amountIn, isPriced, isRight, unitOf } from "./costs/prices.ts";
import { sideCost, type SideCost } from "./costs/side-costs.ts";
import { bothTimings, likeness } from "./timings.ts";

/** A quotient, new over base: 1.2 is a fifth more. */
export type Ratio = {
  readonly n: number;
  /** Of each side alone: milliseconds, characters per second, or money. */
  readonly base: number;
  readonly new: number;
  readonly ratio: number;
  readonly interval: Interval | null;
};

export type Ratios = {
  readonly first_token_ms: Ratio | null;
  readonly speed: Ratio | null;
  readonly cost: Ratio | null;
  readonly cost_per_right: Ratio | null;
  /** Of `cost`; null where the sides' currencies have no common rate. */
  readonly currency: Currency | null;
  /** Of each side by itself, for where there is no ratio. */
  readonly side_costs: { readonly base: SideCost | null; readonly new: SideCost | null };
};

type CallColumn = "first_token_ms" | "speed";

/** Ratios with what their times are worth. */
export type RatiosAndTimings = { readonly ratios: Ratios; readonly timings: ComparedTimings };

/** Ratios over the pairs. */
export function ratiosOf(
  base: Side,
  fresh: Side,
  pairing: Pairing,
  seed: number,
): RatiosAndTimings {
  const money = costs(base, fresh, pairing);
  const ratios = {
    first_token_ms: callRatio(base, fresh, pairing, "first_token_ms"),
    speed: callRatio(base, fresh, pairing, "speed"),
    cost: money === null ? null : costRatio(money, seed),
    cost_per_right: money === null ? null : perRightRatio(money, seed),
    currency: money?.currency ?? null,
    side_costs: {
      base: sideCost(base, pairing.base, "all answers"),
      new: sideCost(fresh, pairing.new, "all answers"),
    },
  };
  const left = { lagged: 0, unlike: 0 };
  eachCallPair(base, fresh, pairing, (_from, _to, alike) => {
    if (alike !== "alike") left[alike]++;
  });
  return { ratios, timings: { ...bothTimings(base, fresh, pairing), ...left } };
}

/**
 * The median over the pairs of calls of the quotient, with its order-statistic interval. A timeout on one
 * side ranks above or below every quotient; pairs that timed out on both sides say nothing. Pairs during which this
 * machine was too busy are left out, and for first tokens those in which only one side opened a connection.
 */
function callRatio(base: Side, fresh: Side, pairing: Pairing, column: CallColumn): Ratio | null {
  const quotients: number[] = [];
  const before: number[] = [];
  const after: number[] = [];
  eachCallPair(base, fresh, pairing, (from, to, alike) => {
    if (alike === "lagged" || (alike === "unlike" && column === "first_token_ms")) return;
    const a = base.target.calls.at[column][from] ?? Number.NaN;
    const b = fresh.target.calls.at[column][to] ?? Number.NaN;
    if (!(a > 0 && b > 0)) return;
    before.push(a);
    after.push(b);
    if (Number.isFinite(a) || Number.isFinite(b)) quotients.push(b / a);
  });
  const sorted = Float64Array.from(quotients).toSorted();
  const middle = percentileWithInterval(sorted, 0.5);
  if (middle === null) return null;
  const { value, low, high } = middle;
  return {
    n: sorted.length,
    base: percentile(Float64Array.from(before).toSorted(), 0.5),
    new: percentile(Float64Array.from(after).toSorted(), 0.5),
    ratio: value,
    interval: low === null || high === null ? null : { low, high },
  };
}

function eachCallPair(
  base: Side,
  fresh: Side,
  pairing: Pairing,
  visit: (from: number, to: number, alike: Likeness) => void,
): void {
  const a = base.target.rows.at;
  const b = fresh.target.rows.at;
  for (let pair = 0; pair < pairing.base.length; pair++) {
    const from = pairing.base[pair] ?? 0;
    const to = pairing.new[pair] ?? 0;
    const turns = Math.min(a.calls[from] ?? 0, b.calls[to] ?? 0);
    for (let turn = 0; turn < turns; turn++) {
      const before = { row: from, call: (a.calls_from[from] ?? 0) + turn };
      const after = { row: to, call: (b.calls_from[to] ?? 0) + turn };
      visit(before.call, after.call, likeness(base, before, fresh, after));
    }
  }
}

type Costs = {
  readonly currency: Currency;
  /** Per cluster: cost and right answers of each side. */
  readonly sums: readonly [Float64Array, Float64Array, Float64Array, Float64Array];
  readonly n: number;
};

/** Null where a cost is unknown, or where the currencies differ and a run states no rate. */
function costs(base: Side, fresh: Side, pairing: Pairing): Costs | null {
  const size = base.view.clusterKeys.size;
  const sums = [0, 1, 2, 3].map(() => new Float64Array(size));
  const [costA, rightA, costB, rightB] = sums;
  if (!costA || !rightA || !costB || !rightB) return null;
  const unit = unitOf(base, fresh, pairing);
  if (unit === null) return null;
  for (let pair = 0; pair < pairing.base.length; pair++) {
    const from = pairing.base[pair] ?? 0;
    const to = pairing.new[pair] ?? 0;
    const cluster = base.view.items.at.cluster[base.target.rows.at.item[from] ?? 0] ?? 0;
    if (!isPriced(base, from) || !isPriced(fresh, to)) return null;
    costA[cluster] = (costA[cluster] ?? 0) + amountIn(base, from, unit);
    costB[cluster] = (costB[cluster] ?? 0) + amountIn(fresh, to, unit);
    rightA[cluster] = (rightA[cluster] ?? 0) + isRight(base, from);
    rightB[cluster] = (rightB[cluster] ?? 0) + isRight(fresh, to);
  }
  return { currency: unit, sums: [costA, rightA, costB, rightB], n: pairing.base.length };
}

const swaps = 4_999;

/** Ratio of the sums, whole clusters being swapped. */
function costRatio({ sums: [costA, , costB], n }: Costs, seed: number): Ratio | null {
  return ratioOver(n, { amounts: costA, units: null }, { amounts: costB, units: null }, seed);
}

function perRightRatio(
  { sums: [costA, rightA, costB, rightB], n }: Costs,
  seed: number,
): Ratio | null {
  return ratioOver(n, { amounts: costA, units: rightA }, { amounts: costB, units: rightB }, seed);
}

function ratioOver(n: number, base: RatioSide, fresh: RatioSide, seed: number): Ratio | null {
  const found = pairedRatio(base, fresh, { seed, draws: swaps });
  return found === null ? null : { n, base: levelOf(base), new: levelOf(fresh), ...found };
}

const levelOf = ({ amounts, units }: RatioSide): number =>
  total(amounts) / (units === null ? 1 : total(units));

const total = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  return sum;
};
