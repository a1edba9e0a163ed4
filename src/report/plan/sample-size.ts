import type { View } from "../view/model.ts";

import { itemsNeeded, minimumDetectable } from "../../stats/difference/power.ts";
import { normalQuantile } from "../../stats/distributions.ts";
import { itemValues } from "../score/score.ts";

/** What is known or assumed of a target's answers before a run is planned. */
export type VarianceComponents = {
  /** Variance over items of the difference of two models' expected values. */
  readonly between: number;
  /** Mean variance of an item's repeats. */
  readonly within: number;
  readonly source: "assumed" | "measured";
};

/**
 * Without a run: two models of accuracy 0.7 that disagree on a fifth of the items, as often one way as the
 * other, half of it due to chance between repeats.
 */
export const assumedSpread: VarianceComponents = { between: 0.1, within: 0.05, source: "assumed" };

/**
 * The spread that a run shows: `within` from its repeats (the pooled variance of each item's trials), and
 * `between` from pairs of its targets (the median variance of their differences, less what repeats add).
 * Null parts fall back on the assumption.
 */
export function spreadOf(view: View): VarianceComponents {
  const within = withinVariance(view);
  const between = betweenVariance(view, within ?? assumedSpread.within);
  if (within === null && between === null) return assumedSpread;
  return {
    between: between ?? assumedSpread.between,
    within: within ?? assumedSpread.within,
    source: "measured",
  };
}

function withinVariance(view: View): number | null {
  let sum = 0;
  let items = 0;
  for (const { rows } of view.targets) {
    const repeats = new Map<number, number[]>();
    for (let row = 0; row < rows.length; row++) {
      const value = rows.at.value[row] ?? Number.NaN;
      if (rows.at.wording[row] !== 0 || Number.isNaN(value)) continue;
      const item = rows.at.item[row] ?? 0;
      const known = repeats.get(item);
      if (known === undefined) repeats.set(item, [value]);
      else known.push(value);
    }
    for (const values of repeats.values()) {
      if (values.length < 2) continue;
      const mean = values.reduce((total, value) => total + value, 0) / values.length;
      sum += values.reduce((total, value) => total + (value - mean) ** 2, 0) / (values.length - 1);
      items++;
    }
  }
  return items < 30 ? null : sum / items;
}

function betweenVariance(view: View, within: number): number | null {
  const asked = view.targets.filter(({ entry }) => entry?.baseline !== true);
  const values = asked.map((target) => itemValues(view, target));
  const trials = view.run?.settings.trials ?? 1;
  const variances: number[] = [];
  for (const [index, a] of values.entries()) {
    for (const b of values.slice(index + 1)) {
      const differences = [...a.keys()]
        .map((item) => (b[item] ?? Number.NaN) - (a[item] ?? Number.NaN))
        .filter((difference) => !Number.isNaN(difference));
      if (differences.length < 30) continue;
      const mean = differences.reduce((sum, each) => sum + each, 0) / differences.length;
      const all = differences.reduce((sum, each) => sum + (each - mean) ** 2, 0);
      variances.push(Math.max(0, all / (differences.length - 1) - (2 * within) / trials));
    }
  }
  const sorted = variances.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

export type SampleSize = {
  readonly trials: number;
  readonly items: number;
  /** Answers of each target. */
  readonly answers: number;
};

/** Items needed for each number of trials; more trials help only as far as repeats differ. */
export const sampleSizes = (
  delta: number,
  spread: VarianceComponents,
  power: number,
  trials: readonly number[] = [1, 2, 3, 5],
): readonly SampleSize[] =>
  trials.map((each) => {
    const items = itemsNeeded(delta, { ...spread, trials: each }, { power });
    return { trials: each, items, answers: items * each };
  });

/** The difference that this many items and trials detect with `power`. */
export const detectableWith = (
  items: number,
  trials: number,
  spread: VarianceComponents,
  power: number,
): number =>
  minimumDetectable(Math.sqrt((spread.between + (2 * spread.within) / trials) / items), { power });

/** Half the width of the interval around a score of `p` with this many items, in the same unit as `p`. */
export const halfWidth = (items: number, p = 0.7): number =>
  normalQuantile(0.975) * Math.sqrt((p * (1 - p)) / items);
