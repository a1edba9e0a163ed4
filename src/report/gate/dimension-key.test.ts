import { describe, expect, test } from "vitest";

import { denotedBy, dimensionKey } from "./dimension-key.ts";

const paths = [["甲/乙", "丙"], ["甲", "乙/丙"], ["数学"], ["数学", "代数"]];

describe("a key denotes one dimension", () => {
  test.each([
    ["数学", 2],
    ["数学/代数", 3],
    ["甲\\/乙/丙", 0],
    ["甲/乙\\/丙", 1],
  ])("%s", (key, index) => {
    expect(denotedBy(key, paths)).toEqual({ kind: "dimension", index });
  });
  test("or none, or the total", () => {
    expect(denotedBy("物理", paths)).toEqual({ kind: "none" });
    expect(denotedBy("总分", paths)).toEqual({ kind: "total" });
    expect(denotedBy("total", paths)).toEqual({ kind: "total" });
  });
});

test("two paths that read the same: neither is taken, and both spellings are named", () => {
  expect(denotedBy("甲/乙/丙", paths)).toEqual({
    kind: "several",
    keys: ["甲\\/乙/丙", "甲/乙\\/丙"],
  });
});

test("a name without a slash that reads the same wins over those with one", () => {
  expect(denotedBy("甲/乙/丙", [...paths, ["甲", "乙", "丙"]])).toEqual({
    kind: "dimension",
    index: 4,
  });
});

test("a dimension called like the total hides it, unless the other name or a backslash says which", () => {
  const named = [["总分"], ["数学"]];
  expect(denotedBy("总分", named)).toEqual({ kind: "several", keys: ["total", "\\总分"] });
  expect(denotedBy("total", named)).toEqual({ kind: "total" });
  expect(denotedBy("\\总分", named)).toEqual({ kind: "dimension", index: 0 });
});

test("keys differ wherever paths do", () => {
  const names = ["a", "/", "\\", "a/b", "\\/", ""];
  const all = names.flatMap((first) => [[first], ...names.map((second) => [first, second])]);
  const keys = all.map(dimensionKey);
  expect(new Set(keys).size).toBe(keys.length);
});
