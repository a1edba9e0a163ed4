import { expect, test } from "vitest";

import { leaderboardOf } from "../../../../../../src/report/leaderboard/leaderboard.ts";
import {
  answerLine,
  itemLine,
  runLine,
  scoreLine,
} from "../../../../../../src/report/testing/lines.ts";
import { createView, step } from "../../../../../../src/report/view/view.ts";
import { format } from "./my-format.ts";

test("one line a target, and no name can break a cell", async () => {
  const view = createView();
  const targets = ["a/one", "a/tab\tbed"];
  const facts = targets.map((target) => ({ item: "s/t/1", target }));
  for (const line of [
    runLine(targets),
    itemLine("s/t/1"),
    ...facts.flatMap((each) => [answerLine(each), scoreLine(each, "right")]),
  ]) {
    step(view, line);
  }
  const room = { lang: "zh", width: 80, wide: true, wrapped: false } as const;
  const text = await format.render(view, leaderboardOf(view), room);
  const lines = text.trimEnd().split("\n");
  expect(lines).toHaveLength(3);
  const widths = lines.map((line) => line.split("\t").length);
  expect(new Set(widths).size).toBe(1);
});
