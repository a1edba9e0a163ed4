import { expect, test } from "vitest";

import type { LoadLine } from "../../domain/load/lines.ts";
import type { LoadFile } from "../../store/load/load-file.ts";

import { simulatedStep } from "../../engine/load/testing/simulated-step.ts";
import { createStation, exponential } from "../../stats/testing/queue.ts";
import { mergeLoads } from "./merge.ts";
import { summaryOf } from "./summary.ts";

const slo = { ttft_ms: 1_500, total_ms: null, speed: null };
const head: LoadLine = {
  kind: "load",
  schema: "load/1",
  id: "20261201T080000Z-aaaaaa",
  started_at: "2026-12-01T08:00:00.000Z",
  tool: { version: "0.1.0", commit: null, node: "v24.0.0" },
  targets: [
    {
      ref: "mine/queue",
      provider: "mine",
      model: "queue",
      base_url: "http://127.0.0.1:8000/v1",
      simulated: false,
    },
  ],
  plan: {
    mode: "rate",
    arrivals: "poisson",
    levels: [11, 14],
    requests: null,
    ramp_ms: 0,
    warmup_ms: 10_000,
    duration_ms: 60_000,
    cooldown_ms: 0,
    slo,
    good_share: 0.95,
    profile: {
      name: "chat",
      input_chars: 300,
      output_chars: 300,
      turns: 1,
      think_ms: 0,
      cached: false,
    },
    seed: 7,
    order: "by-turns",
    respects_limits: false,
    threads: 1,
    hourly: null,
  },
};

/** A load on 16 slots, the second step of which was cut. */
const measured = [11, 14].map((level, at) => {
  const station = createStation({ slots: 16, service: exponential(1) }, 5 + at);
  const most_bad = at === 0 ? Infinity : 60;
  const told = { slo, first: "answered" } as const;
  const { line, rows } = simulatedStep(
    station,
    { level, warmup: 100, measure: 900, most_bad },
    told,
  );
  return { line: { ...line, step: at }, rows: rows.map((row) => ({ ...row, step: at })) };
});
const whole = {
  head,
  steps: measured.map(({ line }) => line),
  rows: measured.flatMap(({ rows }) => rows),
};

const shards = (of: number): readonly LoadFile[] =>
  Array.from({ length: of }, (_, part) => ({
    file: `part-${part + 1}.jsonl`,
    head: { ...head, plan: { ...head.plan, shard: { index: part + 1, of } } },
    steps: whole.steps,
    rows: whole.rows.filter((__, at) => at % of === part),
    end: null,
  }));

const expected = summaryOf(whole);

test.each([1, 2, 5])("every figure of %i shards is that of the whole", (of) => {
  expect(expected.targets[0]?.steps[1]).toMatchObject({ cut: true });
  expect(mergeLoads(shards(of)).end.summary).toEqual(expected);
});

test("shards may be given in any order", () => {
  expect(mergeLoads(shards(3).toReversed()).rows).toEqual(whole.rows);
});

test("a shard in which the machine was late spoils its step, and no other", () => {
  const [first, second, ...rest] = shards(3);
  if (first === undefined || second === undefined) throw new Error("three shards");
  const steps = second.steps.map((line, at) => ({
    ...line,
    self_check: { ...line.self_check, trusted: at > 0 },
  }));
  const merged = mergeLoads([first, { ...second, steps }, ...rest]);
  expect(merged.steps.map(({ self_check }) => self_check.trusted)).toEqual([false, true]);
});

test.each([
  ["one missing", shards(3).slice(1), /1\/3/],
  ["one twice", [...shards(2), ...shards(2).slice(1)], /twice/],
  ["one without --shard", [{ ...shards(1)[0], head } as LoadFile], /--shard/],
  [
    "another plan",
    shards(2).map((load, at) => ({
      ...load,
      head: { ...load.head, plan: { ...load.head.plan, seed: at } },
    })),
    /differ/,
  ],
  ["another number of shards", [...shards(2), ...shards(3)], /differ/],
])("%s is refused", (_, files, expected) => {
  expect(() => mergeLoads(files)).toThrow(expected);
});
