import type { Bounded, StepFigures } from "../../../domain/load/summary.ts";
import type { Text } from "../../../domain/text.ts";
import type { Asked, Facts, Figure, Measure, TargetLoadFile } from "./measure.ts";

import { isGraded } from "../../../domain/outcome.ts";
import { wilson } from "../../../stats/interval.ts";
import { counted, notMeasured } from "./measure.ts";
import { steadyMs } from "./steady.ts";

type Step = { readonly load: TargetLoadFile; readonly step: StepFigures };

const common = { view: "#/load", takes: ["at"] } as const;
const loadInvalid: Text = {
  zh: "没有得到回答的请求按无穷大计入；用户中止的不计；测试机迟发的级（自检没有通过）不用",
  en: "requests without an answer count as infinite; what the user stopped is left out; steps that this machine sent too late are not used",
};

/** A figure of the step at the level that the clause names. */
const atLevel =
  (figure: (found: Step) => Figure): Measure["figureOf"] =>
  (facts, asked) => {
    const found = stepAt(facts, asked);
    return "remarks" in found ? found : figure(found);
  };

/** What a server bears, from files of `baimo load`. */
export const loadMeasures: readonly Measure[] = [
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

function loadTime(what: "ttft" | "e2e", point: "p50" | "p90" | "p99"): Measure {
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

function bounded(found: Bounded | null, step: StepFigures, load: TargetLoadFile): Figure {
  if (found === null)
    return {
      ...notMeasured(
        "这一级没有这个数：样本太少，或分位落在没有回答的请求里",
        "the step has no such figure: too few requests, or it lies among those without an answer",
      ),
      file: load.shown,
    };
  return {
    value: found.value,
    interval: { low: found.low, high: found.high },
    sampled: true,
    n: step.arrivals,
    n_of: counted.requests,
    invalid: step.arrivals - step.done,
    remarks: stepRemarks(step),
    file: load.shown,
  };
}

const stepRemarks = ({ loop, level, cut }: StepFigures): readonly Text[] => [
  loop === "closed"
    ? { zh: `${level} 并发`, en: `${level} at once` }
    : { zh: `每秒到达 ${level}`, en: `${level} arrivals a second` },
  ...(cut ? [{ zh: "这一级提前结束", en: "the step was cut short" }] : []),
];

const noLoad = (): Figure =>
  notMeasured("没有给出这个目标的压力测试（--load）", "no load of this target was given (--load)");

const usable = ({ loads }: Facts): readonly Step[] =>
  loads.flatMap((load) =>
    load.figures.steps.filter(({ trusted }) => trusted).map((step) => ({ load, step })),
  );

function stepAt(facts: Facts, { at }: Asked): Step | Figure {
  if (facts.loads.length === 0) return noLoad();
  const steps = usable(facts);
  const aside = facts.loads.flatMap(({ figures }) => figures.steps).length - steps.length;
  const levels: Text = {
    zh: `测过的：${levelsText(steps).zh}${aside === 0 ? "" : `；${aside} 级因测试机发送太迟不可信，没有用`}`,
    en: `there are: ${levelsText(steps).en}${aside === 0 ? "" : `; ${aside} steps were sent too late by this machine and are not used`}`,
  };
  if (at === null) {
    const [only, ...others] = steps;
    if (only !== undefined && others.length === 0) return only;
    return notMeasured(
      `条款要写明压力（at，如 200 并发）；${levels.zh}`,
      `the clause has to say at which load (at, such as 200 users); ${levels.en}`,
    );
  }
  const found = steps.find(({ step }) => step.loop === at.loop && step.level === at.level);
  return (
    found ??
    notMeasured(
      `没有在这个压力下测过；${levels.zh}`,
      `it was not measured at this load; ${levels.en}`,
    )
  );
}

const levelsText = (steps: readonly Step[]): Text =>
  steps.length === 0
    ? { zh: "无", en: "none" }
    : {
        zh: steps
          .map(({ step }) => `${step.level} ${step.loop === "closed" ? "并发" : "次/秒"}`)
          .join("、"),
        en: steps
          .map(({ step }) => `${step.level} ${step.loop === "closed" ? "at once" : "a second"}`)
          .join(", "),
      };

function kneeFigure({ loads }: Facts): Figure {
  const load = loads.find(({ figures }) => figures.knee.state !== "none");
  if (load === undefined)
    return loads.length === 0
      ? noLoad()
      : notMeasured(
          "压力测试没有找拐点（要有 --slo 的开环加压）",
          "the load looked for no knee (an open loop with --slo)",
        );
  const { knee } = load.figures;
  const remark: Readonly<Partial<Record<typeof knee.state, Text>>> = {
    above: {
      zh: "最高一级仍达标，拐点更高",
      en: "the highest level still keeps the SLO: the knee is higher",
    },
    below: {
      zh: "最低一级也不达标，拐点更低",
      en: "the lowest level already breaks the SLO: the knee is lower",
    },
    undetermined: { zh: "拐点还没有定准", en: "the knee is not certain yet" },
  };
  const found = remark[knee.state];
  return {
    value: knee.rate,
    interval:
      knee.state === "above"
        ? { low: knee.rate, high: null }
        : knee.state === "below"
          ? { low: 0, high: knee.rate }
          : { low: knee.low, high: knee.high },
    sampled: true,
    n: load.figures.steps.reduce((sum, { arrivals }) => sum + arrivals, 0),
    n_of: counted.requests,
    invalid: null,
    remarks: found === undefined ? [] : [found],
    file: load.shown,
  };
}

function concurrencyFigure(facts: Facts): Figure {
  if (facts.loads.length === 0) return noLoad();
  const closed = usable(facts).filter(
    ({ step }) => step.loop === "closed" && step.goodput !== null,
  );
  const share = ({ load }: Step): number => load.file.head.plan.good_share;
  const good = closed.filter((each) => (each.step.goodput?.value ?? 0) >= share(each));
  const sure = good.filter((each) => (each.step.goodput?.low ?? 0) >= share(each));
  const bad = closed.filter((each) => (each.step.goodput?.high ?? 1) < share(each));
  if (closed.length === 0)
    return notMeasured(
      "没有闭环的压力测试（baimo load --concurrency）",
      "there is no closed loop (baimo load --concurrency)",
    );
  const most = (all: readonly Step[]): number => Math.max(0, ...all.map(({ step }) => step.level));
  const value = most(good);
  const above = bad.map(({ step }) => step.level).filter((level) => level > value);
  const at = good.find(({ step }) => step.level === value) ?? closed[0];
  return {
    value,
    interval: { low: most(sure), high: above.length === 0 ? null : Math.min(...above) },
    sampled: true,
    n: at?.step.arrivals ?? null,
    n_of: counted.requests,
    invalid: at === undefined ? null : at.step.arrivals - at.step.done,
    remarks: [
      { zh: `测过的：${levelsText(closed).zh}`, en: `levels measured: ${levelsText(closed).en}` },
    ],
    ...(at === undefined ? {} : { file: at.load.shown }),
  };
}

/** At the level asked for, else of the step with most. */
function bestStep(facts: Facts, asked: Asked, of: (step: StepFigures) => number | null): Figure {
  const found = asked.at === null ? most(usable(facts), of) : stepAt(facts, asked);
  if (found === null)
    return facts.loads.length === 0
      ? noLoad()
      : notMeasured("压力测试里没有这个数", "the load has no such figure");
  if ("remarks" in found) return found;
  const { load, step } = found;
  return {
    value: of(step),
    interval: null,
    // What was served was counted; it is a floor, not an estimate.
    sampled: false,
    n: step.arrivals,
    n_of: counted.requests,
    invalid: step.arrivals - step.done,
    remarks: stepRemarks(step),
    file: load.shown,
  };
}

function most(steps: readonly Step[], of: (step: StepFigures) => number | null): Step | null {
  const [first] = steps
    .filter(({ step }) => of(step) !== null)
    .toSorted((a, b) => (of(b.step) ?? 0) - (of(a.step) ?? 0));
  return first ?? null;
}

/** At the level asked for or above it. */
function steadyFigure(facts: Facts, { at }: Asked): Figure {
  if (facts.loads.length === 0) return noLoad();
  const steps = usable(facts).filter(
    ({ step }) => at === null || (step.loop === at.loop && step.level >= at.level),
  );
  const timed = steps.flatMap(({ load, step }) => {
    const line = load.file.steps.find(
      (each) => each.step === step.step && each.target === load.figures.target,
    );
    if (line === undefined) return [];
    const rows = load.file.rows
      .filter((row) => row.step === step.step && row.target === line.target)
      .filter(({ phase, outcome }) => phase === "measure" && outcome !== "aborted")
      .map((row) => ({ at_ms: row.planned_at_ms, answered: isGraded(row.outcome) }));
    const ms = steadyMs(
      rows,
      { from: line.measure_from_ms, until: line.measure_until_ms },
      load.file.head.plan.good_share,
    );
    return [{ load, step, ms }];
  });
  const [longest] = timed.toSorted((a, b) => b.ms - a.ms);
  if (longest === undefined)
    return notMeasured("没有在这个压力下测过", "nothing was measured at this load");
  return {
    value: longest.ms,
    interval: null,
    sampled: false,
    n: longest.step.arrivals,
    n_of: counted.requests,
    invalid: longest.step.arrivals - longest.step.done,
    remarks: stepRemarks(longest.step),
    file: longest.load.shown,
  };
}
