import type { Text } from "../text.ts";

type CriterionFacts = {
  readonly title: Text;
  readonly unit: Text;
  readonly better: "higher" | "lower";
  /** The largest value that can be, where there is one: a scale beyond it is a mistake of the unit. */
  readonly most: number | null;
};

const share = { unit: { zh: "0 到 1", en: "0 to 1" }, most: 1 } as const;

/** What a scorecard can count that is measured: the name, the unit in which the card states its scale, which end is better. */
export const measuredCriteria = {
  effect: {
    title: { zh: "效果", en: "Effect" },
    unit: { zh: "分", en: "points" },
    better: "higher",
    most: 100,
  },
  steadiness: {
    title: { zh: "可用率（用户口径，30 天）", en: "Availability (as users meet it, 30 days)" },
    better: "higher",
    ...share,
  },
  first_try: {
    title: { zh: "首次成功率", en: "First-try success" },
    better: "higher",
    ...share,
  },
  latency_tail: {
    title: { zh: "首字延迟 p95/p50（30 天）", en: "TTFT p95/p50 (30 days)" },
    unit: { zh: "倍", en: "times" },
    better: "lower",
    most: null,
  },
  ttft_p95: {
    title: { zh: "首字延迟 p95", en: "TTFT p95" },
    unit: { zh: "秒", en: "s" },
    better: "lower",
    most: null,
  },
  speed: {
    title: { zh: "吐字速度", en: "Speed" },
    unit: { zh: "字符/秒", en: "chars/s" },
    better: "higher",
    most: null,
  },
  month_cost: {
    title: { zh: "每月费用", en: "Cost a month" },
    unit: { zh: "元/月", en: "CNY/month" },
    better: "lower",
    most: null,
  },
  must_refuse: {
    title: { zh: "应拒答：拒答率", en: "Must refuse: refused" },
    better: "higher",
    ...share,
  },
  over_refusal: {
    title: { zh: "非拒答：误拒率", en: "Must not refuse: refused" },
    better: "lower",
    ...share,
  },
  midpoint: {
    title: { zh: "半数水平", en: "Halfway level" },
    unit: { zh: "级", en: "levels" },
    better: "higher",
    most: null,
  },
  capacity: {
    title: { zh: "承载能力（拐点）", en: "Capacity (knee)" },
    unit: { zh: "次/分", en: "calls/min" },
    better: "higher",
    most: null,
  },
  migration: {
    title: { zh: "迁移成本", en: "Cost of migration" },
    unit: { zh: "分", en: "points" },
    better: "lower",
    most: 100,
  },
} as const satisfies Readonly<Record<string, CriterionFacts>>;

export type MeasuredCriterion = keyof typeof measuredCriteria;

export const measuredNames = Object.keys(measuredCriteria) as [
  MeasuredCriterion,
  ...MeasuredCriterion[],
];
