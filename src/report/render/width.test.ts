import { assert, constantFrom, integer, property, string } from "fast-check";
import stringWidth from "string-width";
import { expect, test } from "vitest";

import { fit, truncate, widthOf } from "./width.ts";

test.each([
  ["模型", 4],
  ["qwen-plus", 9],
  ["🥇", 2],
  ["é", 1],
  ["ｱ", 1],
  ["👩‍🚀", 2],
])("%s", (text, width) => {
  expect(widthOf(text)).toBe(width);
});

test("texts of Han characters are measured without the tables, and no differently", () => {
  const units = "\u3000、。〈】〒〓一的龥\u9fff\ua000！～｠｡aZ~ \u0301".split("");
  assert(
    property(string({ unit: constantFrom(...units), maxLength: 12 }), (text) => {
      expect(widthOf(text)).toBe(stringWidth(text));
    }),
    { numRuns: 1_000 },
  );
});

test("a cell has exactly its width and no character is cut in two", () => {
  const texts = string({
    unit: constantFrom("汉", "a", "🥈", "é", "…", "한"),
    maxLength: 40,
  });
  assert(
    property(texts, integer({ min: 1, max: 30 }), (text, width) => {
      expect(widthOf(fit(text, width))).toBe(width);
      expect(widthOf(fit(text, width, "right"))).toBe(width);
    }),
  );
});

test("an ellipsis stands for what is cut", () => {
  expect(truncate("百模总排行榜", 8)).toBe("百模总…");
  expect(truncate("百模", 4)).toBe("百模");
});
