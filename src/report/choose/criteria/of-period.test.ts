import { describe, expect, test } from "vitest";

import type { SteadinessFigure } from "../../steadiness/figure.ts";
import type { ChooseSource, MeasureOf } from "../criterion.ts";

import { seededRandom } from "../../../stats/random.ts";
import { fiveTargetLines, sourceOf } from "../testing/five-targets.ts";
import { measureOf as latencyTail } from "./latency-tail.ts";
import { measureOf as migration } from "./migration.ts";
import { measureOf as steadiness } from "./steadiness.ts";

const read = sourceOf(fiveTargetLines());

function measured(measureOf: MeasureOf, ref: string, more: Partial<ChooseSource>) {
  const candidate = read.candidates.find((each) => each.ref === ref);
  if (candidate === undefined) throw new Error(`${ref} is no candidate`);
  return measureOf({ ...read.source, ...more }, candidate, null);
}

const figure: SteadinessFigure = {
  target: "a/strong",
  value: 0.98,
  interval: { low: 0.95, high: 0.99 },
  tail: { value: 2.5, interval: { low: 2, high: 4 } },
  coverage: 0.25,
};

describe("30 days", () => {
  const source = { steadiness: new Map([[figure.target, figure]]) };

  test.each([
    [steadiness, 0.98, 0.95, 0.99],
    [latencyTail, 2.5, 2, 4],
  ] as const)("of 2,000 draws 95%% lie within the interval", (measureOf, value, low, high) => {
    const found = measured(measureOf, "a/strong", source);
    expect(found).toMatchObject({ value, interval: { low, high } });
    expect(found.remark?.zh).toContain("25%");
    const random = seededRandom(7);
    const draws = Array.from({ length: 2_000 }, () =>
      found.sample({ weights: new Float64Array(), level: 0.5, random }),
    );
    const inside = draws.filter((draw) => draw >= low && draw <= high).length;
    expect(inside / draws.length).toBeGreaterThan(0.93);
    expect(inside / draws.length).toBeLessThan(0.97);
  });

  test("nothing seen is nothing measured; over 5% timed out is beyond every scale", () => {
    expect(measured(steadiness, "b/solid", source).value).toBeNull();
    const late = { ...figure, tail: { value: Number.POSITIVE_INFINITY, interval: null } };
    const found = measured(latencyTail, "a/strong", {
      steadiness: new Map([[late.target, late]]),
    });
    expect(found.value).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("migration", () => {
  const lost = {
    target: "b/solid",
    items: 200,
    unified: 0.6,
    best: 0.68,
    cost: { value: 0.08, interval: { low: 0.03, high: 0.13 } },
    against: null,
    wordings: ["改写"],
    chosen: "改写",
    chosen_mean: 0.69,
    prompts: { change: 2, all: 3 },
  };
  const report = { incumbent: "a/strong", targets: [lost], untuned: ["c/cheap"], seed: 1 };

  test("points that are lost until the prompts are rewritten; the incumbent loses none", () => {
    const found = measured(migration, "b/solid", { migration: report });
    expect(found.value).toBeCloseTo(8, 9);
    expect(found.interval?.low).toBeCloseTo(3, 9);
    expect(found.remark?.zh).toBe("要改 3 个任务里的 2 个提示词");
    expect(measured(migration, "a/strong", { migration: report }).value).toBe(0);
  });

  test("a prompt that does worse costs nothing; who was asked with none is unmeasured", () => {
    const worse = { ...lost, cost: { value: -0.02, interval: { low: -0.05, high: 0.01 } } };
    const found = measured(migration, "b/solid", { migration: { ...report, targets: [worse] } });
    expect(found.value).toBe(0);
    expect(found.interval?.low).toBe(0);
    expect(measured(migration, "c/cheap", { migration: report }).value).toBeNull();
    expect(measured(migration, "b/solid", { migration: null }).remark?.zh).toContain("--incumbent");
  });
});
