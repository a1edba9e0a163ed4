import { describe, expect, test } from "vitest";

import type { View } from "../../view/model.ts";

import { answerLine, itemLine, runLine, scoreLine } from "../../testing/lines.ts";
import { createView, step } from "../../view/view.ts";
import { compareTargets, type Comparison } from "../comparison.ts";

const target = "qwen/a";

type Recorded = { readonly total_ms: number; readonly right: boolean; readonly failed?: boolean };

function viewOf(answers: readonly Recorded[], id = "run-1"): View {
  const view = createView();
  step(view, { ...runLine([target]), id });
  for (const [index, { total_ms, right, failed = false }] of answers.entries()) {
    const key = { item: `s/t/${index}`, target };
    step(view, itemLine(key.item));
    step(view, answerLine({ ...key, total_ms, outcome: failed ? "server" : "ok" }));
    if (!failed) step(view, scoreLine(key, right ? "right" : "wrong"));
  }
  return view;
}

const answers: readonly Recorded[] = Array.from({ length: 400 }, (_, index) => ({
  total_ms: 900 + index * 1.375,
  right: index % 4 !== 0,
}));
const later = answers.map(({ total_ms, right }) => ({ total_ms: total_ms + 0.25, right }));

function compared(base: View, fresh: View, oneFile = false): Comparison {
  const pair = { base: target, new: target };
  const comparison = compareTargets({ base, new: fresh }, pair, { oneFile });
  if (comparison === null) throw new Error("nothing to compare");
  return comparison;
}

const messages = ({ findings }: Comparison): string =>
  findings.map(({ message }) => message.zh).join("\n");

describe("whether both sides are the same answers", () => {
  test("other calls with the same results are a tie", () => {
    const comparison = compared(viewOf(answers), viewOf(later, "run-2"));
    expect(comparison.same_answers).toEqual({ answers: 0, of: 400, self: false });
    expect(comparison.total.verdict).toBe("tied");
  });

  test.each([
    ["a copy", viewOf(answers), viewOf(answers), false],
    ["a copy under another run id", viewOf(answers), viewOf(answers, "run-2"), false],
    ["one file", viewOf(answers), viewOf(answers), true],
    ["one file of a single answer", viewOf(answers.slice(0, 1)), viewOf(answers.slice(0, 1)), true],
  ])("%s shows nothing", (_, base, fresh, oneFile) => {
    const comparison = compared(base, fresh, oneFile);
    expect(comparison.same_answers.self).toBe(true);
    const verdicts = [comparison.total, ...comparison.parts].map(({ verdict }) => verdict);
    expect(new Set(verdicts)).toEqual(new Set(["not enough data"]));
    expect(comparison.ratios.first_token_ms).toBeNull();
    expect(messages(comparison)).toContain("同一份回答");
  });

  test("the same answers graded again: the difference is the grading's", () => {
    const regraded = answers.map(({ total_ms }) => ({ total_ms, right: true }));
    const comparison = compared(viewOf(answers), viewOf(regraded));
    expect(comparison.same_answers).toEqual({ answers: 400, of: 400, self: false });
    expect(comparison.total.verdict).toBe("better");
    expect(messages(comparison)).toContain("只是评分不同");
  });

  test("some answers asked again", () => {
    const mixed = answers.map((answer, index) => (index < 100 ? (later[index] ?? answer) : answer));
    const comparison = compared(viewOf(answers), viewOf(mixed));
    expect(comparison.same_answers).toEqual({ answers: 300, of: 400, self: false });
    expect(messages(comparison)).toContain("可比的 400 次作答中有 300 次");
  });
});

describe("what missing answers leave open", () => {
  const holes = (list: readonly Recorded[], many: number): readonly Recorded[] =>
    list.map((answer, index) => ({ ...answer, failed: index < many }));

  test("nothing where at most 2% are missing", () => {
    expect(compared(viewOf(answers), viewOf(holes(later, 8))).bounds).toBeNull();
  });

  // Of 400 items 100 are wrong. The new side lacks 40, of which the base has 10 wrong.
  test("the new side's against it and for it", () => {
    const { bounds } = compared(viewOf(answers), viewOf(holes(later, 40)));
    expect(bounds).toEqual({
      base: { planned: 400, missing: 0 },
      new: { planned: 400, missing: 40 },
      delta: { low: -0.075, high: 0.025 },
    });
  });

  test("both sides'", () => {
    const { bounds } = compared(viewOf(holes(answers, 40)), viewOf(holes(later, 40)));
    expect(bounds?.delta).toEqual({ low: -0.1, high: 0.1 });
  });
});

test("costs are not compared where the usage cannot be true", () => {
  const doubted = createView();
  step(doubted, runLine([target]));
  for (const [index, { total_ms }] of later.entries()) {
    const key = { item: `s/t/${index}`, target };
    const usage = { input: 0, cached_input: 0, cache_write: null, output: 0, reasoning: null };
    const cost = { amount: 0, currency: "CNY" } as const;
    step(doubted, itemLine(key.item));
    step(doubted, answerLine({ ...key, total_ms, cost, call: { usage } }));
    step(doubted, scoreLine(key, "right"));
  }
  const comparison = compared(viewOf(answers), doubted);
  expect(comparison.ratios).toMatchObject({ cost: null, cost_per_right: null });
  expect(comparison.ratios.first_token_ms).not.toBeNull();
  expect(messages(comparison)).toContain("用量不可信：基准 0 次作答，新 400 次");
});
