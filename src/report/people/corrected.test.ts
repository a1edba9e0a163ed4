import { describe, expect, test } from "vitest";

import type { RunEvent } from "../../domain/run-file/event.ts";
import type { RandomDraw, ReviewLine } from "../../domain/run-file/lines.ts";

import { leaderboardJson } from "../leaderboard/json.ts";
import { leaderboardOf } from "../leaderboard/leaderboard.ts";
import { leaderboardMarkdown } from "../leaderboard/markdown.ts";
import { answerLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";
import { correctedMeans } from "./corrected.ts";

const target = "qwen/qwen-plus";
const draw: RandomDraw = { seed: 7, drawn: 20, of: 100 };

/** A hundred judged answers, each of which the judge gives 0.2 more than people would. */
const people = Array.from({ length: 100 }, (_, index) => ((index * 7) % 9) / 10);
const answered = (index: number, value: number | null): readonly RunEvent[] => {
  const item = `s/t/${index}`;
  const verdict = value === null ? "ungraded" : "partial";
  return [
    itemLine(item),
    answerLine({ item, target }),
    {
      ...scoreLine({ item, target }, verdict, value),
      ballots: [
        { judge: "x/j", vote: 1, value, reason: null, invalid: value === null ? "拒评" : null },
      ],
    },
  ];
};
const review = (index: number, more: Partial<ReviewLine> = {}): ReviewLine => ({
  kind: "review",
  key: answerLine({ item: `s/t/${index}`, target }).key,
  who: "张三",
  when: "2026-11-21T21:00:00.000Z",
  verdict: "partial",
  value: people[index] ?? 0,
  reason: "",
  sampled: true,
  draw,
  ...more,
});
const sample = Array.from({ length: 20 }, (_, index) => index * 5);

function viewOf(...events: readonly RunEvent[]) {
  const view = createView();
  for (const event of [runLine([target]), ...events]) step(view, event);
  return view;
}
const judged = people.flatMap((value, index) => answered(index, value + 0.2));
const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / values.length;

describe("judges' means, corrected by rulings drawn at random", () => {
  test("a judge's bias goes, and the interval is narrower than that of the rulings", () => {
    const found = correctedMeans(viewOf(...judged, ...sample.map((each) => review(each))));
    expect(found).toMatchObject({ drawn: 20, ruled: 20 });
    const [mean] = found?.targets ?? [];
    expect(mean).toMatchObject({ target, answers: 100, judged: 100, ruled: 20, why: null });
    expect(mean?.raw).toBeCloseTo(meanOf(people) + 0.2, 12);
    expect(mean?.corrected).toBeCloseTo(meanOf(people), 12);
    expect(mean?.lambda).toBeCloseTo(1, 12);
    const width = (of: { low: number; high: number } | null | undefined): number =>
      (of?.high ?? 1) - (of?.low ?? 0);
    expect(width(mean?.corrected_interval)).toBeLessThan(0.6 * width(mean?.alone_interval));
  });

  test("rulings on what looked doubtful are in no figure", () => {
    const doubtful = [1, 2, 3, 4, 6, 7, 8, 9, 11, 12].map((each) => {
      const { draw: _, sampled: __, ...line } = review(each, { value: 0, verdict: "wrong" });
      return line;
    });
    expect(correctedMeans(viewOf(...judged, ...doubtful))).toBeNull();
    const drawn = sample.map((each) => review(each));
    expect(correctedMeans(viewOf(...judged, ...drawn, ...doubtful))).toEqual(
      correctedMeans(viewOf(...judged, ...drawn)),
    );
  });

  test("so are samples of earlier versions, whose probability nobody knows", () => {
    const old = sample.map((each) => {
      const { draw: _, ...line } = review(each);
      return line;
    });
    expect(correctedMeans(viewOf(...judged, ...old))).toBeNull();
  });

  test("a ruling on a drawn answer counts whoever made it, an arbiter's above all", () => {
    const { draw: _, ...bare } = review(0, { who: "李四", value: 0.9, arbiter: true });
    const later = review(0, { value: 0.1, when: "2026-11-22T21:00:00.000Z" });
    const drawn = sample.map((each) => review(each));
    const found = correctedMeans(viewOf(...judged, ...drawn, bare, later));
    const values = sample.map((each) => (each === 0 ? 0.9 : (people[each] ?? 0)));
    expect(found?.targets[0]?.alone).toBeCloseTo(meanOf(values), 12);
  });

  test("a sample that was left half way corrects nothing", () => {
    const half = sample.slice(0, 12).map((each) => review(each));
    const found = correctedMeans(viewOf(...judged, ...half));
    expect(found).toMatchObject({
      drawn: 20,
      ruled: 12,
      targets: [{ corrected: null, why: "unfinished" }],
    });
  });

  test("a larger draw by the same seed takes the place of the smaller one", () => {
    const lines = sample.map((each, at) =>
      review(each, { draw: at < 10 ? { ...draw, drawn: 10 } : draw }),
    );
    expect(correctedMeans(viewOf(...judged, ...lines))).toMatchObject({ drawn: 20, ruled: 20 });
  });

  test("of two draws by chance, the overlap is taken off", () => {
    const lines = sample.map((each, at) =>
      review(each, { draw: { seed: at < 10 ? 7 : 8, drawn: 11, of: 100 } }),
    );
    // 100 · (1 - 0.89²) = 20.8
    expect(correctedMeans(viewOf(...judged, ...lines))).toMatchObject({ drawn: 21, ruled: 20 });
  });

  test("fewer than ten questions are too few, and a void ruling is done but gives no mark", () => {
    const small: RandomDraw = { seed: 7, drawn: 10, of: 100 };
    const lines = sample
      .slice(0, 10)
      .map((each, at) =>
        review(
          each,
          at === 0 ? { draw: small, verdict: "ungraded", value: null } : { draw: small },
        ),
      );
    const found = correctedMeans(viewOf(...judged, ...lines));
    expect(found).toMatchObject({
      ruled: 10,
      targets: [{ ruled: 9, corrected: null, why: "few" }],
    });
  });

  test("a judge that will not mark what is bad lifts its own mean, not the corrected one", () => {
    const some = people.flatMap((value, index) => answered(index, value < 0.3 ? null : value));
    const [mean] =
      correctedMeans(viewOf(...some, ...sample.map((each) => review(each))))?.targets ?? [];
    expect(mean?.judged).toBeLessThan(80);
    expect(mean?.raw).toBeGreaterThan(meanOf(people) + 0.1);
    expect(mean?.corrected_interval?.low).toBeLessThan(meanOf(people));
    expect(mean?.corrected_interval?.high).toBeGreaterThan(meanOf(people));
    expect(mean?.corrected).toBeLessThan((mean?.raw ?? 0) - 0.05);
  });

  test("it stands on the leaderboard beside the judges' mean, in both languages and in JSON", () => {
    const view = viewOf(...judged, ...sample.map((each) => review(each)));
    const board = leaderboardOf(view);
    expect(leaderboardMarkdown(view, board, "zh")).toContain(
      "裁判均分 59.6（100 条）；按 20 条随机裁定校正为 39.6",
    );
    expect(leaderboardMarkdown(view, board, "en")).toContain("corrected by 20 random rulings 39.6");
    expect(leaderboardJson(view, board)).toMatchObject({ corrected: { drawn: 20 } });
  });
});
