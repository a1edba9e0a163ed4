import { array, assert, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";

import { editDistance } from "../../text/edit-distance.ts";
import { commonSubsequence } from "../../text/overlap/common-subsequence.ts";
import { bleu, chrf, editSimilarity, rougeL, rougeN } from "./scores.ts";

const chars = (text: string): readonly string[] => Array.from(text);

/** The textbook table, cell by cell. */
function subsequenceTable(a: readonly string[], b: readonly string[]): number {
  const row = Array.from({ length: b.length + 1 }, () => 0);
  for (const token of a) {
    let diagonal = 0;
    for (let at = 1; at <= b.length; at++) {
      const above = row[at] ?? 0;
      row[at] = token === b[at - 1] ? diagonal + 1 : Math.max(above, row[at - 1] ?? 0);
      diagonal = above;
    }
  }
  return row.at(-1) ?? 0;
}

function distanceTable(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [index, token] of a.entries()) {
    const next = [index + 1];
    for (let at = 1; at <= b.length; at++) {
      const change = (row[at - 1] ?? 0) + (token === b[at - 1] ? 0 : 1);
      next.push(Math.min(change, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

const tokens = array(constantFrom("天", "地", "玄", "黄", "a"), { maxLength: 120 });

test("the bit-parallel counts equal the tables", () => {
  assert(
    property(tokens, tokens, (a, b) => {
      expect(commonSubsequence(a, b)).toBe(subsequenceTable(a, b));
      expect(editDistance(a, b)).toBe(distanceTable(a, b));
    }),
  );
});

// Worked out by hand: 我来到清华大学 has 7 of the 9 characters of 我来到北京清华大学, in order.
test("ROUGE by hand", () => {
  const candidate = chars("我来到清华大学");
  const reference = chars("我来到北京清华大学");
  expect(rougeL(candidate, reference, "recall")).toBeCloseTo(7 / 9, 12);
  expect(rougeL(candidate, reference, "precision")).toBe(1);
  expect(rougeL(candidate, reference, "f1")).toBeCloseTo(14 / 16, 12);
  expect(rougeN(candidate, reference, 1, "f1")).toBeCloseTo(14 / 16, 12);
  // 6 pairs in the candidate, 8 in the reference, 5 shared: 到清 is missing.
  expect(rougeN(candidate, reference, 2, "f1")).toBeCloseTo((2 * 5) / (6 + 8), 12);
});

test("repeated tokens are clipped", () => {
  expect(rougeN(chars("天天天"), chars("天地"), 1, "precision")).toBeCloseTo(1 / 3, 12);
});

test("BLEU by hand", () => {
  expect(bleu(chars("天地玄黄"), chars("天地玄黄"))).toBeCloseTo(1, 12);
  expect(bleu([], chars("天"))).toBe(0);
  // 1-gram 3/4, 2-gram (1+1)/(3+1), 3-gram (0+1)/(2+1), 4-gram (0+1)/(1+1); no brevity penalty.
  const expected = (0.75 * 0.5 * (1 / 3) * 0.5) ** 0.25;
  expect(bleu(chars("天地黄人"), chars("天地玄黄"))).toBeCloseTo(expected, 12);
  // Half as long: exp(1 - 4/2).
  expect(bleu(chars("天地"), chars("天地玄黄"))).toBeCloseTo(Math.exp(-1), 12);
});

test("chrF by hand", () => {
  expect(chrf(chars("天地玄黄"), chars("天地玄黄"), 2)).toBeCloseTo(1, 12);
  // Orders 1 and 2 fit both. Precision (1/2 + 0)/2, recall (1/3 + 0)/2.
  const [precision, recall] = [1 / 4, 1 / 6];
  const expected = (5 * precision * recall) / (4 * precision + recall);
  expect(chrf(chars("天人"), chars("天地玄"), 2)).toBeCloseTo(expected, 12);
  expect(chrf(chars("人"), chars("天"), 2)).toBe(0);
});

test("edit similarity by hand", () => {
  expect(editSimilarity(chars("天地玄黄"), chars("天人玄黄"))).toBe(0.75);
  expect(editSimilarity([], [])).toBe(1);
  expect(editSimilarity([], chars("天"))).toBe(0);
});
