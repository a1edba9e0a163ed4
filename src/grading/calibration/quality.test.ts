import { expect, test } from "vitest";

import type { Grade } from "../../domain/grader.ts";
import type { LabelledReading } from "./quality.ts";

import { wilson } from "../../stats/interval.ts";
import { isMisread, qualityOf } from "./quality.ts";

const graded = (
  verdict: Grade["verdict"],
  extracted: string | null = null,
  value: number | null = verdict === "right" ? 1 : verdict === "ungraded" ? null : 0,
): Grade => ({ verdict, value, extracted, why: "" });

const row = (
  grade: Grade,
  label: boolean | number,
  more: Partial<LabelledReading> = {},
): LabelledReading => ({ grade, label, expect: null, reads_expect: false, cluster: 0, ...more });

const rowsOf = (
  groups: readonly (readonly [number, Grade, boolean])[],
): readonly LabelledReading[] =>
  groups
    .flatMap(([count, grade, label]) => Array.from({ length: count }, () => row(grade, label)))
    .map((each, cluster) => Object.assign({}, each, { cluster }));

test("agreement hides what recall shows", () => {
  // 658 replies: 179 of 208 right ones get credit, and the wrong ones that nobody could read all agree.
  const quality = qualityOf(
    rowsOf([
      [179, graded("right"), true],
      [27, graded("unresolved"), true],
      [2, graded("wrong"), true],
      [2, graded("right"), false],
      [48, graded("unresolved"), false],
      [400, graded("wrong"), false],
    ]),
  );
  expect(quality.agreement).toBeCloseTo(627 / 658, 12);
  expect(quality.recall).toEqual({
    count: 179,
    of: 208,
    share: 179 / 208,
    interval: wilson(179 / 208, 208),
  });
  expect(quality.precision).toMatchObject({ count: 179, of: 181 });
  expect(quality.misread).toMatchObject({ count: 4, of: 658 });
  expect(quality.unresolved_right).toMatchObject({ count: 27, of: 208 });
  expect(quality.unresolved_wrong).toMatchObject({ count: 48, of: 450 });
  expect(quality.agreement_interval).toEqual(wilson(627 / 658, 658));
});

test.each<[string, LabelledReading, boolean]>([
  ["the credit of the label", row(graded("right", "B"), true), false],
  ["credit for a wrong reply", row(graded("right", "B"), false), true],
  ["none for a right one", row(graded("wrong", "A"), true), true],
  ["nothing read", row(graded("unresolved"), true, { expect: "B" }), false],
  ["not graded", row(graded("ungraded"), true, { expect: "B" }), false],
  ["wrong, but not as the reply is", row(graded("wrong", "A"), false, { expect: "C" }), true],
  ["wrong as the reply is", row(graded("wrong", "A"), false, { expect: "A" }), false],
  ["a letter where there is none", row(graded("wrong", "A"), false, { expect: "" }), true],
  ["another spelling of the letters", row(graded("right", "A、C"), true, { expect: "AC" }), false],
  ["another spelling of a number", row(graded("right", "3.50"), true, { expect: "3.5" }), false],
  [
    "another unit",
    row(graded("wrong", "3.6 亿元"), false, { expect: "36000", reads_expect: true }),
    false,
  ],
  ["full width", row(graded("right", "B"), true, { expect: "Ｂ" }), false],
  ["a grader that extracts nothing", row(graded("wrong"), false, { expect: "B" }), false],
  ["half credit as labelled", row(graded("partial", "A", 0.5), 0.5), false],
  ["too little credit", row(graded("partial", "A", 0.5), 1), true],
])("misread: %s", (_, each, misread) => {
  expect(isMisread(each)).toBe(misread);
});

test("half a credit is neither right nor missed", () => {
  const rows = [row(graded("partial", "A", 0.5), 0.5), row(graded("right", "AB"), 1)];
  expect(qualityOf(rows)).toMatchObject({ recall: { count: 1, of: 1 }, precision: { of: 1 } });
});

test("rows on one question widen the interval; alike throughout, they count as one", () => {
  const rows = Array.from({ length: 40 }, (_, index) =>
    row(graded(Math.floor(index / 4) % 2 === 0 ? "right" : "wrong"), true, {
      cluster: Math.floor(index / 4),
    }),
  );
  const { recall, questions } = qualityOf(rows);
  const apart = wilson(0.5, 40);
  expect(questions).toBe(10);
  expect(recall.share).toBe(0.5);
  // All four rows of a question agree, so there are ten observations.
  expect(recall.interval?.low).toBeLessThan(wilson(0.5, 10).low);
  expect(recall.interval?.low).toBeLessThan(apart.low);
  const same = rows.map(({ cluster }) => row(graded("right"), true, { cluster }));
  expect(qualityOf(same).recall.interval?.low).toBeLessThanOrEqual(wilson(1, 10).low);
});

test("nothing of nothing is unknown", () => {
  const none = { count: 0, of: 0, share: null, interval: null };
  expect(qualityOf([])).toMatchObject({ n: 0, recall: none, precision: none, misread: none });
  expect(qualityOf([row(graded("wrong"), false)])).toMatchObject({ recall: none, precision: none });
});
