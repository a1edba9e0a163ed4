import * as fc from "fast-check";
import { expect, test } from "vitest";

import { readUsage, unknownUsage, usageDoubt } from "./usage.ts";

test.each([
  ["a part of the input", 100, 40, 100],
  ["all of it", 100, 100, 100],
  ["more than the input: it was counted separately", 8, 100, 108],
])("cached input: %s", (_, prompt, cached, input) => {
  const map = { input: "prompt", cached_input: "cached" };
  expect(readUsage({ prompt, cached }, map)).toMatchObject({
    usage: { input, cached_input: cached },
    doubt: cached > prompt ? "cached" : null,
  });
});

test.each([
  ["the first that is there", { a: 1, b: { c: 2 } }, "a|b.c", 1],
  ["the second, where the first is missing", { b: { c: 2 } }, "a|b.c", 2],
  ["the second, where the first is no number", { a: null, b: { c: 2 } }, "a|b.c", 2],
  ["a sum of alternatives", { a: 1, b: { c: 2 }, d: 4 }, ["a|b.c", "d"], 5],
  ["none", {}, "a|b.c", null],
])("%s", (_, raw, input, expected) => {
  const usage = { ...unknownUsage, input: expected };
  expect(readUsage(raw, { input })).toEqual({ usage, doubt: null });
});

test.each([
  ["a part of the output", 65, 60, 65, null],
  ["more than the output: it was counted separately", 5, 60, 65, "reasoning"],
  ["beside no output", 0, 60, 60, "reasoning"],
] as const)("reasoning: %s", (_, out, thought, output, doubt) => {
  const map = { output: "out", reasoning: "thought" };
  const usage = { ...unknownUsage, output, reasoning: thought };
  expect(readUsage({ out, thought }, map)).toEqual({ usage, doubt });
});

test("only a whole number from 0 to a hundred million is a count, whatever a vendor sends", () => {
  const numbers = fc.oneof(
    fc.double(),
    fc.integer({ min: -5, max: 5 }),
    fc.constantFrom(1e308, -0.5, 1e9, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY),
    fc.string(),
    fc.constant(null),
  );
  const raw = fc.record({ a: numbers, b: numbers, c: numbers, d: numbers, e: numbers });
  const map = {
    input: ["a", "b"],
    cached_input: "b",
    cache_write: "c",
    output: "d",
    reasoning: "e",
  };
  fc.assert(
    fc.property(raw, (counts) => {
      const { usage, doubt } = readUsage(counts, map);
      const bad = Object.values(counts).some(
        (each) => typeof each === "number" && !(Number.isInteger(each) && each >= 0 && each <= 1e8),
      );
      if (bad) expect(doubt).toBe("invalid");
      for (const count of Object.values(usage)) {
        expect(count === null || (Number.isSafeInteger(count) && count >= 0)).toBe(true);
      }
    }),
  );
});

test.each([
  ["a Chinese answer", { input: 40, output: 30 }, 45, null],
  ["an English answer", { input: 40, output: 220 }, 1_000, null],
  [
    "hidden reasoning, much more output than text",
    { input: 40, output: 900, reasoning: 880 },
    30,
    null,
  ],
  ["all of it reasoning", { input: 40, output: 512, reasoning: 512 }, 0, null],
  ["nothing came, nothing was counted", { input: 12, output: 0 }, 0, null],
  ["not reported", {}, 9_000, null],
  ["output not reported", { input: 40 }, 9_000, null],
  ["one letter, one token", { input: 40, output: 1 }, 1, null],
  ["a long run of one sign in few tokens", { input: 40, output: 4 }, 64, null],
  ["0/0 beside an answer", { input: 0, output: 0 }, 12, "zero"],
  ["no output beside an answer", { input: 40, output: 0 }, 1, "zero"],
  ["no input beside an answer", { input: 0, output: 9 }, 12, "zero"],
  ["more reasoning than output", { input: 40, output: 50, reasoning: 51 }, 30, "reasoning"],
  ["5 tokens for 9,000 characters", { input: 40, output: 5 }, 9_000, "few"],
  ["the last event's count alone", { input: 40, output: 1 }, 200, "few"],
  ["more cached than input", { input: 40, cached_input: 41, output: 9 }, 12, "cached"],
  ["more written to the cache than input", { input: 4, cache_write: 9, output: 9 }, 12, "cached"],
  ["negative", { input: 40, output: -3 }, 12, "invalid"],
  ["not finite", { input: Number.POSITIVE_INFINITY, output: 3 }, 2, "invalid"],
  ["not a number", { input: 3, output: 3, cached_input: Number.NaN }, 2, "invalid"],
] as const)("whether a count can be true: %s", (_, counts, chars, expected) => {
  expect(usageDoubt({ ...unknownUsage, ...counts }, chars)).toBe(expected);
});
