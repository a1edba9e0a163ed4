import { expect, test } from "vitest";

import { countCharacters } from "./calls.ts";

// 字数 as Word shows it for the same text.
test.each([
  ["", 0, 0],
  ["百模大战", 4, 4],
  ["答案：A。", 5, 5],
  ["用 GPT-4 写 3.14", 14, 4],
  ["“引号”……—", 7, 7],
  ["two words\nthree", 15, 3],
  ["𠮷野家🙂", 4, 4],
  ["  \n\t ", 5, 0],
])("%j has %i code points and %i 字", (text, points, words) => {
  const sums = { points: 0, words: 0 };
  countCharacters(text, sums);
  expect(sums).toEqual({ points, words });
});

test("sums go on", () => {
  const sums = { points: 1, words: 2 };
  countCharacters("三个字", sums);
  expect(sums).toEqual({ points: 4, words: 5 });
});
