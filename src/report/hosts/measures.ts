import type { Text } from "../../domain/text.ts";

import { type ComparedFigure, sumsPerFigure } from "../../stats/difference/relabel.ts";

/** What is read of one answer. NaN: it says nothing of the kind. */
export type HostAnswer = {
  readonly value: number;
  readonly complete: number;
  readonly cut: number;
  readonly empty: number;
  /** Fingerprint of what was answered; 0 where nothing that could be compared. */
  readonly vote: number;
  /** Whether the first reply called a tool; NaN where none was declared. */
  readonly triggered: number;
  /** Share of its calls that fit what was declared. */
  readonly calls_valid: number;
  /** Whether the reply is the JSON that was asked for. */
  readonly json_valid: number;
  readonly chars: number;
  readonly thought_chars: number;
  readonly output_tokens: number;
  readonly input_tokens: number;
};

export const measureIds = [
  "effect",
  "complete",
  "cut",
  "empty",
  "agreement",
  "trigger_f1",
  "calls_valid",
  "json_valid",
  "length",
  "thinking_length",
  "output_tokens",
  "input_tokens",
] as const;
export type MeasureId = (typeof measureIds)[number];

/** One way in which a host may differ from the official service. */
export type HostMeasure = ComparedFigure & {
  readonly id: MeasureId;
  readonly title: Text;
  /** A departure that is no larger is never called one: fractions, or of a ratio its logarithm. */
  readonly least: number;
  /** What has to be excluded before a host is said to be within. */
  readonly tolerance: number;
  /** A property of each answer, a comparison of the answers of two sides, or how the sides call tools. */
  readonly kind: "mean" | "pairs" | "f1";
};

const share = { scale: "difference", departure: "both", group: 1, kind: "mean" } as const;
const length = { scale: "log-ratio", departure: "both", group: 1, kind: "mean" } as const;
const ratio = (of: number): number => Math.log(1 + of);

/** In the order in which they are shown. The effect has half of the level to itself. */
export const hostMeasures: readonly HostMeasure[] = [
  {
    ...share,
    id: "effect",
    group: 0,
    title: { zh: "效果分", en: "Effect" },
    least: 0.005,
    tolerance: 0.03,
  },
  {
    ...share,
    id: "complete",
    title: { zh: "完整回复率", en: "Complete" },
    least: 0.005,
    tolerance: 0.02,
  },
  { ...share, id: "cut", title: { zh: "截断率", en: "Cut" }, least: 0.005, tolerance: 0.02 },
  { ...share, id: "empty", title: { zh: "空回复率", en: "Empty" }, least: 0.005, tolerance: 0.02 },
  {
    ...share,
    id: "agreement",
    kind: "pairs",
    departure: "low",
    title: { zh: "逐题同答率", en: "Same answer" },
    least: 0.01,
    tolerance: 0.05,
  },
  {
    ...share,
    id: "trigger_f1",
    kind: "f1",
    departure: "low",
    title: { zh: "工具触发 F1", en: "Tool trigger F1" },
    least: 0.01,
    tolerance: 0.04,
  },
  {
    ...share,
    id: "calls_valid",
    title: { zh: "调用合规率", en: "Valid calls" },
    least: 0.005,
    tolerance: 0.03,
  },
  {
    ...share,
    id: "json_valid",
    title: { zh: "JSON 合规率", en: "Valid JSON" },
    least: 0.005,
    tolerance: 0.03,
  },
  {
    ...length,
    id: "length",
    title: { zh: "回答长度比", en: "Length ratio" },
    least: ratio(0.03),
    tolerance: ratio(0.15),
  },
  {
    ...length,
    id: "thinking_length",
    title: { zh: "思考长度比", en: "Thinking ratio" },
    least: ratio(0.03),
    tolerance: ratio(0.15),
  },
  {
    ...length,
    id: "output_tokens",
    title: { zh: "输出 token 比", en: "Output tokens" },
    least: ratio(0.03),
    tolerance: ratio(0.15),
  },
  {
    ...length,
    id: "input_tokens",
    title: { zh: "输入 token 比", en: "Input tokens" },
    least: ratio(0.01),
    tolerance: ratio(0.05),
  },
];

const columns = {
  effect: "value",
  complete: "complete",
  cut: "cut",
  empty: "empty",
  calls_valid: "calls_valid",
  json_valid: "json_valid",
  length: "chars",
  thinking_length: "thought_chars",
  output_tokens: "output_tokens",
  input_tokens: "input_tokens",
} as const satisfies Partial<Record<MeasureId, keyof HostAnswer>>;

/**
 * The four sums of every measure for one item whose answers are dealt to host and official service: numerator and
 * denominator of the host, then those of the official service. Of pairs and F1, the host's are between the sides and the
 * official service's between its own answers. Each item weighs the same however often it was asked.
 */
export function sumsOfDeal(
  measures: readonly HostMeasure[],
  host: readonly HostAnswer[],
  official: readonly HostAnswer[],
): Float64Array {
  const sums = new Float64Array(measures.length * sumsPerFigure);
  for (const [at, { id, kind }] of measures.entries()) {
    if (kind === "mean") {
      const column = id in columns ? columns[id as keyof typeof columns] : "value";
      sums.set([...meanSums(host, column), ...meanSums(official, column)], sumsPerFigure * at);
    } else {
      const pair = kind === "pairs" ? sameAnswer : triggers;
      const [between, within] = [cross(host, official), own(official)];
      sums.set([...pairSums(between, pair), ...pairSums(within, pair)], sumsPerFigure * at);
    }
  }
  return sums;
}

function meanSums(
  answers: readonly HostAnswer[],
  column: keyof HostAnswer,
): readonly [number, number] {
  let [sum, known] = [0, 0];
  for (const answer of answers) {
    const value = answer[column];
    if (Number.isNaN(value)) continue;
    sum += value;
    known++;
  }
  return [sum / answers.length, known / answers.length];
}

type Pair = readonly [HostAnswer, HostAnswer];

const cross = (host: readonly HostAnswer[], official: readonly HostAnswer[]): readonly Pair[] =>
  host.flatMap((one) => official.map((other) => [one, other] as const));

const own = (answers: readonly HostAnswer[]): readonly Pair[] =>
  answers.flatMap((one, at) => answers.slice(at + 1).map((other) => [one, other] as const));

/** Of the pairs: what a pair adds to numerator and denominator. */
function pairSums(
  pairs: readonly Pair[],
  of: (pair: Pair) => readonly [number, number],
): readonly [number, number] {
  let [top, bottom] = [0, 0];
  for (const pair of pairs) {
    const [up, down] = of(pair);
    top += up;
    bottom += down;
  }
  return pairs.length === 0 ? [0, 0] : [top / pairs.length, bottom / pairs.length];
}

/** Of complete replies alone, so that what is cut is told once; two that give no answer are not compared. */
const sameAnswer = ([a, b]: Pair): readonly [number, number] =>
  a.complete !== 1 || b.complete !== 1 || (a.vote === 0 && b.vote === 0)
    ? [0, 0]
    : [Number(a.vote === b.vote), 1];

/** F1 = 2TP / (2TP + FP + FN), as the K2 Vendor Verifier counts: a call is positive. */
const triggers = ([a, b]: Pair): readonly [number, number] =>
  Number.isNaN(a.triggered) || Number.isNaN(b.triggered)
    ? [0, 0]
    : [2 * a.triggered * b.triggered, a.triggered + b.triggered];
