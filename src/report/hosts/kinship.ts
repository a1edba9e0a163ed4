import type { Estimate } from "../../stats/interval.ts";
import type { ItemAnswers } from "./conformity.ts";
import type { HostAnswer } from "./measures.ts";

import { studentQuantile } from "../../stats/distributions.ts";

/**
 * How far a host finds the same items hard as the official service does: the correlation over items of their chances of a
 * right answer, freed of the chance of single answers by the official service's own repeats (Spearman, Am. J. Psychol. 15,
 * 1904; the reliability of the host's answers is taken to be the official service's). 1 for the same model, whatever its
 * skill; the interval is the jackknife's. Complete replies alone. Null where no item has two official answers or all are
 * equally hard.
 */
export function kinshipOf(items: readonly ItemAnswers[]): Estimate | null {
  const rows = items.flatMap(({ official, host }) => {
    const [own, other] = [valuesOf(official), valuesOf(host)];
    if (own.length < 2 || other.length === 0) return [];
    const [o, h] = [meanOf(own), meanOf(other)];
    const squares = own.reduce((sum, each) => sum + each * each, 0);
    // The mean product of two different answers, and of an answer with itself.
    const pairs = ((o * own.length) ** 2 - squares) / (own.length * (own.length - 1));
    const hostSquares = meanOf(other.map((each) => each * each));
    return [[1, o, h, o * h, pairs, squares / own.length, hostSquares]];
  });
  const sums = [0, 1, 2, 3, 4, 5, 6].map((at) =>
    rows.reduce((sum, row) => sum + (row[at] ?? 0), 0),
  );
  const value = correlation(sums);
  if (rows.length < 3 || !Number.isFinite(value)) return null;
  const left = rows.map((row) => correlation(sums.map((sum, at) => sum - (row[at] ?? 0))));
  const mean = meanOf(left);
  const squares = left.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const half =
    studentQuantile(0.975, rows.length - 1) *
    Math.sqrt(((rows.length - 1) / rows.length) * squares);
  return {
    value,
    interval: Number.isFinite(half) ? { low: value - half, high: value + half } : null,
  };
}

function correlation([
  n = 0,
  o = 0,
  h = 0,
  both = 0,
  pairs = 0,
  oo = 0,
  hh = 0,
]: readonly number[]) {
  const [meanO, meanH] = [o / n, h / n];
  const own = pairs / n - meanO * meanO;
  const spread = (hh / n - meanH * meanH) / (oo / n - meanO * meanO);
  return own <= 0 ? Number.NaN : (both / n - meanO * meanH) / (own * Math.sqrt(spread));
}

const valuesOf = (answers: readonly HostAnswer[]): readonly number[] =>
  answers.flatMap(({ value, complete }) => (complete === 1 && !Number.isNaN(value) ? [value] : []));

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / values.length;
