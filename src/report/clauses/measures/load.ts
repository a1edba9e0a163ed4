import type { Text } from "../../../domain/text.ts";
import type { ClauseMeasure, MeasuredFigure } from "./measure.ts";

import { wilson } from "../../../stats/interval.ts";
import {
  bestStep,
  bounded,
  concurrencyFigure,
  kneeFigure,
  type LoadedStep,
  steadyFigure,
  stepAt,
  stepRemarks,
} from "./load-figures.ts";
import { counted } from "./measure.ts";

const common = { view: "#/load", takes: ["at"] } as const;
const loadInvalid: Text = {
  zh: "没有得到回答的请求按无穷大计入；用户中止的不计；测试机迟发的级（自检没有通过）不用",
  en: "requests without an answer count as infinite; what the user stopped is left out; steps that this machine sent too late are not used",
};

/** A figure of the step at the level that the clause names. */
const atLevel =
  (figure: (found: LoadedStep) => MeasuredFigure): ClauseMeasure["figureOf"] =>
  (facts, asked) => {
    const found = stepAt(facts, asked);
    return "remarks" in found ? found : figure(found);
  };

/** What a server bears, from files of `baimo load`. */
export const loadMeasures: readonly ClauseMeasure[] = [
  {
    ...common,
    takes: [],
    id: "knee",
    name: { zh: "拐点（达标的最大到达率）", en: "knee (largest rate within the SLO)" },
    aliases: ["拐点", "饱和点", "最大到达率", "达标最大qps", "knee"],
    unit: "rate",
    better: "higher",
    formula: {
      zh: "开环加压，达标请求占比仍不低于 good_share 的最大到达率",
      en: "the largest rate of an open loop at which the share of good requests is good_share at least",
    },
    invalid: loadInvalid,
    figureOf: kneeFigure,
  },
  {
    ...common,
    takes: [],
    id: "concurrency",
    name: { zh: "达标并发数", en: "requests at once within the SLO" },
    aliases: [
      "达标并发数",
      "并发数",
      "支持并发数",
      "最大并发数",
      "并发能力",
      "并发用户数",
      "并发量",
      "并发",
      "最大并发",
      "concurrency",
    ],
    unit: "at-once",
    better: "higher",
    formula: {
      zh: "闭环各级中，达标率不低于 good_share 的最大并发",
      en: "the largest closed-loop level whose goodput is good_share at least",
    },
    invalid: loadInvalid,
    figureOf: concurrencyFigure,
  },
  {
    ...common,
    id: "throughput",
    name: { zh: "吞吐（QPS）", en: "throughput (QPS)" },
    aliases: [
      "吞吐",
      "吞吐量",
      "吞吐率",
      "系统吞吐量",
      "qps",
      "tps",
      "每秒请求数",
      "请求吞吐",
      "处理能力",
      "throughput",
    ],
    unit: "rate",
    better: "higher",
    formula: {
      zh: "测量时段内得到回答的请求 / 秒",
      en: "answered requests a second of the measured time",
    },
    invalid: loadInvalid,
    figureOf: (facts, asked) => bestStep(facts, asked, ({ requests_per_s }) => requests_per_s),
  },
  {
    ...common,
    id: "token-throughput",
    name: { zh: "生成吞吐", en: "token throughput" },
    aliases: [
      "吞吐",
      "吞吐量",
      "吞吐率",
      "生成吞吐",
      "生成吞吐量",
      "token吞吐",
      "token吞吐量",
      "tokenthroughput",
    ],
    unit: "token-speed",
    better: "higher",
    formula: {
      zh: "测量时段内回答的 token / 秒",
      en: "tokens of answers a second of the measured time",
    },
    invalid: loadInvalid,
    figureOf: (facts, asked) => bestStep(facts, asked, ({ tokens_per_s }) => tokens_per_s),
  },
  ...(["p50", "p90", "p99"] as const).flatMap((point) => [
    loadTime("ttft", point),
    loadTime("e2e", point),
  ]),
  {
    ...common,
    id: "load-success-rate",
    name: { zh: "压测成功率", en: "success rate under load" },
    aliases: ["压测成功率", "压力测试成功率", "并发成功率", "loadsuccessrate"],
    unit: "share",
    better: "higher",
    formula: {
      zh: "得到回答的请求 / 测量时段内到达的请求",
      en: "answered requests / arrivals in the measured time",
    },
    invalid: {
      ...loadInvalid,
      zh: "用户中止的不计；其余全部在分母里",
      en: "what the user stopped is left out; all others count",
    },
    figureOf: atLevel(({ load, step }) => ({
      value: step.arrivals === 0 ? null : step.done / step.arrivals,
      interval: step.arrivals === 0 ? null : wilson(step.done / step.arrivals, step.arrivals),
      sampled: true,
      n: step.arrivals,
      n_of: counted.requests,
      invalid: step.arrivals - step.done,
      remarks: stepRemarks(step),
      file: load.shown,
    })),
  },
  {
    ...common,
    id: "goodput",
    name: { zh: "达标率", en: "goodput" },
    aliases: ["达标率", "goodput", "sla达标率"],
    unit: "share",
    better: "higher",
    formula: { zh: "符合 --slo 的请求 / 到达的请求", en: "requests that keep --slo / arrivals" },
    invalid: loadInvalid,
    figureOf: atLevel(({ load, step }) => bounded(step.goodput, step, load)),
  },
  {
    ...common,
    id: "steady",
    name: { zh: "稳定运行时长", en: "steady time" },
    aliases: [
      "稳定运行时长",
      "稳定运行时间",
      "稳定运行",
      "持续稳定运行",
      "连续稳定运行",
      "稳定时长",
      "持续时间",
      "steady",
      "steadytime",
    ],
    unit: "time",
    better: "higher",
    formula: {
      zh: "一级压力里，各 5 分钟窗口的回答率都不低于 good_share 的最长一段",
      en: "the longest stretch of one step in which every 5-minute window is answered to good_share at least",
    },
    invalid: loadInvalid,
    figureOf: (facts, asked) => steadyFigure(facts, asked),
  },
];

function loadTime(what: "ttft" | "e2e", point: "p50" | "p90" | "p99"): ClauseMeasure {
  const names =
    what === "ttft"
      ? { zh: "压测首字延迟", en: "TTFT under load" }
      : { zh: "压测端到端时延", en: "end-to-end time under load" };
  const spoken =
    what === "ttft"
      ? ["压测首字延迟", "压测ttft", "loadttft"]
      : ["压测端到端时延", "压测响应时间", "压测时延", "压测延迟", "loade2e"];
  return {
    ...common,
    id: `load-${what}-${point}`,
    name: { zh: `${names.zh} ${point.toUpperCase()}`, en: `${names.en} ${point.toUpperCase()}` },
    aliases: spoken,
    point,
    unit: "time",
    better: "lower",
    formula: {
      zh: "从计划到达算起的分位数；区间用分块自助法，因为相邻请求不独立",
      en: "quantile from the planned arrival on; interval by block bootstrap, as neighbouring requests are dependent",
    },
    invalid: loadInvalid,
    figureOf: atLevel(({ load, step }) =>
      bounded(step[what === "ttft" ? "ttft_ms" : "total_ms"][point], step, load),
    ),
  };
}
