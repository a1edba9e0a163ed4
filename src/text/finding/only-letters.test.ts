import fc from "fast-check";
import { expect, test } from "vitest";

import { onlyLetters } from "./only-letters.ts";

test.each([
  ["计算：12 + 35 = ?", "计算1235"],
  ["增长了 12.5%。", "增长了125%"],
  ["①②Ⅻ x²", "①②Ⅻx²"],
  ["𠮷野家（𝒙）", "𠮷野家𝒙"],
  ["…！？", ""],
  ["", ""],
])("%j without anything but letters is %j", (text, letters) => {
  expect(onlyLetters(text)).toBe(letters);
  expect(onlyLetters(text)).toBe(letters);
});

test("any text gives what the classes of Unicode give", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(onlyLetters(text)).toBe(text.replaceAll(/[^\p{L}\p{N}%]/gu, ""));
    }),
  );
});

test("every unit by itself, halves of characters among them", () => {
  const wrong: string[] = [];
  for (let unit = 0; unit <= 0xffff; unit += 1) {
    const text = `a${String.fromCharCode(unit)}b`;
    if (onlyLetters(text) !== text.replaceAll(/[^\p{L}\p{N}%]/gu, "")) wrong.push(text);
  }
  expect(wrong).toEqual([]);
});
