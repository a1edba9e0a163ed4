import { describe, expect, test } from "vitest";

import type { LoadRequest } from "../../domain/load/lines.ts";

import { createStation, lognormal } from "../../stats/testing/queue.ts";
import { judgedRows } from "./good.ts";
import { simulatedStep } from "./testing/simulated-step.ts";

const within = (ttft_ms: number) => ({ ttft_ms, total_ms: null, speed: null });

describe("a step that was cut", () => {
  const station = () => createStation({ slots: 64, service: lognormal(2, 0.3) }, 11);
  const whole = { level: 59, warmup: 100, measure: 900, most_bad: Infinity };

  test("counts what was kept waiting longer than the SLO, so that its share is that of the same arrivals in the end", () => {
    const slo = within(4_000);
    const told = { slo, first: "answered" } as const;
    const complete = simulatedStep(station(), whole, told);
    const cut = simulatedStep(station(), { ...whole, most_bad: 20 }, told);
    const judged = judgedRows(cut.rows, cut.line, slo);
    const same = judgedRows(complete.rows, complete.line, slo).slice(0, judged.length);
    expect(cut.line.cut).toBe(true);
    expect(judged.filter(({ row }) => row.outcome === "aborted").length).toBeGreaterThan(10);
    expect(judged.map(({ good }) => good)).toEqual(same.map(({ good }) => good));
    // The finished ones alone, as if the others had never been sent, look better.
    const finished = judged.filter(({ row }) => row.outcome === "ok");
    const shareOf = (all: typeof judged) => all.filter(({ good }) => good).length / all.length;
    expect(shareOf(finished)).toBeGreaterThan(1.05 * shareOf(judged));
  });
});

describe("one request under way at the cut, at 10 s", () => {
  const base = simulatedStep(
    createStation({ slots: 1, service: () => 1 }, 1),
    { level: 0.1, warmup: 0, measure: 1, most_bad: Infinity },
    { slo: within(1), first: "answered" },
  );
  const row = (fields: Partial<LoadRequest>): LoadRequest => ({
    ...(base.rows[0] as LoadRequest),
    outcome: "aborted",
    first_token_ms: null,
    last_token_ms: null,
    total_ms: null,
    ...fields,
  });
  const slo = { ttft_ms: 2_000, total_ms: 6_000, speed: null };

  test.each([
    ["no token for longer than asked", { planned_at_ms: 0 }, [false]],
    ["not ended for longer than asked", { planned_at_ms: 0, first_token_ms: 500 }, [false]],
    ["too young to be judged", { planned_at_ms: 5_000, first_token_ms: 500 }, []],
    [
      "as young, though its first token was late",
      { planned_at_ms: 5_000, first_token_ms: 3_000 },
      [],
    ],
    [
      "as young, and finished",
      { planned_at_ms: 5_000, first_token_ms: 9, total_ms: 99, outcome: "ok" },
      [],
    ],
    [
      "finished long before",
      { planned_at_ms: 0, first_token_ms: 9, total_ms: 99, outcome: "ok" },
      [true],
    ],
  ] as const)("%s", (_, fields, expected) => {
    const judged = judgedRows([row(fields)], { cut_at_ms: 10_000 }, slo);
    expect(judged.map(({ good }) => good)).toEqual(expected);
  });

  test("still streaming, with its first token in time, it had kept an SLO of the first token", () => {
    const streaming = row({ planned_at_ms: 0, first_token_ms: 500 });
    expect(judgedRows([streaming], { cut_at_ms: 10_000 }, within(2_000))[0]?.good).toBe(true);
  });

  test("an SLO without a time says nothing of it", () => {
    const speed = { ttft_ms: null, total_ms: null, speed: 20 };
    expect(judgedRows([row({ planned_at_ms: 0 })], { cut_at_ms: 10_000 }, speed)).toEqual([]);
  });
});
