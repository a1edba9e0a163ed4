import type { Text } from "../../../domain/text.ts";
import type { Distribution } from "../../score/distribution.ts";
import type { Summary } from "../../score/summary.ts";
import type { TargetView } from "../../view/model.ts";
import type { MeasuredFigure, ClauseMeasure } from "./measure.ts";

import { meanEstimate } from "../../../stats/interval.ts";
import { minimumForP99 } from "../../../stats/percentile.ts";
import { flag } from "../../view/shapes.ts";
import { counted, notMeasured, ofScope } from "./measure.ts";

const points = ["p50", "p90", "p95", "p99"] as const;
type Point = (typeof points)[number];

type Family = {
  readonly id: "ttft" | "first-answer" | "e2e";
  readonly name: Text;
  readonly aliases: readonly string[];
  readonly of: (summary: Summary) => Distribution | null;
  readonly column: "first_token_ms" | "first_answer_ms" | "total_ms";
};

const families: readonly Family[] = [
  {
    id: "ttft",
    name: { zh: "首字延迟", en: "TTFT" },
    aliases: [
      "首字延迟",
      "首字时延",
      "首字响应时间",
      "首字响应时延",
      "首字时间",
      "首token延迟",
      "首token时延",
      "首token响应时间",
      "首包延迟",
      "首包时延",
      "首包时间",
      "首响时间",
      "ttft",
      "timetofirsttoken",
    ],
    of: ({ first_token_ms }) => first_token_ms,
    column: "first_token_ms",
  },
  {
    id: "first-answer",
    name: { zh: "首个答案字延迟", en: "time to the first answer token" },
    aliases: ["首个答案字延迟", "首答延迟", "首个答案字", "ttfa", "firstanswer"],
    of: ({ first_answer_ms }) => first_answer_ms,
    column: "first_answer_ms",
  },
  {
    id: "e2e",
    name: { zh: "端到端时延", en: "end-to-end time" },
    aliases: [
      "端到端时延",
      "端到端延迟",
      "端到端响应时间",
      "整体响应时间",
      "完整响应时间",
      "响应时间",
      "响应时延",
      "响应延迟",
      "总时延",
      "总耗时",
      "全程时延",
      "时延",
      "延迟",
      "e2e",
      "e2elatency",
      "latency",
      "responsetime",
    ],
    of: ({ total_ms }) => total_ms,
    column: "total_ms",
  },
];

const timesInvalid: Text = {
  zh: "最终超时的按无穷大计入，不剔除；其他失败没有时延，不进分母；限流后重试成功的取成功那一次",
  en: "calls that finally timed out count as infinite; other failures have no time and are left out; of retries the one that succeeded counts",
};

/** Times of calls as they were made in the run, one by one or a few at once; under load: the measures of loads. */
export const timeMeasures: readonly ClauseMeasure[] = [
  ...families.flatMap((family) => [
    ...points.map((point) => pointMeasure(family, point)),
    meanMeasure(family),
  ]),
  {
    id: "speed-p50",
    name: { zh: "吐字速度 P50", en: "output speed, median" },
    aliases: [
      "吐字速度",
      "输出速度",
      "生成速度",
      "吐字速率",
      "输出速率",
      "生成速率",
      "outputspeed",
      "speed",
    ],
    point: "p50",
    pointOptional: true,
    unit: "speed",
    better: "higher",
    takes: ["of"],
    view: "#/latency",
    formula: {
      zh: "（字数 − 首块字数）/（末字时刻 − 首字时刻），取各次调用的中位数；字按 Unicode 码点",
      en: "(characters − those of the first chunk) / (last token − first token), median of the calls; code points",
    },
    invalid: {
      zh: "没有真正流式返回的调用（少于 8 块、不到 100 毫秒、八成以上在首块）不进分母",
      en: "calls that did not really stream are left out (fewer than 8 chunks, under 100 ms, 80% or more in the first)",
    },
    figureOf: ofScope((summary) => pointFigure(summary, summary.speed, "p50", "high")),
  },
];

function pointMeasure(family: Family, point: Point): ClauseMeasure {
  return {
    id: `${family.id}-${point}`,
    name: {
      zh: `${family.name.zh} ${point.toUpperCase()}`,
      en: `${family.name.en} ${point.toUpperCase()}`,
    },
    aliases: family.aliases,
    point,
    ...(family.id !== "first-answer" && point !== "p95"
      ? { underLoad: `load-${family.id}-${point}` }
      : {}),
    unit: "time",
    better: "lower",
    takes: ["of"],
    view: "#/latency",
    formula: {
      zh: `各次调用${family.name.zh}的 ${Number(point.slice(1))}% 分位（线性插值，第 7 型）；区间用次序统计量`,
      en: `${point.slice(1)}% quantile of the calls' ${family.name.en} (type 7); interval by order statistics`,
    },
    invalid: timesInvalid,
    figureOf: ofScope((summary) => pointFigure(summary, family.of(summary), point)),
  };
}

function pointFigure(
  summary: Summary,
  times: Distribution | null,
  point: Point,
  open: "low" | "high" = "low",
): MeasuredFigure {
  if (times === null) return noTimes();
  const found = times[point];
  if (found === null)
    return notMeasured(
      `${point.toUpperCase()} 至少要 ${minimumForP99} 次调用，只有 ${times.n} 次`,
      `${point.toUpperCase()} needs ${minimumForP99} calls at least; there are ${times.n}`,
    );
  return {
    value: found.value,
    interval: { low: found.low, high: found.high, ...(isBusy(summary) ? { [open]: null } : {}) },
    sampled: true,
    n: times.n,
    n_of: counted.calls,
    invalid: Math.max(0, (summary.first_ok?.calls ?? times.n) - times.n),
    remarks: busyRemark(summary),
  };
}

function meanMeasure(family: Family): ClauseMeasure {
  return {
    id: `${family.id}-mean`,
    name: { zh: `平均${family.name.zh}`, en: `mean ${family.name.en}` },
    aliases: family.aliases,
    point: "mean",
    unit: "time",
    better: "lower",
    takes: ["of"],
    view: "#/latency",
    formula: {
      zh: `有结果的调用的${family.name.zh}的算术平均；区间为 t 区间，同一题组的调用算在一起`,
      en: `mean ${family.name.en} of the calls that have one; t interval, calls of one cluster together`,
    },
    invalid: {
      zh: "超时的调用没有时延，不在平均里，平均因此偏乐观；有超时时不下结论",
      en: "calls that timed out have no time and are not in the mean, which flatters it; with any of them it stays open",
    },
    figureOf: ofScope((summary, { facts, inside }) =>
      meanFigure(summary, facts.target, {
        column: family.column,
        inside,
        clusterOf: facts.view.items.at.cluster,
      }),
    ),
  };
}

function meanFigure(
  summary: Summary,
  { rows, calls }: TargetView,
  of: {
    readonly column: Family["column"];
    readonly inside: Uint8Array;
    readonly clusterOf: Int32Array;
  },
): MeasuredFigure {
  const values: number[] = [];
  const clusters: number[] = [];
  const numbers = new Map<number, number>();
  let endless = 0;
  for (let call = 0; call < calls.length; call += 1) {
    const row = calls.at.row[call] ?? -1;
    const item = rows.at.item[row] ?? -1;
    const flags = rows.at.flags[row] ?? 0;
    const value = calls.at[of.column][call] ?? Number.NaN;
    if (row < 0 || of.inside[item] !== 1 || Number.isNaN(value)) continue;
    if ((flags & flag.asked) === 0 || (flags & flag.elsewhere) !== 0) continue;
    if (value === Number.POSITIVE_INFINITY) {
      endless += 1;
      continue;
    }
    const cluster = of.clusterOf[item] ?? 0;
    const number = numbers.get(cluster) ?? numbers.size;
    numbers.set(cluster, number);
    values.push(value);
    clusters.push(number);
  }
  if (values.length === 0) return noTimes();
  const { value, interval } = meanEstimate(values, clusters);
  return {
    value,
    interval:
      interval === null
        ? null
        : {
            low: isBusy(summary) ? null : interval.low,
            high: endless > 0 ? null : interval.high,
          },
    sampled: true,
    n: values.length,
    n_of: counted.calls,
    invalid: endless,
    remarks: busyRemark(summary),
  };
}

const noTimes = (): MeasuredFigure => notMeasured("没有量到时间", "no time was measured");

/** This machine may have made times longer: they have no lower bound then, and a speed no upper one. */
const isBusy = ({ timings }: Summary): boolean => timings.untrusted.length > 0;

const busyRemark = (summary: Summary): readonly Text[] =>
  isBusy(summary)
    ? [
        {
          zh: "测试机自己的时间没有通过自检，时延可能偏长、速度可能偏低：可以判满足，不判不满足",
          en: "this machine did not pass its own check of time: times may be too long and speeds too low, so that a bound can be met but not missed",
        },
      ]
    : [];
