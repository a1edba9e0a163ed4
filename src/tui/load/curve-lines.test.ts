import { describe, expect, test } from "vitest";

import type { Lang } from "../../domain/text.ts";

import { cellsOf } from "../../report/render/width.ts";
import { curveLine, curveTitle, type StepView } from "./curve-lines.ts";

const check = {
  send_lag_p50_ms: 0.1,
  send_lag_p99_ms: 0.9,
  allowed_ms: 10,
  lagged_share: 0,
  trusted: true,
};
const ended = {
  kind: "step",
  target: "siliconflow/deepseek-ai/DeepSeek-V3.2-Exp",
  step: 4,
  loop: "open",
  level: 12.8,
  measure_from_ms: 0,
  measure_until_ms: 60_000,
  cut: false,
  self_check: check,
} as const;
const view: StepView = {
  target: ended.target,
  step: 4,
  line: ended,
  sent: 1_520,
  measured: 1_216,
  good: 1_094,
  limited: 31,
  first: [312, 480, 9_100],
};
const late = { ...ended, self_check: { ...check, trusted: false } };
const views: readonly (readonly [string, StepView])[] = [
  ["measured", view],
  ["under way, nothing measured", { ...view, line: null, measured: 0, good: 0, first: [] }],
  ["not to be trusted", { ...view, line: late }],
];

describe.each(["zh", "en"] as const satisfies readonly Lang[])("the curve in %s", (lang) => {
  test.each(
    [20, 41, 80, 160].flatMap((columns) => views.map((each) => [columns, ...each] as const)),
  )("%i columns hold a step that is %s", (columns, _, each) => {
    expect(cellsOf(curveLine(each, lang, columns))).toBeLessThanOrEqual(columns);
    expect(cellsOf(curveTitle(3_605_000, lang, columns))).toBeLessThanOrEqual(columns);
  });
});

test.each([
  ["zh", view, " 13 次/秒 ██████████████████████░░ 达标 90.0% 首字 0.480 秒 429 31 已发 1520"],
  [
    "en",
    { ...view, line: late },
    "      13/s █████████████░░ not trusted: late here good 90.0% TTFT 0.480 s 429 31",
  ],
] as const)(
  "at 80 columns in %s a step keeps its share, its mark and its figures",
  (lang, each, expected) => {
    expect(curveLine(each, lang, 80).trim()).toBe(expected.trim());
  },
);
