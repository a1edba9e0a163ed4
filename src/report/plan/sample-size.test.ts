import { describe, expect, test } from "vitest";

import { seededRandom } from "../../stats/random.ts";
import { answerLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";
import { assumedSpread, detectableWith, sampleSizes, spreadOf } from "./sample-size.ts";

test("a known case: 969 items for 3 points with ω² = 1/9", () => {
  const spread = { between: 1 / 9, within: 0, source: "measured" } as const;
  expect(sampleSizes(0.03, spread, 0.8, [1])).toEqual([{ trials: 1, items: 969, answers: 969 }]);
  expect(detectableWith(969, 1, spread, 0.8)).toBeCloseTo(0.03, 4);
});

test("more trials need fewer items, and more answers", () => {
  const [once, , , five] = sampleSizes(0.03, assumedSpread, 0.8);
  expect(five?.items).toBeLessThan(once?.items ?? 0);
  expect(five?.answers).toBeGreaterThan(once?.answers ?? 0);
});

describe("the spread of a run", () => {
  test("is that of its repeats and of its targets' differences", () => {
    const view = createView();
    const targets = ["a/a", "b/b"];
    const run = runLine(targets);
    step(view, { ...run, settings: { ...run.settings, trials: 4 } });
    const random = seededRandom(3);
    for (let index = 0; index < 2_000; index++) {
      const item = `s/t/${index}`;
      step(view, itemLine(item));
      for (const target of targets) {
        // Expected values are 0.5 ± 0.3 for each side on its own: ω² = 2 · 0.09, σ² = 0.8 · 0.2.
        const p = random() < 0.5 ? 0.2 : 0.8;
        for (const trial of [1, 2, 3, 4]) {
          step(view, answerLine({ item, target, trial }));
          step(view, scoreLine({ item, target, trial }, random() < p ? "right" : "wrong"));
        }
      }
    }
    const spread = spreadOf(view);
    expect(spread.source).toBe("measured");
    expect(spread.within).toBeCloseTo(0.16, 1);
    expect(spread.between).toBeCloseTo(0.18, 1);
  });

  test("is assumed where a run shows nothing", () => {
    expect(spreadOf(createView())).toEqual(assumedSpread);
  });
});
