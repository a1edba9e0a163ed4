import { expect, test } from "vitest";

import type { Board } from "../../../domain/board.ts";

import { answerLine, endLine, itemLine, runLine, scoreLine } from "../../testing/lines.ts";
import { createView, step } from "../../view/view.ts";
import { leaderboardOf } from "../leaderboard.ts";
import { leaderboardTerminal } from "../text.ts";
import { footer } from "./notes.ts";

type Verdicts = Readonly<Record<string, readonly boolean[]>>;

/** A run in which every target answers the items of `tasks`, named `suite/task`, the same way. */
function viewOf(targets: readonly string[], tasks: Verdicts) {
  const view = createView();
  const n = Object.values(tasks).reduce((sum, { length }) => sum + length, 0);
  step(view, runLine(targets, { size: { items: n, per_target: n, answers: n * targets.length } }));
  for (const [task, verdicts] of Object.entries(tasks)) {
    for (const [index, right] of verdicts.entries()) {
      const item = `${task}/${index}`;
      step(view, itemLine(item));
      for (const target of targets) {
        step(view, answerLine({ item, target }));
        step(view, scoreLine({ item, target }, right ? "right" : "wrong"));
      }
    }
  }
  step(view, endLine());
  return view;
}

const all = (right: boolean, n: number): readonly boolean[] =>
  Array.from({ length: n }, () => right);
const small = { "own/refunds": all(true, 4), "starter/sums": [...all(true, 9), ...all(false, 3)] };

const notesOf = (view: ReturnType<typeof viewOf>, lang: "zh" | "en", board: Board | null = null) =>
  footer(view, leaderboardOf(view, { board }), lang);

test("a small suite that weighs as much as a large one is named with its score", () => {
  const view = viewOf(["a/x"], small);
  expect(notesOf(view, "zh")).toContain(
    "总分是 2 个题集的平均，各占 1/2：own 100.0（4 题）、starter 75.0（12 题）。",
  );
  expect(notesOf(view, "en")).toContain(
    "A total is the mean of 2 suites, 1/2 each: own 100.0 (4 items), starter 75.0 (12 items).",
  );
});

test("a suite of few items that count much is said to widen the interval, with the suite that may be looked at alone", () => {
  const view = viewOf(["a/x"], {
    "own/refunds": all(true, 4),
    "starter/sums": [...all(true, 60), ...all(false, 12)],
  });
  expect(notesOf(view, "zh").join("\n")).toContain(
    "starter 83.3（72 题）。own 的一题抵 starter 的 18 题，所以区间多半是它撑宽的；只看 starter：baimo leaderboard 运行文件 --suite starter",
  );
  expect(notesOf(view, "en").join("\n")).toContain(
    "One item of own counts as much as 18 of starter, so most of the interval comes from it",
  );
});

test("whoever asked for three suites is not told to look at one alone", () => {
  const view = viewOf(["a/x"], {
    "own/refunds": all(true, 4),
    "starter/sums": [...all(true, 60), ...all(false, 12)],
    "other/sums": all(true, 70),
  });
  const text = notesOf(view, "zh").join("\n");
  expect(text).toMatch(/own 的一题抵 starter 的 18 题，所以区间多半是它撑宽的。/);
  expect(text).not.toContain("--suite");
});

test("several targets: the suites once, and the scores of each behind --wide", () => {
  const view = viewOf(["a/x", "b/y"], small);
  const board = leaderboardOf(view);
  const [short, wide] = [false, true].map((each) =>
    leaderboardTerminal(view, board, { lang: "en", wide: each }),
  );
  expect(short).toContain("1/2 each: own (4 items), starter (12 items).");
  expect(short).not.toContain("a/x: own 100.0");
  expect(short).toMatch(/and 2 more notes with --wide$/u);
  expect(wide).toContain("a/x: own 100.0, starter 75.0");
  expect(wide).toContain("b/y: own 100.0, starter 75.0");
});

const boardOf = (more: Partial<Board>): Board => ({
  schema: "board/1",
  id: "b",
  members: [
    { suite: "own", weight: 1 },
    { suite: "starter", weight: 3 },
  ],
  total: { method: "weighted" },
  reference: [],
  tie: 0,
  decimals: 1,
  min_coverage: 0.98,
  ...more,
});

test.each([
  [
    "weights",
    boardOf({}),
    "A total is the weighted mean of 2 suites: own 100.0 (4 items, 25%), starter 75.0 (12 items, 75%).",
  ],
  ["all items alike", boardOf({ total: { method: "micro" } }), null],
  [
    "a member without items",
    boardOf({
      members: [
        { suite: "own", weight: 1 },
        { suite: "none", weight: 1 },
      ],
    }),
    null,
  ],
] as const)("a board: %s", (_, board, line) => {
  const said = notesOf(viewOf(["a/x"], small), "en", board).filter((each) =>
    each.startsWith("A total"),
  );
  expect(said).toEqual(line === null ? [] : [line]);
});

test("one suite needs no such line", () => {
  const view = viewOf(["a/x"], { "starter/sums": all(true, 4) });
  expect(notesOf(view, "en").some((line) => line.startsWith("A total"))).toBe(false);
});

test("an interval that four items make wide says so, and one of many items does not", () => {
  const right = Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [`starter/task${at}`, all(true, 4)]),
  );
  const wide = viewOf(["a/x", "b/y"], { ...right, "own/refunds": [true, false, true, false] });
  expect(notesOf(wide, "en").find((line) => line.includes("this wide"))).toMatch(
    /^a\/x: the interval is this wide \(\d+\.\d–\d+\.\d\) mostly because of own\/refunds: .* 4 items are too few/u,
  );
  expect(notesOf(wide, "zh").find((line) => line.includes("区间这么宽"))).toMatch(
    /主要因为 own\/refunds：.*只有 4 题/u,
  );
  const plain = viewOf(["a/x"], { "starter/science": [...all(true, 20), ...all(false, 20)] });
  expect(notesOf(plain, "en").some((line) => line.includes("this wide"))).toBe(false);
});

test("where no target has a total, nothing is said of what it is made", () => {
  const view = createView();
  step(view, runLine(["a/x"], { size: { items: 2, per_target: 2, answers: 2 } }));
  for (const item of ["own/refunds/0", "starter/sums/0"]) {
    step(view, itemLine(item));
    step(view, answerLine({ item, target: "a/x", outcome: "server" }));
  }
  step(view, endLine());
  expect(notesOf(view, "en").some((line) => line.startsWith("A total"))).toBe(false);
});
