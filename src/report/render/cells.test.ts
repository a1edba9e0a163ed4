import { array, assert, constantFrom, integer, oneof, property, string } from "fast-check";
import { describe, expect, test } from "vitest";

import { clean } from "./format.ts";
import { cellsOf, cut, wrap } from "./width.ts";

const texts = string({ unit: "grapheme", maxLength: 200 }).map((text) => clean(text));
const segmenter = new Intl.Segmenter();
const isOneGrapheme = (text: string): boolean => Array.from(segmenter.segment(text)).length === 1;
const widths = integer({ min: 4, max: 120 });

describe("wrap", () => {
  test.each([
    ["天地玄黄宇宙洪荒", 5, ["天地", "玄黄", "宇宙", "洪荒"]],
    ["a plain sentence of words", 12, ["a plain", "sentence of", "words"]],
    ["", 10, [""]],
    [
      "overlaps with sim/xiliu [simulated]: these items",
      35,
      ["overlaps with sim/xiliu", "[simulated]: these items"],
    ],
    [
      "results/20261121T231717Z-fca73f.jsonl is there",
      40,
      ["results/20261121T231717Z-fca73f.jsonl is", "there"],
    ],
    [
      "见 results/20261121T231717Z.jsonl，再看",
      32,
      ["见", "results/20261121T231717Z.jsonl，", "再看"],
    ],
    ["凭这些题还分不出高下。", 20, ["凭这些题还分不出高", "下。"]],
    ["与（某某）的区间", 5, ["与", "（某", "某）", "的区", "间"]],
    ["！".repeat(5), 4, ["！！", "！！", "！"]],
    ["x".repeat(25), 10, ["x".repeat(10), "x".repeat(10), "x".repeat(5)]],
  ])("%j in %d columns", (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  test("a word that fits into a line is never broken, whatever stands around it", () => {
    const word = string({
      unit: constantFrom("a", "Z", "9", "/", "-", ":", "["),
      minLength: 1,
      maxLength: 12,
    });
    const words = array(oneof(word, constantFrom("区间", "，区间", "区间（", "）区间")), {
      maxLength: 30,
    });
    assert(
      property(
        words,
        integer({ min: 16, max: 60 }),
        constantFrom(" ", ""),
        (parts, width, glue) => {
          const text = clean(parts.join(glue));
          const latin = (each: string): readonly string[] => each.match(/[\x21-\x7e]+/g) ?? [];
          // Punctuation stays with its word and takes up to four columns.
          const whole = latin(text).filter((each) => each.length <= width - 4);
          expect(wrap(text, width).flatMap(latin)).toEqual(expect.arrayContaining(whole));
        },
      ),
    );
  });

  test("no line is wider than asked, and nothing but blanks is lost", () => {
    assert(
      property(texts, widths, (text, width) => {
        const lines = wrap(text, width);
        const fits = lines.every((line) => cellsOf(line) <= width || isOneGrapheme(line));
        expect(fits).toBe(true);
        expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      }),
    );
  });
});

describe("cut", () => {
  test.each([
    ["百模大战", 8, "百模大战"],
    ["百模大战", 7, "百模大…"],
    ["百模大战", 6, "百模…"],
    ["百模", 0, ""],
  ])("%j in %d columns", (text, width, kept) => {
    expect(cut(text, width)).toBe(kept);
  });

  test("is never wider than asked and a beginning of the text", () => {
    assert(
      property(texts, widths, (text, width) => {
        const kept = cut(text, width);
        expect(cellsOf(kept)).toBeLessThanOrEqual(width);
        expect(text.startsWith(kept.replace(/…$/, ""))).toBe(true);
      }),
    );
  });
});

test("joined emoji count as wide as the terminal that draws them apart", () => {
  expect(cellsOf("👍🏽")).toBe(4);
  expect(cellsOf("模a")).toBe(3);
});
