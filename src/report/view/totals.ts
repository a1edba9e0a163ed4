import type { TargetView } from "./model.ts";

import { histogramBins } from "./shapes.ts";

const binsPerE = 100;
const lowest = 0.1;

/** Adds (1) or takes away (-1) what a row contributes. */
export function tally(target: TargetView, row: number, sign: 1 | -1): void {
  const { totals, rows, calls } = target;
  totals.answers += sign;
  if ((rows.at.doubt[row] ?? 0) > 0) totals.doubted += sign;
  bump(totals.outcomes, rows.at.outcome[row] ?? 0, sign);
  totals.cost[rows.at.currency[row] === 1 ? "USD" : "CNY"] += sign * (rows.at.cost[row] ?? 0);
  const from = rows.at.calls_from[row] ?? 0;
  for (let call = from; call < from + (rows.at.calls[row] ?? 0); call++) {
    bump(totals.firstToken, binOf(calls.at.first_token_ms[call]), sign);
    bump(totals.speed, binOf(calls.at.speed[call]), sign);
  }
  tallyVerdict(target, row, sign);
}

/** The part of `tally` that a score changes. */
export function tallyVerdict({ totals, rows }: TargetView, row: number, sign: 1 | -1): void {
  const value = rows.at.value[row] ?? Number.NaN;
  bump(totals.verdicts, rows.at.verdict[row] ?? 0, sign);
  if (Number.isNaN(value)) return;
  totals.counted += sign;
  totals.value += sign * value;
}

/** The q-quantile of a histogram, within 1% of its value; null where it is empty, +Infinity where it is censored. */
export function quantileOf(histogram: Uint32Array, q: number): number | null {
  const n = histogram.reduce((sum, count) => sum + count, 0);
  let left = q * n;
  for (const [bin, count] of histogram.entries()) {
    left -= count;
    if (count > 0 && left <= 0) return valueOfBin(bin);
  }
  return null;
}

function bump(counts: Uint32Array, index: number, by: number): void {
  if (index >= 0) counts[index] = (counts[index] ?? 0) + by;
}

function binOf(value: number | undefined): number {
  if (value === undefined || Number.isNaN(value)) return -1;
  const bin = Math.floor(Math.log(Math.max(value, lowest) / lowest) * binsPerE);
  return Math.min(bin, histogramBins - 1);
}

const valueOfBin = (bin: number): number =>
  bin === histogramBins - 1 ? Number.POSITIVE_INFINITY : lowest * Math.exp((bin + 0.5) / binsPerE);

/** How many answers of a target need no other. */
export const doneOf = ({ totals, toAskAgain }: Pick<TargetView, "totals" | "toAskAgain">): number =>
  totals.answers - toAskAgain;
