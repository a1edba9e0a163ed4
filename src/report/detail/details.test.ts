import { describe, expect, test } from "vitest";

import type { LabelsSaid, SubScore } from "../../domain/run-file/sub-score.ts";

import { leaderboardCsv } from "../leaderboard/csv.ts";
import { leaderboardOf } from "../leaderboard/leaderboard.ts";
import { leaderboardMarkdown } from "../leaderboard/markdown.ts";
import { answerLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";

const target = "a/a";

type Given = {
  readonly value: number | null;
  readonly extracted?: string | null;
  readonly grader?: string;
  readonly sub_scores?: readonly SubScore[];
  readonly labels?: LabelsSaid;
};

/** One item for each list, which holds its trials; `gold` are the labels by item. */
function viewOf(trials: readonly (readonly Given[])[], gold: readonly (readonly string[])[] = []) {
  const view = createView();
  step(view, runLine([target]));
  for (const [index, given] of trials.entries()) {
    const item = `s/t/${index}`;
    const turns =
      gold[index] === undefined
        ? {}
        : { turns: [{ options: null, answer: [...gold[index]], grader: { use: "labels" } }] };
    step(view, itemLine(item, turns));
    for (const [at, { value, extracted = null, grader = "exact", ...more }] of given.entries()) {
      const facts = { item, target, trial: at + 1 };
      step(view, answerLine(facts));
      const verdict =
        value === null ? "ungraded" : value === 1 ? "right" : value === 0 ? "wrong" : "partial";
      const line = scoreLine(facts, verdict, value);
      step(view, {
        ...line,
        extracted,
        ...more,
        grader: { id: grader, version: "1", digest: `${grader} 1` },
      });
    }
  }
  return view;
}

const summaryOf = (view: ReturnType<typeof viewOf>) => leaderboardOf(view).entries[0]?.summary;
const right = { value: 1, extracted: "42" };
const wrong = (extracted: string | null, grader = "exact"): Given => ({
  value: 0,
  extracted,
  grader,
});

describe("trials", () => {
  test("are read for every k, and the score stays their mean", () => {
    const summary = summaryOf(
      viewOf([
        [right, right, wrong("41")],
        [wrong("1"), wrong("1"), right],
      ]),
    );
    expect(summary?.score.value).toBeCloseTo(0.5, 12);
    expect(summary?.trials).toMatchObject({ least: 3, most: 3 });
    expect(
      summary?.trials?.at.map(({ k, items, pass_at, pass_all, majority }) => [
        k,
        items,
        pass_at.value,
        pass_all.value,
        majority?.value ?? null,
      ]),
    ).toEqual([
      [1, 2, expect.closeTo(0.5, 12), expect.closeTo(0.5, 12), expect.closeTo(0.5, 12)],
      // Of the first item, {right, right} alone has a majority; of the second none is right.
      [
        2,
        2,
        expect.closeTo((1 + 2 / 3) / 2, 12),
        expect.closeTo(1 / 6, 12),
        expect.closeTo(1 / 6, 12),
      ],
      [3, 2, 1, 0, 0.5],
    ]);
  });

  test("spellings of one answer vote together, and what was not read votes for nothing", () => {
    const majorityOf = (given: readonly Given[]) =>
      summaryOf(viewOf([given]))?.trials?.at.at(-1)?.majority?.value;
    expect(majorityOf([right, right, wrong("1,000"), wrong("1000"), wrong("1000.0")])).toBe(0);
    expect(majorityOf([right, right, wrong("999"), wrong("1000"), wrong("1001")])).toBe(1);
    expect(majorityOf([right, wrong(null), wrong(null), wrong(null)])).toBe(1);
    expect(majorityOf([right, wrong("Ａ。"), wrong("a")])).toBe(0);
  });

  test("programs and free texts have no majority", () => {
    const code = { value: 1, extracted: "def f(): pass", grader: "code" };
    const { trials } = summaryOf(viewOf([[code, { ...code, value: 0 }]])) ?? {};
    expect(trials?.at.map(({ pass_at, majority }) => [pass_at.value, majority])).toEqual([
      [0.5, null],
      [1, null],
    ]);
  });

  test("a trial that was not counted lowers the items of the highest k alone", () => {
    const summary = summaryOf(
      viewOf([
        [right, right, { value: null }],
        [right, right, right],
      ]),
    );
    expect(summary?.trials).toMatchObject({ least: 2, most: 3 });
    expect(summary?.trials?.at.map(({ items }) => items)).toEqual([2, 2, 1]);
  });

  test("of one trial nothing is told", () => {
    expect(summaryOf(viewOf([[right], [wrong("1")]]))?.trials).toBeNull();
  });
});

const part = (name: string, value: number | null): SubScore => ({
  name,
  use: "contains",
  verdict: value === null ? "ungraded" : value === 1 ? "right" : "wrong",
  value,
  weight: 1,
  extracted: null,
  why: "",
});

test("sub-scores are means over the items of a task", () => {
  const view = viewOf([
    [{ value: 0.5, sub_scores: [part("要点", 1), part("语气", 0)] }],
    [{ value: 1, sub_scores: [part("要点", 1), part("语气", 1)] }],
    [{ value: 0.5, sub_scores: [part("要点", 1), part("语气", null)] }],
  ]);
  expect(
    summaryOf(view)?.sub_scores.map(({ suite, task, name, items, value }) => [
      suite,
      task,
      name,
      items,
      value.value,
    ]),
  ).toEqual([
    ["s", "t", "要点", 3, 1],
    ["s", "t", "语气", 2, 0.5],
  ]);
  const board = leaderboardOf(view);
  expect(leaderboardMarkdown(view, board, "zh")).toContain("| s/t | 语气 | 50.0");
  expect(leaderboardCsv(board, "zh")).toContain("sub-score s/t/语气");
});

describe("labels", () => {
  const said = (...known: string[]): Given => ({
    value: 1,
    grader: "labels",
    labels: { known, unknown: [] },
  });

  test("make macro-F1 and a confusion table", () => {
    const view = viewOf(
      [
        [said("正")],
        [said("负")],
        [said("负")],
        [{ value: 0, grader: "labels" }],
        [{ value: 0, grader: "labels", labels: { known: [], unknown: ["怒"] } }],
      ],
      [["正"], ["正"], ["负"], ["中"], ["负"]],
    );
    const [score] = summaryOf(view)?.labels ?? [];
    // 正 2/3, 负 1/2, 中 0.
    expect(score?.macro_f1.value).toBeCloseTo((2 / 3 + 1 / 2) / 3, 12);
    expect(score?.macro_f1.interval).not.toBeNull();
    expect(score).toMatchObject({ answers: 5, unread: 1, unknown: 1 });
    expect(score?.confusion).toContainEqual({ gold: "正", said: "负", n: 1 });
    expect(score?.confusion).toContainEqual({ gold: "中", said: null, n: 1 });
    expect(score?.confusion).toContainEqual({ gold: "负", said: "", n: 1 });
    const text = leaderboardMarkdown(view, leaderboardOf(view), "zh");
    expect(text).toContain("| 正 | 0 | 1 | 1 | 0 | 0 |");
  });

  test("of several an answer have no confusion table, and each label its counts", () => {
    const view = viewOf([[said("退款", "物流")], [said("物流")]], [["退款"], ["物流", "发票"]]);
    const [score] = summaryOf(view)?.labels ?? [];
    expect(score?.confusion).toBeNull();
    expect(score?.classes.map(({ label, tp, fp, fn, tn }) => [label, tp, fp, fn, tn])).toEqual([
      ["发票", 0, 0, 1, 1],
      ["物流", 1, 1, 0, 0],
      ["退款", 1, 0, 0, 1],
    ]);
  });
});
