import { expect, test } from "vitest";

import type { FirstToken } from "../../domain/call.ts";

import { leaderboardCsv } from "../leaderboard/csv.ts";
import { leaderboardOf } from "../leaderboard/leaderboard.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";

const odds = (token: string, share: number) => ({ token, logprob: Math.log(share) });
const first = (token: string, share: number, ...top: readonly (readonly [string, number])[]) => ({
  ...odds(token, share),
  top: top.map(([each, part]) => odds(each, part)),
});

function boardOf(answers: readonly (readonly [FirstToken | null, "right" | "wrong"])[]) {
  const view = createView();
  step(view, runLine(["qwen/a"]));
  for (const [index, [first_token, verdict]] of answers.entries()) {
    const facts = { item: `s/t/${index}`, target: "qwen/a" };
    step(view, itemLine(facts.item));
    step(view, answerLine({ ...facts, call: first_token === null ? {} : { first_token } }));
    step(view, scoreLine(facts, verdict));
  }
  step(view, endLine());
  return leaderboardOf(view);
}

test("the probability of the letter, all its spellings together, beside what was right", () => {
  const board = boardOf([
    [first("B", 0.7, ["B", 0.7], [" B", 0.2], ["A", 0.1]), "right"],
    [first("C", 0.5, ["A", 0.5]), "wrong"],
    [first("一年", 0.9, ["一年", 0.9]), "right"],
    [null, "right"],
  ]);
  const confidence = board.entries[0]?.summary.confidence;
  expect(confidence).toMatchObject({ answers: 2, right: 0.5 });
  expect(confidence?.mean).toBeCloseTo(0.7, 6);
  expect(leaderboardCsv(board, "zh")).toContain("70.0%/50%");
});

test("nothing is said where no probabilities came", () => {
  const board = boardOf([[null, "right"]]);
  expect(board.entries[0]?.summary.confidence).toBeNull();
  expect(leaderboardCsv(board, "zh")).not.toContain("把握");
});
