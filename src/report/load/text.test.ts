import { expect, test } from "vitest";

import type { LoadPlan } from "../../domain/load/lines.ts";
import type { LoadSummary, StepFigures } from "../../domain/load/summary.ts";

import { loadSentence, loadTable } from "./text.ts";

const none = { p50: null, p90: null, p99: null };

const stepOf = (step: number, level: number, trusted: boolean): StepFigures => ({
  step,
  loop: "open",
  level,
  trusted,
  cut: false,
  arrivals: 60,
  done: 60,
  good: 60,
  goodput: { value: 1, low: 0.94, high: 1 },
  outcomes: { ok: 60 },
  rate_limited_share: 0,
  ttft_ms: none,
  total_ms: none,
  ttft_sent_ms: none,
  speed: none,
  chars_per_s: null,
  tokens_per_s: null,
  requests_per_s: level,
  in_flight: 4,
  send_lag_p99_ms: 1,
});

/** A target whose every step that counts kept the SLO: levels, and whether the machine was in time. */
function targetOf(steps: readonly (readonly [number, boolean])[]): LoadSummary["targets"][number] {
  return {
    target: "mine/m",
    simulated: false,
    steps: steps.map(([level, trusted], at) => stepOf(at, level, trusted)),
    knee: {
      state: "above",
      rate: 14,
      low: null,
      high: null,
      in_flight: 4,
      chars_per_s: null,
      tokens_per_s: null,
    },
    cost_per_million_chars: null,
    paid: [],
  };
}

const planOf = (mode: LoadPlan["mode"]): LoadPlan => ({
  mode,
  arrivals: "poisson",
  levels: [],
  requests: 4_000,
  ramp_ms: 0,
  warmup_ms: 0,
  duration_ms: 60_000,
  cooldown_ms: 0,
  slo: { ttft_ms: 2_000, total_ms: null, speed: null },
  good_share: 0.95,
  profile: { name: "chat", input_chars: 9, output_chars: 9, turns: 1, think_ms: 0, cached: false },
  seed: 7,
  order: "by-turns",
  respects_limits: false,
  threads: 1,
  hourly: null,
});

test.each([
  [
    "search",
    [
      [4.7, true],
      [14, true],
    ],
    "上限还没有测到（再往上试会超出次数、时间或速率的限度：放宽 --requests、--max-time 或 --max-rate）。",
  ],
  [
    "search",
    [
      [14, true],
      [42, false],
      [42, false],
      [42, false],
    ],
    "上限还没有测到（连着 3 步本机太慢，没有再往上试）。",
  ],
  [
    "rate",
    [
      [4.7, true],
      [14, true],
    ],
    "上限还没有测到。",
  ],
] as const)("a %s of %j says why it went no higher", (mode, steps, said) => {
  expect(loadSentence(targetOf(steps), planOf(mode), "zh")).toContain(said);
});

test("a load that was measured before is marked", () => {
  const { rows } = loadTable(
    [
      targetOf([
        [4.7, false],
        [14, true],
        [4.7, true],
      ]),
    ],
    "zh",
  );
  expect(rows.map((row) => [row[0], row.at(-1)])).toEqual([
    ["4.7 次/秒", "本机太慢，不可信"],
    ["4.7 次/秒", "重测"],
    ["14 次/秒", ""],
  ]);
});
