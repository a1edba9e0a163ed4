import { expect, test } from "vitest";

import { leaderboardJson } from "../leaderboard/json.ts";
import { leaderboardOf } from "../leaderboard/leaderboard.ts";
import { leaderboardMarkdown } from "../leaderboard/markdown.ts";
import { leaderboardTerminal } from "../leaderboard/text.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";

/** Forty items of each kind; the first so many of them are right. */
function viewOf(rightOfStatic: number, rightOfFresh: number | null) {
  const view = createView();
  const target = "a/m";
  const kinds = [
    ["s", rightOfStatic] as const,
    ...(rightOfFresh === null ? [] : [["f", rightOfFresh] as const]),
  ];
  const [own] = runLine([target]).suites;
  if (own === undefined) throw new Error("no suite");
  const suites = kinds.map(([id]) => ({ ...own, id, seeds: id === "f" ? { unit: 7 } : {} }));
  step(view, runLine([target], { suites }));
  for (const [suite, right] of kinds) {
    for (let index = 0; index < 40; index++) {
      const item = `${suite}/t/${index}`;
      step(view, itemLine(item));
      step(view, answerLine({ item, target }));
      step(view, scoreLine({ item, target }, index < right ? "right" : "wrong"));
    }
  }
  step(view, endLine());
  return view;
}

test("the gap is the difference of two independent scores with Newcombe's interval", () => {
  const [found] = leaderboardOf(viewOf(36, 28)).freshness ?? [];
  expect(found).toMatchObject({ static: { value: 0.9, n: 40 }, fresh: { value: 0.7, n: 40 } });
  // Newcombe's method 10 for 36/40 and 28/40 from the Wilson intervals (0.7695, 0.9604) and (0.5457, 0.8193).
  expect(found?.gap).toBeCloseTo(0.2, 6);
  expect(found?.interval.low).toBeCloseTo(0.2 - Math.hypot(0.9 - 0.7695, 0.8193 - 0.7), 3);
  expect(found?.interval.high).toBeCloseTo(0.2 + Math.hypot(0.9604 - 0.9, 0.7 - 0.5457), 3);
});

test("every report of a run with both kinds states it", () => {
  const view = viewOf(36, 28);
  const board = leaderboardOf(view);
  const said = "a/m：固定题 90.0 分，新题 70.0 分，相差 +20.0 分（95% 区间 2.3 到 36.6）";
  expect(leaderboardTerminal(view, board, { lang: "zh", width: 200 })).toContain(said);
  expect(leaderboardMarkdown(view, board, "zh")).toContain("固定题 90.0 分，新题 70.0 分");
  expect(leaderboardTerminal(view, board, { lang: "en", width: 200 })).toContain(
    "a/m: 90.0 on static items, 70.0 on fresh ones, gap +20.0 (95% interval 2.3 to 36.6)",
  );
  expect(JSON.stringify(leaderboardJson(view, board))).toContain('"freshness":{"static":');
});

test("a run of one kind has no gap", () => {
  expect(leaderboardOf(viewOf(36, null)).freshness).toBeNull();
});
