import type { Interval } from "../../stats/interval.ts";
import type { Timings } from "../score/timings.ts";
import type { Side } from "./pairing.ts";
import type { Ratio, RatiosAndTimings } from "./ratios.ts";

import { studentQuantile } from "../../stats/distributions.ts";
import { percentileWithInterval } from "../../stats/percentile.ts";
import { isConnected, isLagged } from "../score/timings.ts";
import { amountIn, isPriced, isRight, unitOf } from "./costs/prices.ts";
import { sideCost } from "./costs/side-costs.ts";
import { bothTimings } from "./timings.ts";

/** Ratios of two sides that were asked different items of the same suites: each side on its own, then their quotient. */
export function unpairedRatios(
  base: Side,
  fresh: Side,
  suites: readonly string[],
): RatiosAndTimings {
  const rows = { base: rowsOf(base, suites), new: rowsOf(fresh, suites) };
  const currency = unitOf(base, fresh, rows);
  const sums =
    currency === null
      ? null
      : (
          [
            [base, rows.base],
            [fresh, rows.new],
          ] as const
        ).map(([side, own]) => clusterCosts(side, own, (row) => amountIn(side, row, currency)));
  const [before, after] = sums ?? [null, null];
  const known = before != null && after != null;
  const sides = [
    [base, rows.base],
    [fresh, rows.new],
  ] as const;
  const kind = commonKind(sides);
  const ratios = {
    first_token_ms:
      kind === null
        ? null
        : mediansRatio(sides, "first_token_ms", (side, call) => kindOf(side, call) === kind),
    speed: mediansRatio(sides, "speed", () => true),
    cost: known ? quotient(before, after, "answers") : null,
    cost_per_right: known ? quotient(before, after, "rights") : null,
    currency: known ? currency : null,
    side_costs: {
      base: sideCost(base, rows.base, "answer"),
      new: sideCost(fresh, rows.new, "answer"),
    },
  };
  const timings = bothTimings(base, fresh, rows);
  const both = [timings.base, timings.new];
  const ofKind = ({ calls, connected }: Timings): number =>
    kind === null ? 0 : kind === "opened" ? connected : calls - connected;
  const unlike = both.reduce((sum, each) => sum + each.calls - ofKind(each), 0);
  const lagged = both.reduce((sum, each) => sum + each.lagged, 0);
  return { ratios, timings: { ...timings, lagged, unlike } };
}

type Kind = "reused" | "opened";

const kindOf = ({ target }: Side, call: number): Kind =>
  isConnected(target, call) ? "opened" : "reused";

/** The kind of connection of which both sides have more calls; null where they have none in common. */
function commonKind(sides: readonly [Rows, Rows]): Kind | null {
  const counts = (["reused", "opened"] as const).map((kind) => {
    const isOfKind = (side: Side, call: number) => kindOf(side, call) === kind;
    const [a, b] = sides.map((side) => sortedCalls(side, "first_token_ms", isOfKind).length);
    return { kind, count: Math.min(a ?? 0, b ?? 0) };
  });
  const [most] = counts.toSorted((a, b) => b.count - a.count);
  return most === undefined || most.count === 0 ? null : most.kind;
}

/** Rows of the suites that were asked. */
function rowsOf({ view, target }: Side, suites: readonly string[]): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < target.rows.length; row++) {
    const task = view.tasks[view.items.at.task[target.rows.at.item[row] ?? 0] ?? -1];
    if (task !== undefined && suites.includes(task.suite)) rows.push(row);
  }
  return Int32Array.from(rows);
}

type CallColumn = "first_token_ms" | "speed";
type Rows = readonly [Side, Int32Array];
type CallFilter = (side: Side, call: number) => boolean;

/** Ratio of the medians; its bounds are the quotients of the medians' own opposite bounds, so it is wide. */
function mediansRatio(
  [base, fresh]: readonly [Rows, Rows],
  column: CallColumn,
  counts: CallFilter,
): Ratio | null {
  const [a, b] = [sortedCalls(base, column, counts), sortedCalls(fresh, column, counts)];
  const [before, after] = [percentileWithInterval(a, 0.5), percentileWithInterval(b, 0.5)];
  if (before === null || after === null) return null;
  const known =
    before.low !== null && before.high !== null && after.low !== null && after.high !== null;
  return {
    n: Math.min(a.length, b.length),
    base: before.value,
    new: after.value,
    ratio: after.value / before.value,
    interval: known
      ? { low: (after.low ?? 0) / (before.high ?? 1), high: (after.high ?? 0) / (before.low ?? 1) }
      : null,
  };
}

/** Of the calls that count, those left out during which this machine was too busy. */
function sortedCalls([side, rows]: Rows, column: CallColumn, counts: CallFilter): Float64Array {
  const { target } = side;
  const values: number[] = [];
  for (const row of rows) {
    if (isLagged(target, row)) continue;
    const from = target.rows.at.calls_from[row] ?? 0;
    for (let call = from; call < from + (target.rows.at.calls[row] ?? 0); call++) {
      const value = target.calls.at[column][call] ?? Number.NaN;
      if (value > 0 && counts(side, call)) values.push(value);
    }
  }
  return Float64Array.from(values).toSorted();
}

/** Sums of a cluster. */
type Sums = { cost: number; answers: number; rights: number };

/** Null where a cost is unknown. */
function clusterCosts(
  side: Side,
  rows: Int32Array,
  amount: (row: number) => number,
): readonly Sums[] | null {
  const clusters = new Map<number, Sums>();
  for (const row of rows) {
    if (!isPriced(side, row)) return null;
    const cluster = side.view.items.at.cluster[side.target.rows.at.item[row] ?? 0] ?? 0;
    const sums = clusters.get(cluster) ?? { cost: 0, answers: 0, rights: 0 };
    sums.cost += amount(row);
    sums.answers += 1;
    sums.rights += isRight(side, row);
    clusters.set(cluster, sums);
  }
  return [...clusters.values()];
}

/**
 * The quotient of two independent ratios R = Σ cost / Σ unit. Its interval is made on the logarithm by the delta
 * method, with the clusters' linearised residuals cost - R · unit (Cochran, Sampling Techniques, 1977, §6.4), and with
 * Student's t at the degrees of freedom of the smaller side.
 */
function quotient(
  base: readonly Sums[],
  fresh: readonly Sums[],
  unit: "answers" | "rights",
): Ratio | null {
  const [before, after] = [ratioOf(base, unit), ratioOf(fresh, unit)];
  if (before === null || after === null) return null;
  const ratio = after.value / before.value;
  const variance = before.variance + after.variance;
  return {
    n: Math.min(before.n, after.n),
    base: before.value,
    new: after.value,
    ratio,
    interval: Number.isFinite(variance)
      ? around(ratio, Math.sqrt(variance), Math.min(before.clusters, after.clusters) - 1)
      : null,
  };
}

function around(ratio: number, se: number, df: number): Interval {
  const factor = Math.exp(studentQuantile(0.975, df) * se);
  return { low: ratio / factor, high: ratio * factor };
}

function ratioOf(clusters: readonly Sums[], unit: "answers" | "rights") {
  const total = (name: keyof Sums): number => clusters.reduce((sum, each) => sum + each[name], 0);
  const [cost, units, count] = [total("cost"), total(unit), clusters.length];
  if (cost <= 0 || units <= 0) return null;
  const value = cost / units;
  const squares = clusters.reduce((sum, each) => sum + (each.cost - value * each[unit]) ** 2, 0);
  return {
    n: total("answers"),
    clusters: count,
    value,
    variance: count < 2 ? Number.NaN : ((count / (count - 1)) * squares) / cost ** 2,
  };
}
