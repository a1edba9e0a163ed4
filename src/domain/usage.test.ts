import { expect, test } from "vitest";

import { readUsage, unknownUsage } from "./usage.ts";

test.each([
  ["the first that is there", { a: 1, b: { c: 2 } }, "a|b.c", 1],
  ["the second, where the first is missing", { b: { c: 2 } }, "a|b.c", 2],
  ["the second, where the first is no number", { a: null, b: { c: 2 } }, "a|b.c", 2],
  ["a sum of alternatives", { a: 1, b: { c: 2 }, d: 4 }, ["a|b.c", "d"], 5],
  ["none", {}, "a|b.c", null],
])("%s", (_, raw, input, expected) => {
  expect(readUsage(raw, { input })).toEqual({ ...unknownUsage, input: expected });
});
