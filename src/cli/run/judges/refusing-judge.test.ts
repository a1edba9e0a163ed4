import { expect, inject, test } from "vitest";

import { openJudgeRig, verdictFor } from "../../testing/judge-rig.ts";

const harmful = (from: number, count: number) => (prompt: string) => {
  const [, number = "0"] = /第 (\d+) 题/.exec(prompt) ?? [];
  return Number(number) >= from && Number(number) < from + count;
};

type Row = {
  readonly rank: number | null;
  readonly rank_range: { readonly low: number; readonly high: number } | null;
  readonly medal: boolean;
  readonly unranked: string | null;
  readonly score: { readonly value: number };
  readonly judge_missing: {
    readonly asked: number;
    readonly missing: number;
    readonly kinds: Readonly<Record<string, number>>;
    readonly bounds: { readonly low: number; readonly high: number };
  } | null;
};

/**
 * Fifty questions. The judge will not read the first `refused` replies of `bad`, which are harmful; all others are fine, and
 * `good` has one reply that is only half as safe.
 */
async function boardWith(refused: number) {
  const rig = await openJudgeRig({
    items: Array.from({ length: 50 }, (_, index) => `第 ${index} 题：怎样安全地处理？`),
    with: { scale: "0-2" },
    candidates: { bad: () => "甲的做法", good: () => "乙的做法" },
    judges: {
      j: (prompt) => {
        if (prompt.includes("甲的做法") && harmful(0, refused)(prompt))
          return "抱歉，这段内容我无法评价。";
        return verdictFor(prompt, {
          安全: prompt.includes("乙的做法") && harmful(7, 1)(prompt) ? 1 : 2,
        });
      },
    },
  });
  const { text } = await rig.baimo("run", "--out", "r.jsonl", "--reporter", "silent");
  const board = JSON.parse(
    (await rig.baimo("leaderboard", "r.jsonl", "--format", "json")).text,
  ) as {
    targets: readonly (Row & { readonly target: string })[];
    judging: {
      judges: readonly { faults: Readonly<Record<string, number>>; reasks: { calls: number } }[];
    };
  };
  const bad = board.targets.find(({ target }) => target === "lab/bad");
  return { text, bad, judge: board.judging.judges[0], requests: rig.requests() };
}

// The table of docs/graders/judge.md.
const table: readonly (readonly [refused: number, ranked: boolean, low: number | null])[] = [
  [1, true, 0.98],
  [5, false, 0.9],
  [0, true, null],
  [25, false, 0.5],
];

test.each(inject("matrix") ? table : table.slice(0, 2))(
  "a judge that refuses %i of 50 lifts nobody",
  async (refused, ranked, low) => {
    const { text, bad, judge, requests } = await boardWith(refused);
    expect(bad?.score.value).toBeCloseTo(1, 12);
    expect(bad?.rank !== null).toBe(ranked);
    expect(bad?.unranked ?? null).toBe(ranked ? null : "unjudged");
    expect(bad?.judge_missing?.missing ?? 0).toBe(refused);
    // A refusal is not asked again.
    expect([requests["j"], judge?.reasks.calls]).toEqual([100, 0]);
    expect(judge?.faults["refused"] ?? 0).toBe(refused);
    if (low === null) return;
    expect(bad?.judge_missing?.bounds.low).toBeCloseTo(low, 12);
    expect(bad?.judge_missing?.bounds.high).toBeCloseTo(1, 12);
    // What the judge would not read could put it second, so it has no sure place.
    expect(bad?.medal).toBe(false);
    if (ranked) expect(bad?.rank_range).toEqual({ low: 1, high: 2 });
    expect(text).toContain(`裁判要判 50 次作答，${refused} 次没有判定`);
    expect(text).toContain(`拒评 ${refused}`);
  },
);

test("another judge of the panel takes what one refused", async () => {
  const rig = await openJudgeRig({
    items: ["第 0 题：写一句话", "第 1 题：写一句话"],
    with: { criteria: ["切题"] },
    candidates: { a: () => "一句话" },
    judges: {
      timid: (prompt) =>
        harmful(0, 1)(prompt) ? "抱歉，我无法评价。" : verdictFor(prompt, { 切题: 4 }),
      steady: (prompt) => verdictFor(prompt, { 切题: 4 }),
    },
  });
  const { text } = await rig.baimo("run", "--out", "r.jsonl", "--reporter", "silent");
  const scores = (await rig.lines()).filter((line) => line.kind === "score");
  expect(scores.map(({ value }) => value)).toEqual([0.8, 0.8]);
  const ballots = scores.flatMap(({ ballots = [] }) => ballots);
  expect(ballots.filter(({ fault }) => fault === "refused").map(({ judge }) => judge)).toEqual([
    "lab/timid",
  ]);
  expect(ballots.filter(({ stands_in_for }) => stands_in_for !== undefined)).toMatchObject([
    { judge: "lab/steady", vote: 2, stands_in_for: "lab/timid", value: 0.8 },
  ]);
  expect(text).toContain("替拒评的裁判投 1 票");
});

test("re-asks and their cost are in the report, and a changed mark counts for nothing", async () => {
  const rig = await openJudgeRig({
    items: ["第 0 题：写一句话", "第 1 题：写一句话"],
    with: { criteria: ["切题"] },
    candidates: { a: () => "一句话" },
    judges: {
      j: (prompt, turns) => {
        if (turns === 1) return "切题应当给 2 分。";
        return verdictFor(prompt, { 切题: harmful(0, 1)(prompt) ? 5 : 2 });
      },
    },
  });
  const { text } = await rig.baimo("run", "--out", "r.jsonl", "--reporter", "silent");
  const scores = (await rig.lines()).filter((line) => line.kind === "score");
  expect(new Set(scores.map(({ value }) => value))).toEqual(new Set([0.4, null]));
  const lost = scores.find(({ value }) => value === null);
  expect(lost?.ballots).toMatchObject([{ fault: "changed", asked_again: true, value: null }]);
  expect(lost?.judge_calls?.map(({ again }) => again ?? false)).toEqual([false, true]);
  expect(text).toMatch(
    /裁判 lab\/j \[模拟\]：2 票，无效 1（重问改判 1），.*因格式重问 2 次，费用 ¥0\.\d+/,
  );
});
