import fc from "fast-check";
import { expect, test } from "vitest";

import type { RunLine } from "../../domain/run-file/header.ts";

import { leaderboardOf } from "../leaderboard/leaderboard.ts";
import { leaderboardTerminal } from "../leaderboard/text.ts";
import { answerLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { plannedOf } from "./planned.ts";
import { createView, step } from "./view.ts";

const target = "a/b";

type Part = {
  /** Items of the suite `s` in the order in which they are asked, and how many of them got an answer. */
  readonly items: readonly number[];
  readonly done?: number;
  readonly trials?: number;
};

/** One run for each part, each in a file of its own. */
function viewOf(parts: readonly Part[]) {
  const view = createView();
  for (const { items, done = items.length, trials = 1 } of parts) {
    const run = runLine([target]);
    step(view, {
      ...run,
      suites: run.suites.map((suite) => Object.assign({}, suite, { items: items.length })),
      settings: { ...run.settings, trials },
      size: {
        items: items.length,
        per_target: items.length * trials,
        answers: items.length * trials,
      },
    } satisfies RunLine);
    for (const number of items.slice(0, done)) {
      const item = `s/t/${number}`;
      step(view, itemLine(item));
      for (let trial = 1; trial <= trials; trial++) {
        step(view, answerLine({ item, target, trial }));
        step(view, scoreLine({ item, target, trial }, "right"));
      }
    }
  }
  return view;
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

test.each<readonly [name: string, parts: readonly Part[], planned: number, overlaps: number]>([
  ["two halves", [{ items: range(0, 50) }, { items: range(50, 100) }], 100, 0],
  ["parts that share some", [{ items: range(0, 60) }, { items: range(40, 104) }], 104, 20],
  ["a part within another", [{ items: range(0, 100) }, { items: range(10, 20) }], 100, 10],
  ["the same run twice", [{ items: range(0, 40) }, { items: range(0, 40) }], 40, 40],
  ["more trials of some", [{ items: range(0, 40) }, { items: range(0, 10), trials: 3 }], 60, 10],
  [
    "the second half has begun",
    [{ items: range(0, 50) }, { items: range(50, 100), done: 20 }],
    100,
    0,
  ],
  [
    "both have begun",
    [
      { items: range(0, 50), done: 5 },
      { items: range(50, 100), done: 20 },
    ],
    100,
    0,
  ],
  [
    "the same plan, begun twice",
    [
      { items: range(0, 100), done: 50 },
      { items: range(0, 100), done: 20 },
    ],
    100,
    20,
  ],
  ["nothing named yet", [{ items: range(0, 100), done: 0 }], 100, 0],
])("%s", (_, parts, planned, overlaps) => {
  const view = viewOf(parts);
  expect(plannedOf(view, target, null)).toBe(planned);
  expect(view.overlaps).toBe(overlaps);
});

test("whatever finished parts a suite is cut into, nothing is above its plan, in any order", () => {
  const parts = fc.array(
    fc.record({
      items: fc.uniqueArray(fc.nat(60), { minLength: 1 }),
      trials: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(parts, (given) => {
      const [entry] = leaderboardOf(viewOf(given)).entries;
      expect(entry?.summary.answers).toBe(entry?.summary.planned);
      expect(entry?.summary.coverage).toBe(1);
      expect(leaderboardOf(viewOf(given.toReversed())).entries[0]?.summary.planned).toBe(
        entry?.summary.planned,
      );
    }),
    { numRuns: 60 },
  );
});

test("overlaps are said in every language", () => {
  const view = viewOf([{ items: range(0, 60) }, { items: range(40, 104) }]);
  const told = (lang: "zh" | "en") =>
    leaderboardTerminal(view, leaderboardOf(view), { lang, width: 160 });
  expect(told("zh")).toContain("有 20 次作答在几个文件里都有");
  expect(told("zh")).toContain("104/104");
  expect(told("en")).toContain("20 answers stand in more than one file");
});
