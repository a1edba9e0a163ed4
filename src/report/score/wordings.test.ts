import { expect, test } from "vitest";

import type { RunEvent } from "../../domain/run-file/event.ts";

import { leaderboardCsv } from "../leaderboard/csv.ts";
import { leaderboardJson } from "../leaderboard/json.ts";
import { leaderboardOf } from "../leaderboard/leaderboard.ts";
import { leaderboardMarkdown } from "../leaderboard/markdown.ts";
import { leaderboardTerminal } from "../leaderboard/text.ts";
import { leaderboardReport } from "../page/first-view.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";

type Verdicts = Readonly<Record<string, (item: number, trial: number) => boolean | null>>;

/** One target whose answer to an item is right, wrong or, where null, not graded, by wording; "" is the base. */
function viewOf(verdicts: Verdicts, { items = 10, trials = 1 } = {}) {
  const events: RunEvent[] = [runLine(["a/b"])];
  const asks = Object.keys(verdicts).map((name) => ({
    wording: name === "" ? null : name,
    ask_digest: `digest ${name}`,
    messages: [],
    turns: ["题"],
  }));
  for (let item = 0; item < items; item++) {
    const id = `s/t/i${item}`;
    events.push(itemLine(id, { asks }));
    for (const { wording } of asks) {
      for (let trial = 1; trial <= trials; trial++) {
        const facts = { item: id, target: "a/b", wording, trial };
        const right = verdicts[wording ?? ""]?.(item, trial) ?? null;
        events.push(answerLine(facts));
        events.push(
          right === null
            ? scoreLine(facts, "ungraded", null)
            : scoreLine(facts, right ? "right" : "wrong"),
        );
      }
    }
  }
  events.push(endLine());
  const view = createView();
  for (const event of events) step(view, event);
  return view;
}

function summaryOf(verdicts: Verdicts, size?: { items?: number; trials?: number }) {
  const [entry] = leaderboardOf(viewOf(verdicts, size)).entries;
  if (entry === undefined) throw new Error("no entry");
  return entry.summary;
}

const three: Verdicts = {
  "": (item) => item < 8,
  terse: (item) => item < 6,
  polite: (item) => item < 9,
};

test("ten items in three wordings, by hand", () => {
  const { score, wordings } = summaryOf(three);
  expect(score.value).toBe(0.8);
  expect(wordings).toMatchObject({ items: 10, left_out: 0 });
  expect(wordings?.scores.map(({ wording, n, score }) => [wording, n, score.value])).toEqual([
    [null, 10, 0.8],
    ["polite", 10, 0.9],
    ["terse", 10, 0.6],
  ]);
  expect(wordings?.spread).toMatchObject({ highest: "polite", lowest: "terse", n: 10 });
  expect(wordings?.spread.value).toBeCloseTo(0.3, 12);
  // Items 6, 7 and 8; Wilson at the size 0.21 / se² = 9
  expect(wordings?.changed?.value).toBeCloseTo(0.3, 12);
  expect(wordings?.changed?.interval?.low).toBeCloseTo(0.102147092259, 11);
  expect(wordings?.changed?.interval?.high).toBeCloseTo(0.617510927109, 11);
});

test("every report shows it beside a score that the base wording alone makes", () => {
  const view = viewOf(three);
  const board = leaderboardOf(view);
  const wide = leaderboardTerminal(view, board, { lang: "zh", wide: true });
  expect(wide).toContain("问法差 (95% 区间)");
  expect(wide).toContain("30.0 [0.0, 75.6]");
  const line =
    "问法 a/b：10 题（每题等权），原问法 80.0（10 题）、polite 90.0（10 题）、terse 60.0（10 题）；最大相差 30.0 [0.0, 75.6] 分（同 10 题：polite 90.0，terse 60.0），扣除随机波动后标准差 12.2；30%";
  expect(wide).toContain(line);
  expect(leaderboardTerminal(view, board, { lang: "zh", width: 80 })).toContain(line);
  const page = JSON.stringify(leaderboardReport(view, board, { board: null, now: new Date() }));
  expect(page).toContain("polite 90.0，terse 60.0");
  expect(leaderboardMarkdown(view, board, "en")).toContain(
    "Wordings a/b: 10 items of equal weight, base wording 80.0 (n 10), polite 90.0 (n 10), terse 60.0 (n 10); spread 30.0 [0.0, 75.6] (the same 10 items: polite 90.0, terse 60.0), standard deviation beyond chance 12.2; 30%",
  );
  const [head = "", row = ""] = leaderboardCsv(board, "en").split("\n");
  expect(head).toContain("Wording spread (95% interval),Changed by wording");
  expect(row).toContain('"30.0 [0.0, 75.6]",30%');
  expect(leaderboardJson(view, board)).toMatchObject({
    targets: [
      {
        total: 0.8,
        wordings: {
          scores: [{ wording: null }, { wording: "polite" }, { wording: "terse" }],
          spread: { highest: "polite", lowest: "terse" },
        },
      },
    ],
  });
});

test("an item scored in one wording alone is left out and counted", () => {
  const { wordings } = summaryOf({
    "": (item) => item < 8,
    terse: (item) => (item === 3 ? null : item < 6),
  });
  expect(wordings).toMatchObject({ items: 9, left_out: 1, spread: { n: 9 } });
  expect(wordings?.scores[0]?.score.value).toBeCloseTo(7 / 9, 12);
});

test("a wording that one part of the items has is compared over that part", () => {
  const { wordings } = summaryOf({
    "": (item) => item < 8,
    terse: () => true,
    short: (item) => (item < 5 ? null : false),
  });
  expect(wordings?.scores.map(({ n }) => n)).toEqual([10, 5, 10]);
  expect(wordings?.spread).toMatchObject({
    value: 1,
    n: 5,
    highest: "terse",
    lowest: "short",
    high: 1,
    low: 0,
  });
});

test("wordings are compared trial by trial, so luck between trials is not the wording's", () => {
  const sameLuck = summaryOf(
    {
      "": (item, trial) => (item + trial) % 2 === 0,
      terse: (item, trial) => (item + trial) % 2 === 0,
    },
    { trials: 2 },
  );
  expect(sameLuck.wordings?.changed?.value).toBe(0);
  const half = summaryOf({ "": () => true, terse: (_, trial) => trial === 1 }, { trials: 2 });
  expect(half.wordings?.changed?.value).toBe(0.5);
  expect(half.wordings?.spread.value).toBe(0.5);
});

test("rotations of the options are no wordings, and nothing is said where there is none", () => {
  const view = viewOf({ "": () => true, "rotate:1": () => false });
  const board = leaderboardOf(view);
  expect(board.entries[0]?.summary.wordings).toBeNull();
  for (const lang of ["zh", "en"] as const) {
    const shown = leaderboardTerminal(view, board, { lang, wide: true });
    expect(shown).not.toMatch(/问法|[Ww]ording/);
  }
  const both = summaryOf({ "": () => true, "rotate:1": () => false, terse: () => true });
  expect(both.wordings?.scores.map(({ wording }) => wording)).toEqual([null, "terse"]);
  expect(both.wordings?.spread.value).toBe(0);
});

test("a target of which nothing was scored has no spread", () => {
  expect(summaryOf({ "": () => null, terse: () => null }).wordings).toBeNull();
});
