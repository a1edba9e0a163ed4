import { describe, expect, test } from "vitest";

import type { Verdict } from "../../domain/grader.ts";
import type { RunEvent } from "../../domain/run-file/event.ts";
import type { ReviewLine } from "../../domain/run-file/lines.ts";

import { leaderboardJson } from "../leaderboard/json.ts";
import { leaderboardOf } from "../leaderboard/leaderboard.ts";
import { leaderboardMarkdown } from "../leaderboard/markdown.ts";
import { answerLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";
import { personAgreement, agreementLines } from "./agreement.ts";

const target = "qwen/qwen-plus";
const values: Readonly<Partial<Record<Verdict, number>>> = { right: 1, wrong: 0, partial: 0.5 };

const review = (index: number, verdict: Verdict, more: Partial<ReviewLine> = {}): ReviewLine => ({
  kind: "review",
  key: answerLine({ item: `s/t/${index}`, target }).key,
  who: "张三",
  when: "2026-11-21T21:00:00.000Z",
  verdict,
  value: values[verdict] ?? null,
  reason: "",
  ...more,
});

const answered = (index: number, verdict: Verdict): readonly RunEvent[] => {
  const item = `s/t/${index}`;
  const score = scoreLine({ item, target }, verdict, values[verdict] ?? null);
  return [itemLine(item), answerLine({ item, target }), score];
};

function viewOf(...events: readonly RunEvent[]) {
  const view = createView();
  for (const event of [runLine([target]), ...events]) step(view, event);
  return view;
}

const verdictOf = (...events: readonly RunEvent[]): number =>
  viewOf(...events).targets[0]?.totals.value ?? Number.NaN;

describe("which ruling counts", () => {
  const scored = answered(1, "wrong");
  const early = { when: "2026-11-21T20:00:00.000Z" };
  const late = { when: "2026-11-21T22:00:00.000Z" };
  test.each<[string, readonly RunEvent[], number]>([
    ["a person over the grader", [review(1, "right")], 1],
    ["a person over a later grader", [review(1, "right"), ...answered(1, "wrong").slice(2)], 1],
    ["his later ruling over his earlier", [review(1, "right"), review(1, "wrong", late)], 0],
    ["an earlier one that came late", [review(1, "right"), review(1, "wrong", early)], 1],
    ["at one moment, the last line", [review(1, "right"), review(1, "partial")], 0.5],
    ["the later of two people", [review(1, "right", late), review(1, "wrong", { who: "李四" })], 1],
    [
      "when the last takes his back",
      [review(1, "right"), review(1, "wrong", { who: "李四", ...late }), review(1, "wrong", late)],
      0,
    ],
  ])("%s", (_, rulings, value) => {
    expect(verdictOf(...scored, ...rulings)).toBe(value);
  });

  test("an answer that a person finds impossible to judge does not count", () => {
    const view = viewOf(...scored, review(1, "ungraded"));
    expect(view.targets[0]?.totals).toMatchObject({ counted: 0, value: 0, answers: 1 });
  });
});

describe("agreement of graders with people", () => {
  const scored = [
    ...answered(1, "right"),
    ...answered(2, "right"),
    ...answered(3, "wrong"),
    ...answered(4, "partial"),
    ...answered(5, "ungraded"),
    ...answered(6, "right"),
  ];
  const rulings = [
    review(1, "right", { sampled: true }),
    review(2, "wrong"),
    review(3, "right", { sampled: true }),
    review(4, "partial"),
    review(5, "right"),
    review(6, "ungraded"),
  ];
  const later = answered(3, "right").slice(2);

  test("counts, directions, and what only one side could say", () => {
    const found = personAgreement(viewOf(...scored, ...rulings).targets);
    expect(found).toMatchObject({ ruled: 6, people: ["张三"], person_alone: 1, grader_alone: 1 });
    expect(found?.all).toMatchObject({
      n: 4,
      agree: 2,
      share: 0.5,
      false_right: 1,
      false_wrong: 1,
      bias: 0,
    });
    expect(found?.sampled).toMatchObject({ n: 2, agree: 1 });
    // Pairs (full, full), (full, none), (none, full), (partial, partial): po 1/2, pe 3/8.
    expect(found?.all.kappa.kappa).toBeCloseTo(0.2, 12);
  });

  test("a grader is measured by its last score, also one that came after the ruling", () => {
    const found = personAgreement(viewOf(...scored, ...rulings, ...later).targets);
    expect(found?.all).toMatchObject({ n: 4, agree: 3, false_wrong: 0 });
  });

  test("each grader apart, and people among themselves", () => {
    const judged: RunEvent = {
      ...scoreLine({ item: "s/t/2", target }, "wrong"),
      grader: { id: "judge", version: "1", digest: "another" },
    };
    const other = review(1, "wrong", { who: "李四" });
    const found = personAgreement(viewOf(...scored, judged, ...rulings, other).targets);
    expect(
      found?.by_grader.map(({ grader, agreement: { n, agree } }) => [grader, n, agree]),
    ).toEqual([
      ["choice", 3, 1],
      ["judge", 1, 1],
    ]);
    expect(found?.raters).toMatchObject({
      pairs: [{ people: ["张三", "李四"], n: 1, agree: 0 }],
      differing: 1,
      disputed: 1,
    });
    expect(found?.people).toEqual(["张三", "李四"]);
  });

  test("nobody ruled: nothing is claimed", () => {
    const view = viewOf(...scored);
    const board = leaderboardOf(view);
    expect(board.reviews).toBeNull();
    expect(leaderboardMarkdown(view, board, "zh")).not.toContain("人工裁定");
  });

  test("it stands in the leaderboard, in both languages and in JSON", () => {
    const view = viewOf(...scored, ...rulings);
    const board = leaderboardOf(view);
    expect(leaderboardMarkdown(view, board, "zh")).toContain(
      "人工裁定 6 条（张三），以人为准。与评分器一致 2/4",
    );
    expect(leaderboardMarkdown(view, board, "en")).toContain("6 answers ruled by people (张三)");
    expect(leaderboardJson(view, board)).toMatchObject({
      reviews: { ruled: 6, all: { n: 4, agree: 2 } },
      targets: [{ reviews: { ruled: 6 } }],
    });
  });

  test("without a random sample it says that the share does not stand for all", () => {
    const found = personAgreement(viewOf(...scored, review(1, "right")).targets);
    if (found === null) throw new Error("somebody ruled");
    expect(agreementLines(found, "zh").join("\n")).toContain("没有随机抽样");
    expect(agreementLines(found, "en").join("\n")).toContain("None was drawn at random");
  });
});
