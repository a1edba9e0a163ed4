import { describe, expect, test } from "vitest";

import type { MarkedRow } from "./marked-row.ts";

import { markAgreement } from "./judge-agreement.ts";

const scale = { low: 1, high: 5 };
const people = [
  [5, 4],
  [3, 3],
  [2, 1],
  [4, 4],
  [5, 5],
  [1, 2],
  [3, 4],
  [2, 2],
  [4, 3],
  [1, 1],
] as const;
const judge = [5, 4, 2, 4, 4, 1, 3, 3, 4, 2];
const rows = people.map(([one, other], index): MarkedRow => ({
  judge: judge[index] ?? 1,
  person: (one + other) / 2,
  people: [one, other],
  question: `第 ${index} 题`,
}));

describe("a judge beside several people", () => {
  test("their own agreement is the ceiling; the figures are those of a computation in Python", () => {
    const { ceiling } = markAgreement(rows, scale);
    expect(ceiling?.rows).toBe(10);
    expect(ceiling?.people).toBeCloseTo(0.8646820027064, 12);
    expect(ceiling?.judge).toBeCloseTo(0.8012232415902, 12);
    expect(ceiling?.ratio).toBeCloseTo(0.9266102903524, 12);
    expect(ceiling?.ratio_interval?.low).toBeLessThan(0.9266102903524);
    expect(ceiling?.ratio_interval?.high).toBeGreaterThan(0.9266102903524);
  });

  test("one more person in the judge's place reaches their level", () => {
    const same = rows.map((row) => ({
      ...row,
      judge: row.people[1] ?? 1,
      people: [row.people[0] ?? 1, row.people[1] ?? 1],
    }));
    expect(markAgreement(same, scale).ceiling?.ratio).toBeGreaterThan(1);
    const shuffled = rows.map((row, index) => ({ ...row, judge: judge[(index + 3) % 10] ?? 1 }));
    expect(markAgreement(shuffled, scale).ceiling?.ratio).toBeLessThan(0.3);
  });

  test("where people only guess there is no level to reach", () => {
    const guess = rows.map((row, index) => ({
      ...row,
      people: [(index % 5) + 1, 5 - (index % 5)],
    }));
    expect(markAgreement(guess, scale).ceiling).toMatchObject({ ratio: null });
  });

  test("single marks have no ceiling", () => {
    expect(
      markAgreement(
        rows.map((row) => ({ ...row, people: [] })),
        scale,
      ).ceiling,
    ).toBeNull();
  });
});

describe("how sure the figures are", () => {
  test("two rows have no κ and no correlation, and nothing an interval", () => {
    const found = markAgreement(rows.slice(0, 2), scale);
    expect(found).toMatchObject({
      n: 2,
      agreement: 0.5,
      kappa_quadratic: null,
      spearman: null,
      kendall: null,
      correlation: null,
      kappa_quadratic_interval: null,
    });
  });

  test("ten answers to one question are not ten questions", () => {
    const many = rows.flatMap((row) => Array.from({ length: 10 }, () => row));
    const apart = many.map((row, index) => ({ ...row, question: String(index) }));
    const width = (of: readonly MarkedRow[]): number => {
      const { kappa_quadratic_interval: bounds } = markAgreement(of, scale);
      return (bounds?.high ?? 0) - (bounds?.low ?? 0);
    };
    expect(width(many)).toBeGreaterThan(2 * width(apart));
    expect(markAgreement(many, scale).questions).toBe(10);
  });
});
