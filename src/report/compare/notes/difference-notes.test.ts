import { expect, test } from "vitest";

import type { Comparison } from "../comparison.ts";
import type { ComparedNode } from "../verdict.ts";

import { differenceNotes } from "./difference-notes.ts";

type Row = Pick<ComparedNode, "delta" | "interval" | "verdict">;

const row = (low: number, high: number, verdict: Row["verdict"]): Row => ({
  delta: -0.291,
  interval: { low, high },
  verdict,
});

const suite = (name: string, items: number) => ({ suite: name, items, share: 0.5 });

/** The notes of a comparison of which only this is looked at. */
const notes = (total: Row, parts: readonly Row[], suites: readonly object[] = []) =>
  differenceNotes(
    { total, parts, suites, margin: 0.05, same_answers: { self: false } } as unknown as Comparison,
    "zh",
  ).join("\n");

test("an interval that ends at 0 and rows without a verdict are explained", () => {
  const told = notes(row(-0.532, 0, "worse"), [
    row(-0.93, 0.263, "too few items"),
    row(-0.2, 0.05, "not enough data"),
  ]);
  expect(told).toContain("以 0 为一端的区间：判断以检验的 p 为准");
  expect(told).toContain("题数不足：有变化的题太少");
  expect(told).toContain("数据不足：既不能说变了，也不能说相差在 ±5.0 分以内");
  expect(told).toContain("总分与各部分分开检验");
});

test("nothing is explained where all is told", () => {
  expect(notes(row(-0.532, -0.1, "worse"), [row(-0.6, -0.1, "worse")])).toBe("");
});

test("a suite of few items that weighs as much as a large one is named", () => {
  const suites = [suite("own", 4), suite("starter", 72)];
  const told = notes(row(-0.5, -0.1, "worse"), [], suites);
  expect(told).toContain("own 的一题抵 starter 的 18 题（own 4 题，starter 72 题");
  expect(notes(row(-0.5, -0.1, "worse"), [], [suite("a", 40), suite("b", 72)])).toBe("");
});
