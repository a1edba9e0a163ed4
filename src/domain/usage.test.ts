import { expect, test } from "vitest";

import { readUsage, unknownUsage, usageDoubt } from "./usage.ts";

test.each([
  ["a part of the input", 100, 40, 100],
  ["all of it", 100, 100, 100],
  ["more than the input: it was counted separately", 8, 100, 108],
])("cached input: %s", (_, prompt, cached, input) => {
  const map = { input: "prompt", cached_input: "cached" };
  expect(readUsage({ prompt, cached }, map)).toMatchObject({ input, cached_input: cached });
});

test.each([
  ["the first that is there", { a: 1, b: { c: 2 } }, "a|b.c", 1],
  ["the second, where the first is missing", { b: { c: 2 } }, "a|b.c", 2],
  ["the second, where the first is no number", { a: null, b: { c: 2 } }, "a|b.c", 2],
  ["a sum of alternatives", { a: 1, b: { c: 2 }, d: 4 }, ["a|b.c", "d"], 5],
  ["none", {}, "a|b.c", null],
])("%s", (_, raw, input, expected) => {
  expect(readUsage(raw, { input })).toEqual({ ...unknownUsage, input: expected });
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
  ["negative", { input: 40, output: -3 }, 12, "invalid"],
  ["not finite", { input: Number.POSITIVE_INFINITY, output: 3 }, 2, "invalid"],
  ["not a number", { input: 3, output: 3, cached_input: Number.NaN }, 2, "invalid"],
] as const)("whether a count can be true: %s", (_, counts, chars, expected) => {
  expect(usageDoubt({ ...unknownUsage, ...counts }, chars)).toBe(expected);
});
