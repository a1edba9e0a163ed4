import { describe, expect, test } from "vitest";

import { canonicalJson, digestOf } from "./digest.ts";

test.each<[string, unknown, string]>([
  ["keys in order", { a: 1, b: [null, true, "画蛇添足"] }, '{"a":1,"b":[null,true,"画蛇添足"]}'],
  ["keys out of order, deep down", { a: [{ c: 1, b: 2 }], b: 3 }, '{"a":[{"b":2,"c":1}],"b":3}'],
  [
    "keys by code units, not by place in an alphabet",
    { 乙: 1, 甲: 2, B: 3 },
    '{"B":3,"乙":1,"甲":2}',
  ],
  ["numbers as keys, which V8 puts first", { 10: "b", 9: "a" }, '{"10":"b","9":"a"}'],
  ["members without a value", { a: undefined, b: { c: undefined } }, '{"b":{}}'],
  ["negative zero and exponents", [-0, 1e21, 1e-7], "[0,1e+21,1e-7]"],
  ["half a character", { a: "\uD800" }, '{"a":"\\ud800"}'],
  ["a date, which is no value", { at: new Date(0) }, '{"at":{}}'],
])("%s", (_, value, text) => {
  expect(canonicalJson(value)).toBe(text);
});

describe("what JSON cannot hold", () => {
  test.each([
    ["a function", { toJSON: () => 1 }],
    ["not a number", { a: Number.NaN }],
    ["infinity", [Number.POSITIVE_INFINITY]],
    ["undefined in a list", [1, undefined]],
    // oxlint-disable-next-line no-sparse-arrays
    ["a hole in a list", [1, , 2]],
    ["nothing at all", undefined],
  ])("%s", (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});

test("the digest is the same in any order of keys, and another for another value", () => {
  const gold = { answer: 8, aliases: ["八"], unit: null };
  expect(digestOf(gold)).toBe(digestOf({ unit: null, aliases: ["八"], answer: 8 }));
  expect(digestOf(gold)).not.toBe(digestOf({ ...gold, answer: "8" }));
  expect(digestOf(gold)).toMatch(/^[0-9a-f]{32}$/);
});
