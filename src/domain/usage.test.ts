import { expect, test } from "vitest";

import { readUsage, unknownUsage } from "./usage.ts";

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
