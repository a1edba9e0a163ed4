import { expect, test } from "vitest";

import type { Grade } from "../../domain/grader.ts";
import type { LabelledGrade } from "./agreement.ts";

import { agreementOf, kindOf } from "./agreement.ts";

const grade = (verdict: Grade["verdict"], value: number | null): Grade => ({
  verdict,
  value,
  extracted: null,
  why: "",
});
const right = grade("right", 1);
const wrong = grade("wrong", 0);
const unresolved = grade("unresolved", 0);
const partial = grade("partial", 0.5);

test.each<[Grade, boolean | number, ReturnType<typeof kindOf>]>([
  [right, true, "agree"],
  [wrong, false, "agree"],
  [unresolved, false, "agree"],
  [partial, false, "agree"],
  [right, false, "false_right"],
  [wrong, true, "false_wrong"],
  [partial, true, "false_wrong"],
  [unresolved, true, "unresolved"],
  [partial, 0.5, "agree"],
  [partial, 0.49, "agree"],
  [partial, 0.3, "false_right"],
  [partial, 0.8, "false_wrong"],
  [grade("ungraded", null), true, "ungraded"],
  [grade("ungraded", null), 0, "ungraded"],
])("%j labelled %j is %s", (each, label, kind) => {
  expect(kindOf({ grade: each, label })).toBe(kind);
});

test("counts and kappa", () => {
  const rows: readonly LabelledGrade[] = [
    ...Array.from({ length: 20 }, () => ({ grade: right, label: true })),
    ...Array.from({ length: 5 }, () => ({ grade: right, label: false })),
    ...Array.from({ length: 8 }, () => ({ grade: wrong, label: true })),
    ...Array.from({ length: 2 }, () => ({ grade: unresolved, label: true })),
    ...Array.from({ length: 15 }, () => ({ grade: unresolved, label: false })),
  ];
  const agreement = agreementOf(rows);
  // Cohen's own example: 20, 5, 10, 15 of 50.
  expect(agreement).toMatchObject({
    n: 50,
    agree: 35,
    agreement: 0.7,
    false_right: 5,
    false_wrong: 8,
    unresolved: 17,
  });
  expect(agreement.kappa).toBeCloseTo(0.4, 12);
});

test("kappa is null where chance agreement is total, and without rows", () => {
  expect(agreementOf([{ grade: right, label: true }])).toMatchObject({ agreement: 1, kappa: null });
  expect(agreementOf([])).toMatchObject({ n: 0, agreement: null, kappa: null });
});
