import type { TargetView } from "../../view/model.ts";
import type { MeasuredFigure, ClauseMeasure } from "./measure.ts";

import { type Estimate, shareEstimate, wilson } from "../../../stats/interval.ts";
import { verdictCode } from "../../view/shapes.ts";
import { counted, notMeasured, ofScope } from "./measure.ts";

const takes = ["of"] as const;

const nothingCounts = (): MeasuredFigure =>
  notMeasured("没有一次作答有得分", "no answer has a value");

/** How good answers are. */
export const effectMeasures: readonly ClauseMeasure[] = [
  {
    id: "score",
    name: { zh: "效果分", en: "score" },
    aliases: ["效果分", "得分", "综合得分", "总分", "平均分", "score", "测评得分", "评测得分"],
    unit: "share",
    better: "higher",
    takes,
    view: "#/board",
    formula: {
      zh: "各题得分（0–1）按任务、维度、题集逐层平均，与排行榜的效果分相同",
      en: "values of the items (0–1), averaged over tasks, dimensions and suites as the leaderboard does",
    },
    invalid: {
      zh: "调用失败、裁判未判的作答不进分母；未解析、被过滤记 0 分",
      en: "failed calls and answers that no judge ruled on are left out; unresolved and filtered ones count 0",
    },
    figureOf: ofScope(({ score, answers, counted: valued, shortfall }) => {
      if (score.value === null) return nothingCounts();
      return {
        value: score.value,
        interval: score.interval,
        sampled: true,
        n: score.n,
        n_of: counted.items,
        invalid: answers - valued,
        remarks: [
          ...(score.partial
            ? [
                {
                  zh: "有的部分没有计分的题，只是其余部分的平均",
                  en: "a part has no counted item: this is the mean of the rest",
                },
              ]
            : []),
          ...(shortfall === null
            ? []
            : [
                {
                  zh: `原问法缺 ${shortfall.missing}/${shortfall.planned} 次作答`,
                  en: `${shortfall.missing} of ${shortfall.planned} planned answers are missing`,
                },
              ]),
        ],
      };
    }),
  },
  {
    id: "accuracy",
    name: { zh: "准确率", en: "accuracy" },
    aliases: ["准确率", "正确率", "准确度", "答对率", "accuracy", "acc"],
    unit: "share",
    better: "higher",
    takes,
    view: "#/board",
    formula: {
      zh: "判定为“对”的作答 / 计分的作答",
      en: "answers ruled right / answers that count",
    },
    invalid: {
      zh: "调用失败、裁判未判的作答不进分母；部分对、未解析、被过滤都不算对",
      en: "failed calls and answers that no judge ruled on are left out; partial, unresolved and filtered ones are not right",
    },
    figureOf: ofScope((summary, { facts, inside }) => {
      if (summary.counted === 0) return nothingCounts();
      const { interval } = rightShare(facts.target, facts.view.items.at.cluster, inside);
      return {
        value: summary.verdicts.right / summary.counted,
        interval,
        sampled: true,
        n: summary.counted,
        n_of: counted.answers,
        invalid: summary.answers - summary.counted,
        remarks: [],
      };
    }),
  },
  {
    id: "coverage",
    name: { zh: "计分覆盖率", en: "coverage" },
    aliases: ["计分覆盖率", "覆盖率", "有效样本率", "有效率", "coverage"],
    unit: "share",
    better: "higher",
    takes: [],
    view: "#/board",
    formula: { zh: "计分的作答 / 计划的作答", en: "answers that count / answers planned" },
    invalid: { zh: "没有得分的都算缺", en: "whatever has no value is missing" },
    figureOf: ofScope(({ coverage, planned, counted: valued }) =>
      coverage === null
        ? notMeasured("计划数未知", "it is not known how many were planned")
        : {
            value: coverage,
            interval: null,
            sampled: false,
            n: planned,
            n_of: counted.answers,
            invalid: Math.max(0, planned - valued),
            remarks: [],
          },
    ),
  },
  {
    id: "constraints-kept",
    name: { zh: "指令遵循率", en: "constraints kept" },
    aliases: [
      "指令遵循率",
      "指令遵循",
      "约束遵守率",
      "格式合格率",
      "constraintskept",
      "instructionfollowing",
    ],
    unit: "share",
    better: "higher",
    takes,
    view: "#/scores",
    formula: { zh: "遵守的约束 / 检查过的约束", en: "constraints kept / constraints checked" },
    invalid: { zh: "没有结论的约束不进分母", en: "constraints without a verdict are left out" },
    figureOf: ofScope(({ constraints }) =>
      constraints === null
        ? notMeasured("没有检查过约束", "no constraint was checked")
        : {
            value: constraints.kept / constraints.n,
            interval: wilson(constraints.kept / constraints.n, constraints.n),
            sampled: true,
            n: constraints.n,
            n_of: { zh: "条约束", en: "constraints" },
            invalid: null,
            remarks: [],
          },
    ),
  },
];

/** The share of right answers, whose interval knows that answers to one item, and items of one cluster, go together. */
function rightShare(
  { rows: { at, length } }: TargetView,
  clusterOf: Int32Array,
  inside: Uint8Array,
): Estimate {
  const values: number[] = [];
  const numbers = new Map<number, number>();
  const clusters: number[] = [];
  for (let row = 0; row < length; row += 1) {
    const item = at.item[row] ?? 0;
    if (inside[item] !== 1 || Number.isNaN(at.value[row] ?? Number.NaN)) continue;
    const cluster = clusterOf[item] ?? 0;
    const number = numbers.get(cluster) ?? numbers.size;
    numbers.set(cluster, number);
    values.push(at.verdict[row] === verdictCode.right ? 1 : 0);
    clusters.push(number);
  }
  return shareEstimate(values, clusters);
}
