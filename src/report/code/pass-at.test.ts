import { expect, test } from "vitest";

import { leaderboardOf } from "../leaderboard/leaderboard.ts";
import { remarkedOf, remarkLines } from "../leaderboard/remarks.ts";
import { answerLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";

const target = "a/a";

/** One item for each list of values, which are those of its trials. */
function boardOf(trials: readonly (readonly number[])[], grader: string) {
  const view = createView();
  step(view, runLine([target]));
  for (const [index, values] of trials.entries()) {
    const item = `s/t/${index}`;
    step(view, itemLine(item));
    for (const [at, value] of values.entries()) {
      const facts = { item, target, trial: at + 1 };
      step(view, answerLine(facts));
      const line = scoreLine(facts, value === 1 ? "right" : "wrong", value);
      step(view, { ...line, grader: { id: grader, version: "1", digest: `${grader} 1` } });
    }
  }
  return leaderboardOf(view);
}

const passAt = (trials: readonly (readonly number[])[], grader = "code") =>
  boardOf(trials, grader).entries[0]?.summary.pass_at;

test("pass@k is the mean of the items' unbiased estimates", () => {
  const ten = [1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
  // Of ten trials with three right: 1 - C(7, 5) / C(10, 5) = 1 - 21/252.
  expect(passAt([ten, ten.map(() => 0)])).toEqual({
    items: 2,
    trials: 10,
    at: [
      { k: 1, value: expect.closeTo(0.15, 12) },
      { k: 5, value: expect.closeTo((1 - 21 / 252) / 2, 12) },
      { k: 10, value: 0.5 },
    ],
  });
});

test("a share of the tests is no pass, and fewer than five trials are told by their number", () => {
  expect(passAt([[0.9, 0.9, 1]])?.at).toEqual([
    { k: 1, value: expect.closeTo(1 / 3, 12) },
    { k: 3, value: 1 },
  ]);
});

test.each<[string, readonly (readonly number[])[], string]>([
  ["one trial", [[1], [0]], "code"],
  ["one trial of an item", [[1, 0], [0]], "code"],
  ["no programs", [[1, 0]], "choice"],
])("nothing is told of %s", (_, trials, grader) => {
  expect(passAt(trials, grader)).toBeNull();
});

test("a line below the leaderboard tells it", () => {
  const targets = remarkedOf(
    boardOf(
      [
        [1, 0],
        [0, 0],
      ],
      "code",
    ),
    "zh",
  );
  expect(remarkLines(targets, 1, "zh")).toContain(
    "a/a：pass@1 25%、pass@2 50%（代码题 2 道，每题 2 次）",
  );
});
