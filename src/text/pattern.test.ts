import { expect, test } from "vitest";

import { compilePattern } from "./pattern.ts";

const plainly = { ignore_case: false, multiline: true };

test("the last match counts, with its groups", () => {
  const pattern = compilePattern("(\\d+)(元)?", plainly);
  expect(pattern.groups).toBe(2);
  expect(pattern.last("先付3元，再付 5")).toEqual(["5", "5", null]);
  expect(pattern.last("没有")).toBeNull();
});

test("flags", () => {
  expect(compilePattern("^b$", { ignore_case: true, multiline: true }).last("a\nB")).toEqual(["B"]);
  expect(compilePattern("^b$", { ignore_case: true, multiline: false }).last("a\nB")).toBeNull();
});

test("the last of very many matches is still found", () => {
  const pattern = compilePattern("第(\\d+)行", plainly);
  const text = Array.from({ length: 30_000 }, (_, index) => `第${index}行`).join("\n");
  expect(pattern.last(text)?.[1]).toBe("29999");
});

test("patterns that take exponential time in other engines, or quadratic time over many matches", () => {
  expect(compilePattern("(a+)+$", plainly).last(`${"a".repeat(50_000)}b`)).toBeNull();
  expect(compilePattern("x(.*y)?", plainly).last("x".repeat(50_000))).toEqual(["x", null]);
});
