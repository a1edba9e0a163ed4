import type { Estimate } from "../../stats/interval.ts";
import type { TargetView, View } from "../view/model.ts";

import {
  f1Of,
  labelCounts,
  type LabelPair,
  macroF1,
  macroF1Interval,
} from "../../stats/macro-f1.ts";

/** Classification over the answers to one task. */
export type LabelScore = {
  readonly suite: string;
  readonly task: string;
  /** Counted answers, those from which no label was read among them. */
  readonly answers: number;
  /** Answers without a label that could be read, blocked ones included: they say none. */
  readonly unread: number;
  /** Answers that give a label which the task does not have. */
  readonly unknown: number;
  readonly macro_f1: Estimate;
  readonly classes: readonly LabelClass[];
  /** Right label against the one that was said, where every answer has one of each; null where there are several. */
  readonly confusion: readonly ConfusionCell[] | null;
};

type LabelClass = {
  readonly label: string;
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number;
};

/** `said` is null where no label was read, and "" where it is none of the task's. */
type ConfusionCell = { readonly gold: string; readonly said: string | null; readonly n: number };

type Answer = LabelPair & {
  readonly cluster: number;
  readonly isRead: boolean;
  readonly isUnknown: boolean;
};

/** By task, in the base wording, of tasks in which a label is right or was said at all; all trials of an item lie in its cluster. */
export function labelScoresOf(
  view: View,
  { rows: { at, length }, labels }: TargetView,
  isInside: (row: number) => boolean,
): readonly LabelScore[] {
  if (view.goldLabels.size === 0) return [];
  const answers = new Map<number, Answer[]>();
  for (let row = 0; row < length; row++) {
    const item = at.item[row] ?? 0;
    const gold = view.goldLabels.get(item);
    if (gold === undefined || at.wording[row] !== 0 || !isInside(row)) continue;
    if (Number.isNaN(at.value[row] ?? Number.NaN)) continue;
    const said = labels.get(row);
    const task = view.items.at.task[item] ?? 0;
    const own = answers.get(task) ?? [];
    answers.set(task, own);
    own.push({
      gold,
      said: said?.known ?? [],
      cluster: view.items.at.cluster[item] ?? 0,
      isRead: said !== undefined,
      isUnknown: (said?.unknown.length ?? 0) > 0,
    });
  }
  return [...answers].flatMap(([task, own]) => {
    const place = view.tasks[task];
    const score = scored(own);
    return place === undefined || score === null
      ? []
      : [{ suite: place.suite, task: place.task, ...score }];
  });
}

function scored(answers: readonly Answer[]): Omit<LabelScore, "suite" | "task"> | null {
  const counts = labelCounts(answers);
  const value = macroF1(counts);
  if (value === null) return null;
  const clusters = answers.map(({ cluster }) => cluster);
  const isSingle = answers.every(({ gold, said }) => gold.length === 1 && said.length <= 1);
  return {
    answers: answers.length,
    unread: answers.filter(({ isRead }) => !isRead).length,
    unknown: answers.filter(({ isUnknown }) => isUnknown).length,
    macro_f1: { value, interval: macroF1Interval(answers, clusters) },
    classes: counts.map((own) => ({
      ...own,
      tn: answers.length - own.tp - own.fp - own.fn,
      precision: own.tp + own.fp === 0 ? null : own.tp / (own.tp + own.fp),
      recall: own.tp + own.fn === 0 ? null : own.tp / (own.tp + own.fn),
      f1: f1Of(own),
    })),
    confusion: isSingle ? confusionOf(answers) : null,
  };
}

function confusionOf(answers: readonly Answer[]): readonly ConfusionCell[] {
  const cells = new Map<string, ConfusionCell>();
  for (const { gold, said, isRead } of answers) {
    const cell = { gold: gold[0] ?? "", said: isRead ? (said[0] ?? "") : null };
    const key = JSON.stringify(cell);
    cells.set(key, { ...cell, n: (cells.get(key)?.n ?? 0) + 1 });
  }
  return [...cells.values()];
}
