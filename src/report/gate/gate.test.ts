import { describe, expect, test } from "vitest";

import type { Gate } from "../../domain/config.ts";
import type { Check, CheckResult } from "./check.ts";

import { leaderboardOf } from "../leaderboard/leaderboard.ts";
import {
  answerLine,
  endLine,
  itemLine,
  runLine,
  scoreLine,
  targetEntry,
} from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";
import { check } from "./check.ts";
import { checkGate, completenessChecks, gateExitCode } from "./gate.ts";

const [model, baseline, reference] = ["qwen/a", "baseline/random", "people/experts"];

type Given = {
  readonly failed?: number;
  readonly status?: "complete" | "interrupted";
  /** Answers planned per target; default: all that came. */
  readonly planned?: number;
};

/** Ten items for a model, a baseline and a reference; the model's first `failed` calls failed. */
function viewOf({ failed = 0, status = "complete", planned = 10 }: Given = {}) {
  const view = createView();
  const targets = [
    targetEntry(model),
    targetEntry(baseline, { baseline: true }),
    targetEntry(reference, { reference: true }),
  ];
  step(view, runLine(targets, { size: { items: 10, per_target: planned, answers: 3 * planned } }));
  for (let index = 0; index < 10; index++) {
    const item = `s/t/${index}`;
    step(view, itemLine(item));
    for (const target of [model, baseline, reference]) {
      const isFailed = target === model && index < failed;
      step(view, answerLine({ item, target, outcome: isFailed ? "server" : "ok" }));
      if (!isFailed) step(view, scoreLine({ item, target }, "right"));
    }
  }
  step(view, endLine({ answers: 30, failed, status }));
  return view;
}

const rules: Gate = {
  max_red_lines: 0,
  max_error_rate: 0.1,
  min_coverage: 0.9,
  min_score: { 总分: 50 },
};
const none: Gate = { max_red_lines: 0 };
const results = (checks: readonly Check[]) => checks.map(({ rule, result }) => `${rule} ${result}`);

test("each rule once, for models alone: not for baselines nor references", () => {
  const view = viewOf();
  const checks = checkGate(rules, view, leaderboardOf(view), null);
  expect(new Set(checks.map(({ target }) => target))).toEqual(new Set([model]));
  expect(results(checks)).toEqual(
    expect.arrayContaining([
      "min_score 总分 passed",
      "max_error_rate passed",
      "min_coverage passed",
    ]),
  );
});

test("failed calls break the rate and the coverage", () => {
  const view = viewOf({ failed: 2 });
  const told = results(checkGate(rules, view, leaderboardOf(view), null));
  expect(told).toEqual(expect.arrayContaining(["max_error_rate failed", "min_coverage failed"]));
});

test("without rules every call must have come and ended well", () => {
  const told = (given: Given) => {
    const [first] = completenessChecks(leaderboardOf(viewOf(given)));
    return first?.result;
  };
  expect([told({}), told({ failed: 1 }), told({ planned: 12 })]).toEqual([
    "passed",
    "failed",
    "failed",
  ]);
});

describe("exit code", () => {
  const of = (...given: readonly CheckResult[]) =>
    given.map((result) => check(model, "r", result, "", ""));
  test.each<[string, readonly CheckResult[], Given, Gate, 0 | 1 | 3]>([
    ["all is well", ["passed"], {}, none, 0],
    ["a failed rule", ["passed", "failed", "undecided"], {}, none, 1],
    ["what cannot be told counts as failed", ["unknown"], {}, none, 1],
    ["too few data", ["passed", "undecided"], {}, none, 3],
    ["an interrupted run", ["passed"], { status: "interrupted" }, none, 3],
    ["failed calls without a declared rate", ["passed"], { failed: 1 }, none, 3],
    [
      "failed calls within the declared rate",
      ["passed"],
      { failed: 1 },
      { ...none, max_error_rate: 0.2 },
      0,
    ],
  ])("%s", (_, given, run, gate, code) => {
    expect(gateExitCode(gate, of(...given), viewOf(run))).toBe(code);
  });
});
