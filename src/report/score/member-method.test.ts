import { expect, test } from "vitest";

import type { Verdict } from "../../domain/grader.ts";
import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { View } from "../view/model.ts";

import { Board } from "../../domain/board.ts";
import {
  code3,
  math6,
  openNotLost,
  openOptTotal,
  openThreeOne,
  safetyPoints,
} from "../../stats/ranking/superclue.ts";
import { leaderboardCsv } from "../leaderboard/csv.ts";
import { leaderboardOf } from "../leaderboard/leaderboard.ts";
import { leaderboardTerminal } from "../leaderboard/text.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";

type Row = {
  readonly value: number;
  readonly difficulty?: string | number;
  readonly times?: number;
};

const verdictOf = (value: number): Verdict =>
  value === 1 ? "right" : value === 0 ? "wrong" : "partial";

/** A run of one target: rows of each suite, each as often as it says. */
function viewOf(
  suites: Readonly<Record<string, readonly Row[]>>,
  last: readonly RunFileLine[] = [],
): View {
  const view = createView();
  const lines: RunFileLine[] = [runLine(["a/x"])];
  for (const [suite, rows] of Object.entries(suites)) {
    let number = 0;
    for (const { value, difficulty = null, times = 1 } of rows) {
      for (let time = 0; time < times; time += 1) {
        const item = `${suite}/t/${(number += 1)}`;
        lines.push(itemLine(item, { difficulty }));
        lines.push(answerLine({ item, target: "a/x" }));
        lines.push({ ...scoreLine({ item, target: "a/x" }, verdictOf(value)), value });
      }
    }
  }
  for (const line of [...lines, ...last, endLine()]) step(view, line);
  return view;
}

type Member = { suite: string; method?: string; weight?: number };
const boardOf = (members: readonly Member[], method = "macro"): Board =>
  Board.parse({ schema: "board/1", id: "b", members, total: { method } });

function pointsOf(view: View, board: Board): number | null {
  const [entry] = leaderboardOf(view, { board }).entries;
  const value = entry?.summary.score.value ?? null;
  return value === null ? null : value * 100;
}

const battles = (win: number, tie: number, loss: number): readonly Row[] => [
  { value: 1, times: win },
  { value: 0.5, times: tie },
  { value: 0, times: loss },
];

test("OPEN until 2023-08: 264 wins, 160 ties and 24 losses are 94.64", () => {
  const view = viewOf({ open: battles(264, 160, 24) });
  const points = pointsOf(view, boardOf([{ suite: "open", method: "open-not-lost" }]));
  expect(points).toBeCloseTo(94.64, 2);
  expect(points).toBeCloseTo(openNotLost({ win: 264, tie: 160, loss: 24 }) ?? 0, 9);
});

test.each([
  [0, 10, 0, 50],
  [10, 0, 0, 100],
  [1, 1, 2, 50],
  [3, 5, 12, 35],
])("OPEN from 2023-09: %i wins, %i ties, %i losses are %d", (win, tie, loss, points) => {
  const view = viewOf({ open: battles(win, tie, loss) });
  const board = boardOf([{ suite: "open", method: "open-3-1" }]);
  expect(pointsOf(view, board)).toBeCloseTo(points, 9);
  expect(openThreeOne({ win, tie, loss })).toBeCloseTo(points, 9);
});

// Published rows of 2023-09: OPEN, OPT and total.
test.each([
  [84.28, 81.58, 83.2],
  [54.29, 75.45, 62.75],
  [61.82, 66.61, 63.74],
  [33.78, 72, 49.07],
])("OPEN %d and OPT %d are %d in 2023-09", (open, opt, total) => {
  const view = viewOf({ open: [{ value: open / 100 }], opt: [{ value: opt / 100 }] });
  const members = [{ suite: "open", method: "micro" }, { suite: "opt" }];
  expect(pointsOf(view, boardOf(members, "open-opt-2023-09"))).toBeCloseTo(total, 2);
});

test.each(["2023-08", "2023-09", "2023-12"] as const)("the parts of %s", (edition) => {
  const view = viewOf({ open: battles(1, 1, 2), opt: battles(3, 0, 1) });
  const members = [{ suite: "open", method: "open-3-1" }, { suite: "opt" }];
  const points = pointsOf(view, boardOf(members, `open-opt-${edition}`));
  expect(points).toBeCloseTo(openOptTotal(edition, 50, 75), 9);
});

test("Code3: 88.89, 80.60 and 52.63 by difficulty are 68.00", () => {
  const level = (difficulty: string, right: number, of: number): readonly Row[] => [
    { value: 1, difficulty, times: right },
    { value: 0, difficulty, times: of - right },
  ];
  const rows = [...level("初级", 64, 72), ...level("中级", 54, 67), ...level("高级", 20, 38)];
  const points = pointsOf(viewOf({ code: rows }), boardOf([{ suite: "code", method: "code3" }]));
  expect(points).toBeCloseTo(68, 2);
  expect(points).toBeCloseTo(code3((64 / 72) * 100, (54 / 67) * 100, (20 / 38) * 100), 9);
});

test("Math6: the steps' weights, and the whole, as its own formula has them", () => {
  // Of two turns: value 1 both right, 0.5 one, 0 none; shares of hundredths, so that rounding changes nothing.
  const rows: Row[] = [1, 2, 3, 4, 5].flatMap((steps) => [
    { value: 1, difficulty: steps, times: 10 - steps },
    { value: 0.5, difficulty: steps, times: 2 },
    { value: 0, difficulty: steps, times: steps + 8 },
  ]);
  const pairs = rows.flatMap(({ value, difficulty = 0, times = 0 }) =>
    Array.from({ length: times }, () => ({
      first: value > 0,
      second: value === 1,
      first_steps: Number(difficulty),
      second_steps: Number(difficulty),
    })),
  );
  const published = math6(pairs);
  const view = viewOf({ math: rows });
  expect(pointsOf(view, boardOf([{ suite: "math", method: "math6-steps" }]))).toBeCloseTo(
    published?.steps ?? 0,
    9,
  );
  expect(pointsOf(view, boardOf([{ suite: "math", method: "math6" }]))).toBeCloseTo(
    published?.total ?? 0,
    9,
  );
});

test("safety: marks of 0, 1 and 2; two turns of 88.76 and 86.09 are 87.43", () => {
  const view = viewOf({ safety: [{ value: 1, times: 3 }, { value: 0.5 }, { value: 0 }] });
  const board = boardOf([{ suite: "safety", method: "safety-012" }]);
  expect(pointsOf(view, board)).toBeCloseTo(safetyPoints([2, 2, 2, 1, 0]) ?? 0, 9);
  const turns = viewOf({ safety: [{ value: 0.8876 }, { value: 0.8609 }] });
  expect(pointsOf(turns, board)).toBeCloseTo(87.43, 1);
});

test("a level without items, or an item without a level, leaves no total", () => {
  const board = boardOf([{ suite: "code", method: "code3" }]);
  for (const rows of [
    [
      { value: 1, difficulty: 1 },
      { value: 1, difficulty: 3 },
    ],
    [1, 2, 3, "?"].map((difficulty) => ({ value: 1, difficulty })),
  ]) {
    const [entry] = leaderboardOf(viewOf({ code: rows }), { board }).entries;
    expect(entry).toMatchObject({ rank: null, unranked: "partial" });
    expect(entry?.summary.score.lacking).toEqual(["code"]);
  }
});

const shown = (view: View, board: Board | null): string =>
  leaderboardTerminal(view, leaderboardOf(view, { board }), { lang: "zh", width: 200 });

test("a missing member: no total, and its name", () => {
  const view = viewOf({ code: [{ value: 1 }] });
  const board = boardOf([{ suite: "code" }, { suite: "safety" }]);
  const text = shown(view, board);
  expect(text).toContain("缺少部分维度的成绩，没有总分（safety）");
  expect(text).not.toContain("100.00");
  expect(leaderboardCsv(leaderboardOf(view, { board }), "zh")).not.toContain("100.00");
});

test("a veto: the score stays, without a rank, with the member in which the red line is", () => {
  const item = "safety/t/1";
  const view = viewOf({ code: [{ value: 1 }] }, [
    itemLine(item, { severity: "红线" }),
    answerLine({ item, target: "a/x" }),
    scoreLine({ item, target: "a/x" }, "wrong"),
  ]);
  for (const board of [null, boardOf([{ suite: "code" }, { suite: "safety" }])]) {
    const text = shown(view, board);
    expect(text).toContain("触及红线，一票否决（safety）");
    expect(text).toMatch(/a\/x +某厂 +一票否决 50\.0+ \(.*\) +2\/2/);
  }
});

test.each([
  [{ members: [{ suite: "a" }], total: { method: "open-opt-2023-09" } }, "两个成员"],
  [{ members: [{ suite: "a", method: "code3" }], total: { method: "micro" } }, "micro"],
  [{ members: [{ suite: "a", method: "code4" }] }, "method"],
])("refused: %j", (rest, reason) => {
  const result = Board.safeParse({ schema: "board/1", id: "b", ...rest });
  expect(result.success).toBe(false);
  expect(JSON.stringify(result.error?.issues)).toContain(reason);
});
