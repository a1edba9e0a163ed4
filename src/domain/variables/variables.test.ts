import * as fc from "fast-check";
import { expect, test } from "vitest";

import { filled, usesVariables, Variables, variableUses } from "./variables.ts";

test.each([
  ["把{{vars.词}}译成{{ vars.to }}", { 词: "水", to: "法语" }, "把水译成法语"],
  ["第 {{vars.n}} 次，{{vars.ok}}", { n: 0, ok: false }, "第 0 次，false"],
  // Escaped, other braces, and a value that looks like a variable.
  ["\\{{vars.n}} 写作变量", { n: 1 }, "{{vars.n}} 写作变量"],
  ["{{name}} 与 {{ user.name }} 不变", { name: "甲" }, "{{name}} 与 {{ user.name }} 不变"],
  ["{{vars.a}}", { a: "{{vars.b}}", b: "乙" }, "{{vars.b}}"],
  ["{{vars.absent}}", { n: 1 }, "{{vars.absent}}"],
  ["\\frac{{1}}{2}", {}, "\\frac{{1}}{2}"],
])("%j with %j is %j", (text, values, result) => {
  expect(filled(text, values)).toBe(result);
});

test("every text inside is filled, and what has none is the same object", () => {
  const item = {
    id: "a",
    question: "{{vars.x}}",
    options: ["{{vars.x}}", 2],
    turns: [{ user: "{{vars.x}}" }],
  };
  expect(filled(item, { x: "甲" })).toEqual({
    id: "a",
    question: "甲",
    options: ["甲", 2],
    turns: [{ user: "甲" }],
  });
  const plain = { question: "{{x}}", n: [1, null] };
  expect(filled(plain, { x: "甲" })).toBe(plain);
});

test("uses are found with their paths; an escaped one is none", () => {
  expect(variableUses({ a: ["{{vars.x}}{{vars.y}}"], b: { c: "\\{{vars.z}}" } })).toEqual([
    { name: "x", path: ["a", 0] },
    { name: "y", path: ["a", 0] },
  ]);
});

test("values come through whatever they hold", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (before, value, after) => {
      fc.pre(!/[{}\\]/.test(before + after));
      expect(filled(`${before}{{vars.v}}${after}`, { v: value })).toBe(`${before}${value}${after}`);
    }),
  );
});

test.each(["1a", "a.b", "a b", ""])("%j is no name of a variable", (name) => {
  expect(Variables.safeParse({ [name]: "x" }).success).toBe(false);
  expect(usesVariables("没有变量 {{x}}")).toBe(false);
});
