import type { Bounded, StepFigures } from "../../../domain/load/summary.ts";
import type { Text } from "../../../domain/text.ts";
import type { ClauseAsked, Facts, MeasuredFigure, TargetLoadFile } from "./measure.ts";

import { isGraded } from "../../../domain/outcome.ts";
import { counted, notMeasured } from "./measure.ts";
import { steadyMs } from "./steady.ts";

/** A step of a load, with its file. */
export type LoadedStep = { readonly load: TargetLoadFile; readonly step: StepFigures };

export function bounded(
  found: Bounded | null,
  step: StepFigures,
  load: TargetLoadFile,
): MeasuredFigure {
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

export const stepRemarks = ({ loop, level: exact, cut }: StepFigures): readonly Text[] => [
  loop === "closed"
    ? { zh: `${Number(exact.toPrecision(3))} 并发`, en: `${Number(exact.toPrecision(3))} at once` }
    : {
        zh: `每秒到达 ${Number(exact.toPrecision(3))}`,
        en: `${Number(exact.toPrecision(3))} arrivals a second`,
      },
  ...(cut ? [{ zh: "这一级提前结束", en: "the step was cut short" }] : []),
];

const noLoad = (): MeasuredFigure =>
  notMeasured("没有给出这个目标的压力测试（--load）", "no load of this target was given (--load)");

const usable = ({ loads }: Facts): readonly LoadedStep[] =>
  loads.flatMap((load) =>
    load.figures.steps.filter(({ trusted }) => trusted).map((step) => ({ load, step })),
  );

export function stepAt(facts: Facts, { at }: ClauseAsked): LoadedStep | MeasuredFigure {
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

/** Levels that a search chose have many decimals. */
const roundLevel = ({ level }: StepFigures): number => Number(level.toPrecision(3));

const levelsText = (steps: readonly LoadedStep[]): Text =>
  steps.length === 0
    ? { zh: "无", en: "none" }
    : {
        zh: steps
          .map(({ step }) => `${roundLevel(step)} ${step.loop === "closed" ? "并发" : "次/秒"}`)
          .join("、"),
        en: steps
          .map(
            ({ step }) => `${roundLevel(step)} ${step.loop === "closed" ? "at once" : "a second"}`,
          )
          .join(", "),
      };

export function kneeFigure({ loads }: Facts): MeasuredFigure {
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

export function concurrencyFigure(facts: Facts): MeasuredFigure {
  if (facts.loads.length === 0) return noLoad();
  const closed = usable(facts).filter(
    ({ step }) => step.loop === "closed" && step.goodput !== null,
  );
  const share = ({ load }: LoadedStep): number => load.file.head.plan.good_share;
  const good = closed.filter((each) => (each.step.goodput?.value ?? 0) >= share(each));
  const sure = good.filter((each) => (each.step.goodput?.low ?? 0) >= share(each));
  const bad = closed.filter((each) => (each.step.goodput?.high ?? 1) < share(each));
  if (closed.length === 0)
    return notMeasured(
      "没有闭环的压力测试（baimo load --concurrency）",
      "there is no closed loop (baimo load --concurrency)",
    );
  const most = (all: readonly LoadedStep[]): number =>
    Math.max(0, ...all.map(({ step }) => step.level));
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
export function bestStep(
  facts: Facts,
  asked: ClauseAsked,
  of: (step: StepFigures) => number | null,
): MeasuredFigure {
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

function most(
  steps: readonly LoadedStep[],
  of: (step: StepFigures) => number | null,
): LoadedStep | null {
  const [first] = steps
    .filter(({ step }) => of(step) !== null)
    .toSorted((a, b) => (of(b.step) ?? 0) - (of(a.step) ?? 0));
  return first ?? null;
}

/** At the level asked for or above it. */
export function steadyFigure(facts: Facts, { at }: ClauseAsked): MeasuredFigure {
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
