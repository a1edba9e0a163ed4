import { expect, test } from "vitest";

import type { MeasuredFigure } from "./measures/measure.ts";

import { decide } from "./decide.ts";

const of = (value: number | null, low: number | null, high: number | null): MeasuredFigure => ({
  value,
  interval: { low, high },
  sampled: true,
  n: 100,
  n_of: null,
  invalid: null,
  remarks: [],
});
const least = { limits: [{ relation: "at-least", value: 0.95 }], text: "" } as const;
const most = { limits: [{ relation: "at-most", value: 300 }], text: "" } as const;

test.each([
  ["above with its whole interval", of(0.98, 0.96, 0.99), least, "met", true],
  ["above, the interval straddles", of(0.96, 0.93, 0.99), least, "open", true],
  ["below, the interval straddles", of(0.94, 0.9, 0.97), least, "open", false],
  ["below with its whole interval", of(0.9, 0.85, 0.94), least, "missed", false],
  ["the interval ends on the bound", of(0.97, 0.95, 0.99), least, "met", true],
  ["an upper end that is not known", of(200, 150, null), most, "open", true],
  ["a lower end beyond the bound is enough", of(900, 400, null), most, "missed", false],
  ["timeouts", of(Infinity, 500, Infinity), most, "missed", false],
  ["no figure", of(null, null, null), least, "untested", null],
  ["a sample without an interval", { ...of(0.99, 0, 0), interval: null }, least, "open", true],
  ["counted in full", { ...of(0.99, 0, 0), interval: null, sampled: false }, least, "met", true],
  [
    "counted in full, too little",
    { ...of(0.9, 0, 0), interval: null, sampled: false },
    least,
    "missed",
    false,
  ],
  ["no bound", of(0.99, 0.98, 1), null, "open", null],
] as const)("%s", (_, figure, bound, state, value_meets) => {
  expect(decide(figure, bound)).toEqual({ state, value_meets });
});

test("strict bounds do not hold their number", () => {
  const above = { limits: [{ relation: "above", value: 0.95 }], text: "" } as const;
  expect(decide({ ...of(0.95, 0, 0), interval: null, sampled: false }, above).state).toBe("missed");
});
