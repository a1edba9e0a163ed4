import { expect, test } from "vitest";

import { approximate } from "./rational.ts";
import { quantitiesIn } from "./read.ts";
import { spellNumbers } from "./spell.ts";

test.each([
  ["0.\\dot{4}", 4, 9],
  ["$0.\\overline{63}$", 63, 99],
  ["2.1\\dot{5}", 194, 90],
  ["0.\\dot{1}23\\dot{4}", 1234, 9999],
  ["0.444...", 4, 9],
  ["0.4545…", 45, 99],
  ["0.2333……", 7, 30],
  ["0.1(6)", 1, 6],
  ["0.54…（循环节是54）", 54, 99],
])("%j has a period", (written, n, d) => {
  const [only, ...more] = quantitiesIn(spellNumbers(written));
  expect(more.filter(({ role, start }) => role === "value" && start < 6)).toEqual([]);
  expect((only?.low.n ?? 0n) * BigInt(d)).toBe((only?.low.d ?? 0n) * BigInt(n));
});

test.each(["3.14159...", "1.414…", "0.577…", "17÷3=5...2"])("%j shows none", (written) => {
  expect(spellNumbers(written)).not.toContain("(");
});

test("the period is exact", () => {
  expect(approximate(quantitiesIn("0.(142857)")[0]?.low ?? { n: 0n, d: 1n })).toBe(1 / 7);
});
