import type { Interval } from "./interval.ts";

import { seededRandom } from "./random.ts";

/** The labels of one answer: what is right, and what was said of the labels that are known. */
export type LabelPair = { readonly gold: readonly string[]; readonly said: readonly string[] };

/** One label against all others. */
export type LabelCounts = {
  readonly label: string;
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
};

/** By label, for every label that is right or was said somewhere; sorted by name. */
export function labelCounts(pairs: readonly LabelPair[]): readonly LabelCounts[] {
  const counts = new Map<string, { tp: number; fp: number; fn: number }>();
  const of = (label: string) => {
    const own = counts.get(label) ?? { tp: 0, fp: 0, fn: 0 };
    counts.set(label, own);
    return own;
  };
  for (const { gold, said } of pairs) {
    const [right, given] = [new Set(gold), new Set(said)];
    for (const label of right) of(label)[given.has(label) ? "tp" : "fn"] += 1;
    for (const label of given) if (!right.has(label)) of(label).fp += 1;
  }
  return [...counts]
    .map(([label, own]) => ({ label, ...own }))
    .toSorted((a, b) => (a.label < b.label ? -1 : 1));
}

/** 2tp / (2tp + fp + fn). */
export const f1Of = ({ tp, fp, fn }: Omit<LabelCounts, "label">): number =>
  (2 * tp) / (2 * tp + fp + fn);

/**
 * Macro-F1: the plain mean of the labels' F1, over the labels that are right or were said somewhere (scikit-learn's
 * `average="macro"`). Null where there is no label at all.
 */
export function macroF1(counts: readonly Omit<LabelCounts, "label">[]): number | null {
  const present = counts.filter(({ tp, fp, fn }) => tp + fp + fn > 0);
  if (present.length === 0) return null;
  return present.reduce((sum, each) => sum + f1Of(each), 0) / present.length;
}

const draws = 1_000;
const seed = 20_261_129;

/**
 * The 95% percentile interval of macro-F1 by a seeded bootstrap of 1,000 draws of whole clusters; null below five
 * clusters. `clusters` names the cluster of each pair.
 */
export function macroF1Interval(
  pairs: readonly LabelPair[],
  clusters: readonly number[],
): Interval | null {
  const labels = labelCounts(pairs).map(({ label }) => label);
  const parts = [...Map.groupBy(pairs, (_, at) => clusters[at] ?? 0).values()].map((own) =>
    labelCounts(own).map(({ label, ...counts }) => ({ at: labels.indexOf(label), ...counts })),
  );
  if (parts.length < 5 || labels.length === 0) return null;
  const random = seededRandom(seed);
  const values: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const sums = labels.map(() => ({ tp: 0, fp: 0, fn: 0 }));
    for (let index = 0; index < parts.length; index++) {
      for (const { at, tp, fp, fn } of parts[Math.floor(random() * parts.length)] ?? []) {
        const sum = sums[at];
        if (sum === undefined) continue;
        sum.tp += tp;
        sum.fp += fp;
        sum.fn += fn;
      }
    }
    const value = macroF1(sums);
    if (value !== null) values.push(value);
  }
  const order = values.toSorted((a, b) => a - b);
  const at = (share: number): number => order[Math.floor(share * (order.length - 1))] ?? 0;
  return { low: at(0.025), high: at(0.975) };
}
