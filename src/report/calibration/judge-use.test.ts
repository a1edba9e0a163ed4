import { describe, expect, test } from "vitest";

import type { Grade } from "../../domain/grader.ts";
import type { JudgeRow } from "../../grading/calibration/judge-row.ts";

import { seededRandom } from "../../stats/random.ts";
import { type JudgedRow, judgeSummary } from "./judge-summary.ts";

const marking = { low: 1, high: 5, half: false };
const clamp = (mark: number): number => Math.min(5, Math.max(1, Math.round(mark)));

const graded = (mark: number | null): Grade => ({
  verdict: mark === null ? "ungraded" : "partial",
  value: mark === null ? null : mark / 5,
  extracted: null,
  why: "judge marks",
});

/** Rows that two people marked within a step of each other, and what a judge makes of them. */
function rowsOf(
  count: number,
  judgeOf: (mark: number, random: () => number, index: number) => number | null,
  raters = true,
): readonly JudgedRow[] {
  const random = seededRandom(5);
  return Array.from({ length: count }, (_, index) => {
    const truth = 1 + 4 * random();
    const people = [clamp(truth + random() - 0.5), clamp(truth + random() - 0.5)];
    const row: JudgeRow = {
      question: `第 ${index} 题`,
      response: "答".repeat(1 + Math.floor(random() * 200)),
      ...(raters ? { raters: people } : { mark: people[0] }),
    };
    return {
      row,
      grade: graded(judgeOf(truth, random, index)),
      repeats: [],
      withoutReference: null,
    };
  });
}
const good = (truth: number, random: () => number) => clamp(truth + random() - 0.5);
const useOf = (rows: readonly JudgedRow[]) => judgeSummary(rows, marking).use;

describe("whether a judge may be used", () => {
  test("as good as one more person", () => {
    const { verdict, says } = useOf(rowsOf(120, good));
    expect(verdict).toBe("use");
    expect(says.zh).toMatch(
      /^与人一致性达到人际水平的 \d+%（95% 区间 \d+%–\d+%）：可以代替人评分。$/,
    );
    expect(says.en).toMatch(/^Its agreement with people reaches \d+% of theirs with each other/);
  });

  test("marks at random", () => {
    const { verdict, says } = useOf(rowsOf(120, (_, random) => clamp(1 + 4 * random())));
    expect([verdict, says.zh]).toEqual(["avoid", expect.stringContaining("不能代替人评分")]);
  });

  test("good, and lenient by a step: to be corrected", () => {
    const { says } = useOf(rowsOf(120, (truth, random) => clamp(truth + 1 + random() - 0.5)));
    expect(says.zh).toMatch(/偏松 0\.\d+ 档，均分要用随机裁定校正/);
    expect(says.en).toContain("lenient by");
  });

  test("too few rows to tell", () => {
    const { verdict, says } = useOf(rowsOf(20, good));
    expect([verdict, says.zh]).toEqual(["unsure", expect.stringContaining("只有 20 条、20 道题")]);
  });

  test("it refuses one in twenty, and so chooses what it marks", () => {
    const { verdict, says } = useOf(
      rowsOf(120, (truth, random, index) => (index % 20 === 0 ? null : good(truth, random))),
    );
    expect([verdict, says.zh]).toEqual(["unsure", expect.stringContaining("6/120 条不给判定")]);
  });

  test("without several people their level is unknown, and κ decides", () => {
    const { verdict, says } = useOf(rowsOf(120, good, false));
    expect([verdict, says.zh]).toEqual(["use", expect.stringContaining("不知道人际水平")]);
  });
});

describe("its habits", () => {
  test("length that only the judge rewards", () => {
    const rows = rowsOf(100, good).map((each) => ({
      ...each,
      grade: graded(clamp((each.grade.value ?? 0) * 5 + (each.row.response.length - 100) / 60)),
    }));
    const { length, use } = judgeSummary(rows, marking);
    expect(length?.correlation).toBeGreaterThan(0.5);
    expect(use.says.zh).toContain("偏爱长回答");
  });

  test("the same again, or not", () => {
    const rows = rowsOf(60, good).map((each, index) => ({
      ...each,
      repeats: [index % 3 === 0 ? graded(3) : each.grade, each.grade],
    }));
    const { repeat } = judgeSummary(rows, marking);
    expect(repeat).toMatchObject({ times: 3, same: { n: 60 } });
    expect(repeat?.same?.value).toBeGreaterThan(0.66);
    expect(repeat?.same?.value).toBeLessThan(0.85);
  });

  test("what a reference is worth", () => {
    const rows = rowsOf(60, good).map((each, index) => ({
      ...each,
      withoutReference: graded((index % 5) + 1),
    }));
    const { reference } = judgeSummary(rows, marking);
    expect(reference?.n).toBe(60);
    expect(reference?.gain_interval?.low).toBeGreaterThan(0.3);
  });

  test("a judge of pairs that prefers what stands first", () => {
    const random = seededRandom(9);
    const rows = Array.from({ length: 80 }, (_, index): JudgedRow => {
      const mark = [0, 0.5, 1][index % 3] ?? 0;
      const swayed = random() < 0.5;
      const orders = swayed
        ? (["win", "loss"] as const)
        : mark === 1
          ? (["win", "win"] as const)
          : (["loss", "loss"] as const);
      const value = swayed ? 0.5 : mark === 1 ? 1 : 0;
      const ballot = { judge: "x/j", vote: 1, value, orders, reason: null, invalid: null };
      return {
        row: { question: `第 ${index} 题`, response: "甲", baseline: "乙乙", mark },
        grade: { verdict: "partial", value, extracted: null, why: "", ballots: [ballot] },
        repeats: [],
        withoutReference: null,
      };
    });
    const { position, use } = judgeSummary(rows, { low: 0, high: 1, half: true });
    expect(position?.consistent?.value).toBeLessThan(0.6);
    expect(position?.first?.value).toBeGreaterThan(0.6);
    expect(use.says.zh).toMatch(/换序后只有 \d+% 不变/);
  });
});
