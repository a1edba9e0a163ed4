import { expect, test } from "vitest";

import type { WireValue } from "./box/messages.ts";

import { sameRows, shownRows } from "./sql-table.ts";

const one: WireValue = ["i", "1"];
const name: WireValue = ["s", "甲"];

test.each<
  [
    string,
    readonly (readonly WireValue[])[],
    readonly (readonly (string | number | boolean | null)[])[],
    boolean,
    boolean,
  ]
>([
  ["equal", [[one, name]], [[1, "甲"]], false, true],
  ["another order", [[one], [["i", "2"]]], [[2], [1]], false, true],
  ["another order that counts", [[one], [["i", "2"]]], [[2], [1]], true, false],
  ["a row twice", [[one], [one]], [[1]], false, false],
  ["a bag, not a set", [[one], [one], [["i", "2"]]], [[1], [["2"].length + 1], [2]], false, false],
  ["a real of the same value", [[["f", "1.0"]]], [[1]], false, true],
  ["a sum of doubles", [[["f", "0.30000000000000004"]]], [[0.3]], false, true],
  ["another number", [[["f", "0.301"]]], [[0.3]], false, false],
  ["NULL", [[["n"]]], [[null]], false, true],
  ["NULL is not 0", [[["n"]]], [[0]], false, false],
  ["a text is no number", [[["s", "1"]]], [[1]], false, false],
  ["true is 1", [[one]], [[true]], false, true],
  ["more columns", [[one, one]], [[1]], false, false],
  ["no rows", [], [], false, true],
])("%s", (_, rows, expect_, ordered, same) => {
  expect(sameRows({ rows }, expect_, ordered)).toBe(same);
});

test("rows are shown in short", () => {
  const rows = Array.from({ length: 7 }, (): readonly WireValue[] => [one, ["n"]]);
  expect(shownRows({ rows })).toBe("7 rows: (1, NULL) (1, NULL) (1, NULL) (1, NULL) (1, NULL) …");
});
