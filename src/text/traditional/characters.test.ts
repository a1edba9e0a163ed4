import { Converter } from "opencc-js/t2cn";
import { expect, test } from "vitest";

import { simplify } from "../normalise.ts";
import { traditionalCharacters } from "./characters.ts";

const toSimplified = Converter({ from: "t", to: "cn" });
const codes = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCharCode(from + index));

test("the table is what OpenCC changes", () => {
  const changed = codes(0x3400, 0x9fff).filter((char) => toSimplified(char) !== char);
  expect(traditionalCharacters).toBe(changed.join(""));
});

test("every character alone is simplified as OpenCC does it", () => {
  const wrong = codes(0x3400, 0xfaff).filter((char) => simplify(char) !== toSimplified(char));
  expect(wrong).toEqual([]);
});
