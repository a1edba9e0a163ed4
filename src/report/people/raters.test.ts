import { describe, expect, test } from "vitest";

import type { Opinion } from "./disputes.ts";

import { ratersLines } from "./raters-text.ts";
import { ratersOf } from "./raters.ts";

const opinion = (value: number | null, arbiter = false): Opinion => ({
  verdict: value === null ? "ungraded" : value >= 1 ? "right" : value <= 0 ? "wrong" : "partial",
  value,
  arbiter,
});
const answer = (given: Readonly<Record<string, number | null>>): ReadonlyMap<string, Opinion> =>
  new Map(Object.entries(given).map(([who, value]) => [who, opinion(value)]));

describe("how people agree with each other", () => {
  test("every two of them, with κ as worked out by hand", () => {
    const found = ratersOf([
      answer({ 张三: 1, 李四: 1 }),
      answer({ 李四: 0, 张三: 0 }),
      answer({ 张三: 1, 李四: 0.5 }),
      answer({ 张三: 0, 李四: 0 }),
      answer({ 张三: 0.5, 王五: 0.5 }),
      answer({ 王五: 1 }),
    ]);
    // Linear weights: po = (3 + ½) / 4; pe = Σ = ½·¼ + ½·¼·½ + ½·½ + ½·¼·½ = 0.5.
    expect(found?.pairs.map(({ people, n, agree }) => [people.join(), n, agree])).toEqual([
      ["张三,李四", 4, 3],
      ["张三,王五", 1, 1],
    ]);
    expect(found?.pairs[0]?.kappa.kappa).toBeCloseTo((7 / 8 - 1 / 2) / (1 - 1 / 2), 12);
    expect([found?.differing, found?.disputed]).toEqual([1, 1]);
  });

  test("an arbiter closes a dispute and is no rater", () => {
    const disputed = answer({ 张三: 1, 李四: 0 });
    const found = ratersOf([new Map([...disputed, ["王五", opinion(1, true)]]), disputed]);
    expect(found).toMatchObject({ differing: 2, disputed: 1 });
    expect(found?.pairs.map(({ people }) => people)).toEqual([["张三", "李四"]]);
    if (found === null) throw new Error("two people ruled");
    expect(ratersLines(found, "zh").join("\n")).toContain("已仲裁 1 条，还有 1 条待仲裁");
    expect(ratersLines(found, "en").join("\n")).toContain("1 wait for one");
  });

  test("one finds it impossible to judge: that is a difference too", () => {
    expect(ratersOf([answer({ 张三: 1, 李四: null })])).toMatchObject({ pairs: [], differing: 1 });
  });

  test("values within a hundredth are one", () => {
    expect(ratersOf([answer({ 张三: 0.6, 李四: 0.605 })])).toMatchObject({ differing: 0 });
  });

  test("one person alone says nothing of others", () => {
    expect(ratersOf([answer({ 张三: 1 }), answer({ 李四: 0 })])).toBeNull();
  });
});
