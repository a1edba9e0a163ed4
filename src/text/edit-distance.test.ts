import * as fc from "fast-check";
import { expect, test } from "vitest";

import { nearest, nearestThree } from "./edit-distance.ts";

test.each([
  ["answr", ["question", "answer", "options"], "answer"],
  ["Answer", ["answer", "answers"], "answer"],
  ["dimesnion", ["dimension", "title"], "dimension"],
  ["敏敢", ["公开", "内部", "敏感"], "敏感"],
  ["中文特征", ["数学", "中文特性"], "中文特性"],
  ["qwne", ["qwen", "openai"], "qwen"],
  ["ba", ["ab"], "ab"],
  ["𠮷野家", ["吉野家", "真功夫"], "吉野家"],
  ["choise", ["choice", "exact", "numeric"], "choice"],
  ["zzz", ["choice", "exact"], null],
  ["x", ["y"], null],
  ["", ["a"], null],
  ["正确", ["错误"], null],
])("%s is meant as one of %j: %s", (name, candidates, expected) => {
  expect(nearest(name, candidates)).toBe(expected);
});

test("a name with one letter missing is still found", () => {
  const names = fc.stringMatching(/^[a-z]{5,12}$/);
  fc.assert(
    fc.property(names, fc.nat(), (name, at) => {
      const cut = at % name.length;
      expect(nearest(name.slice(0, cut) + name.slice(cut + 1), ["$$$$$$$$", name])).toBe(name);
    }),
  );
});

test.each([
  ["exakt", ["exact", "edit", "numeric"], true, ["exact"]],
  ["rouge-1", ["rouge-l", "rouge-n", "bleu"], true, ["rouge-l", "rouge-n"]],
  ["sums", ["count", "date", "logic", "unit"], false, ["count", "date", "logic"]],
  ["答案", ["id", "question", "turns", "weight"], false, ["id", "question", "turns"]],
  ["x", [], false, []],
])("%j among %j: close %s, %j", (name, known, close, names) => {
  expect(nearestThree(name, known)).toEqual({ close, names });
});
