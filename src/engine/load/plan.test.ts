import { describe, expect, test } from "vitest";

import { codePoints } from "../../text/length.ts";
import { arrivals } from "./arrivals.ts";
import { namedPrompts, profiles, type ProfileName } from "./profile.ts";

const first = (plan: Parameters<typeof arrivals>[0], count: number): readonly number[] => {
  const times = arrivals(plan);
  return Array.from({ length: count }, () => times.next().value ?? Number.NaN);
};

describe("arrivals", () => {
  const plan = { rate: 20, ramp_ms: 0, seed: 3 } as const;

  test("constant ones are as far apart as the rate says", () => {
    expect(first({ ...plan, process: "constant" }, 3)).toEqual([50, 100, 150]);
  });

  test("Poisson ones keep the rate, vary as they should, and are the same for the same seed", () => {
    const times = first({ ...plan, process: "poisson" }, 20_000);
    const gaps = times.map((time, at) => time - (times[at - 1] ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    expect(mean).toBeCloseTo(50, -0.5);
    expect(Math.sqrt(variance) / mean).toBeCloseTo(1, 1);
    expect(first({ ...plan, process: "poisson" }, 20_000)).toEqual(times);
    expect(first({ ...plan, process: "poisson", seed: 4 }, 1)).not.toEqual(times.slice(0, 1));
  });

  test("in a ramp half of what the rate gives comes, then all of it", () => {
    const times = first({ ...plan, process: "constant", ramp_ms: 10_000 }, 300);
    expect(times.filter((time) => time <= 10_000).length).toBe(100);
    expect(times.filter((time) => time > 10_000 && time <= 20_000).length).toBe(200);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});

describe("prompts", () => {
  const how = { turns: 1, think_ms: 0, cached: false, seed: 7 };

  test.each(Object.keys(profiles) as ProfileName[])("%s has the length that it says", (name) => {
    const { messages, params } = namedPrompts(name, how).ask(3, 1);
    expect(codePoints(messages[0]?.text ?? "")).toBe(profiles[name].input);
    expect(params.max_tokens).toBeGreaterThanOrEqual(profiles[name].output);
  });

  test("no two begin alike, unless they are to come from a cache", () => {
    const beginnings = (cached: boolean) =>
      new Set(
        Array.from({ length: 50 }, (_, at) =>
          namedPrompts("chat", { ...how, cached })
            .ask(at, 1)
            .messages[0]?.text.slice(0, 12),
        ),
      );
    expect(beginnings(false).size).toBe(50);
    expect(beginnings(true).size).toBe(1);
  });
});
