import type { LabelScore } from "../../detail/label-scores.ts";
import type { Summary } from "../../score/summary.ts";
import type { ClauseAsked, MeasuredFigure, ClauseMeasure } from "./measure.ts";

import { wilson } from "../../../stats/interval.ts";
import { suggestion } from "../../../validation/suggest.ts";
import { counted, notMeasured, ofScope } from "./measure.ts";

const common = {
  unit: "share",
  view: "#/scores",
  invalid: {
    zh: "调用失败的不进分母；读不出标签的算没有给出标签",
    en: "failed calls are left out; a reply without a label gives none",
  },
} as const;

type Cells = LabelScore["classes"][number];

const ofLabel = (
  part: (cells: Cells) => readonly [hits: number, n: number],
): ClauseMeasure["figureOf"] => ofScope((summary, { asked }) => labelFigure(summary, asked, part));

/** Classification, where suites are graded by labels. */
export const labelMeasures: readonly ClauseMeasure[] = [
  {
    ...common,
    id: "recall",
    name: { zh: "召回率", en: "recall" },
    aliases: ["召回率", "查全率", "检出率", "recall"],
    better: "higher",
    takes: ["of", "label"],
    formula: { zh: "TP / (TP + FN)，对所问的标签", en: "TP / (TP + FN) of the label" },
    figureOf: ofLabel(({ tp, fn }) => [tp, tp + fn]),
  },
  {
    ...common,
    id: "precision",
    name: { zh: "精准率", en: "precision" },
    aliases: ["精准率", "精确率", "查准率", "precision"],
    better: "higher",
    takes: ["of", "label"],
    formula: { zh: "TP / (TP + FP)，对所问的标签", en: "TP / (TP + FP) of the label" },
    figureOf: ofLabel(({ tp, fp }) => [tp, tp + fp]),
  },
  {
    ...common,
    id: "false-alarm-rate",
    name: { zh: "误报率", en: "false alarms" },
    aliases: ["误报率", "虚警率", "误检率", "falsealarmrate", "falsepositiverate", "fpr"],
    better: "lower",
    takes: ["of", "label"],
    formula: { zh: "FP / (FP + TN)，对所问的标签", en: "FP / (FP + TN) of the label" },
    figureOf: ofLabel(({ fp, tn }) => [fp, fp + tn]),
  },
  {
    ...common,
    id: "miss-rate",
    name: { zh: "漏报率", en: "misses" },
    aliases: ["漏报率", "漏检率", "missrate", "falsenegativerate", "fnr"],
    better: "lower",
    takes: ["of", "label"],
    formula: { zh: "FN / (TP + FN)，对所问的标签", en: "FN / (TP + FN) of the label" },
    figureOf: ofLabel(({ fn, tp }) => [fn, tp + fn]),
  },
  {
    ...common,
    id: "macro-f1",
    name: { zh: "宏平均 F1", en: "macro F1" },
    aliases: ["宏平均f1", "宏f1", "macrof1", "f1", "f1值", "f1分数"],
    better: "higher",
    takes: ["of"],
    formula: { zh: "各标签 F1 的平均", en: "mean of the labels' F1" },
    figureOf: ofScope((summary) => {
      const task = onlyTask(summary);
      if ("remarks" in task) return task;
      return {
        value: task.macro_f1.value,
        interval: task.macro_f1.interval,
        sampled: true,
        n: task.answers,
        n_of: counted.answers,
        invalid: task.unread,
        remarks: [],
      };
    }),
  },
];

function onlyTask({ labels }: Summary): LabelScore | MeasuredFigure {
  const [first, ...others] = labels;
  if (first === undefined)
    return notMeasured(
      "运行里没有按标签评分的题",
      "the run holds no items that are graded by labels",
    );
  if (others.length === 0) return first;
  const names = labels.map(({ suite, task }) => `${suite}/${task}`);
  return notMeasured(
    `有 ${labels.length} 个按标签评分的任务，请写明 of：${names.join("、")}`,
    `there are ${labels.length} tasks that are graded by labels; say which with of: ${names.join(", ")}`,
  );
}

function labelFigure(
  summary: Summary,
  { label }: ClauseAsked,
  part: (cells: Cells) => readonly [hits: number, n: number],
): MeasuredFigure {
  const task = onlyTask(summary);
  if ("remarks" in task) return task;
  const names = task.classes.map((each) => each.label);
  if (label === null)
    return notMeasured(
      `要写明对哪个标签（label）：${names.join("、")}`,
      `say for which label: ${names.join(", ")}`,
    );
  const cells = task.classes.find((each) => each.label === label);
  if (cells === undefined) {
    const meant = suggestion(label, names);
    return notMeasured(`没有标签“${label}”${meant.zh}`, `there is no label "${label}"${meant.en}`);
  }
  const [hits, n] = part(cells);
  if (n === 0) return notMeasured("分母是 0", "the denominator is 0");
  return {
    value: hits / n,
    interval: wilson(hits / n, n),
    sampled: true,
    n,
    n_of: counted.answers,
    invalid: task.unread,
    remarks: [],
  };
}
