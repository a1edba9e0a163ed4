import { describe, expect, test } from "vitest";

import { noDifference, type Difference } from "./difference.ts";
import { judged } from "./verdict.ts";

type Row = Difference & { readonly kind: "total" | "suite" | "dimension"; readonly path: string[] };

const row = (name: string | null, more: Partial<Difference>): Row => ({
  ...noDifference,
  kind: name === null ? "total" : "dimension",
  path: name === null ? [] : [name],
  n: 20,
  base: 0.5,
  new: 0.6,
  delta: 0.1,
  interval: { low: -0.1, high: 0.3 },
  p: 0.5,
  least_p: 0.0001,
  hypothesis: name ?? "all",
  ...more,
});

const verdicts = (rows: readonly Row[]) => judged(rows, 0.05).map(({ verdict }) => verdict);

test("the total and the parts have 5% each: one does not cost the other anything", () => {
  const [total, part] = judged([row(null, { p: 0.04 }), row("a", { p: 0.04 })], 0.05);
  expect(total).toMatchObject({ verdict: "better", p_adjusted: null });
  expect(part).toMatchObject({ verdict: "better", p_adjusted: 0.04 });
});

test("two parts share their 5%", () => {
  const rows = [row(null, {}), row("a", { p: 0.04 }), row("b", { p: 0.5 })];
  expect(judged(rows, 0.05)[1]).toMatchObject({ verdict: "not enough data", p_adjusted: 0.08 });
});

describe("a part that can never be told", () => {
  const few = { p: 0.25, least_p: 0.25 };
  test("says so and costs the others nothing", () => {
    const rows = [row(null, {}), row("a", { p: 0.04 }), row("few", few), row("none", few)];
    expect(verdicts(rows).slice(1)).toEqual(["better", "too few items", "too few items"]);
  });
  test("is tied where its interval is narrow enough", () => {
    const rows = [row(null, {}), row("few", { ...few, interval: { low: -0.02, high: 0.04 } })];
    expect(verdicts(rows)[1]).toBe("tied");
  });
  test("the total too", () => {
    expect(verdicts([row(null, few)])).toEqual(["too few items"]);
  });
});

test("rows of the same items are one hypothesis: a dimension with one child costs it nothing", () => {
  const same = { p: 0.04, hypothesis: "items 1 to 20" };
  const rows = [row(null, {}), row("parent", same), row("child", same)];
  expect(verdicts(rows).slice(1)).toEqual(["better", "better"]);
});

describe("the interval says what the test says", () => {
  const low = { interval: { low: 0.02, high: 0.2 } };
  test("not rejected: it holds 0", () => {
    expect(judged([row(null, { p: 0.2, ...low })], 0.05)[0]?.interval).toEqual({
      low: 0,
      high: 0.2,
    });
  });
  test("a part by its adjusted p", () => {
    const rows = [row(null, {}), row("a", { p: 0.04, ...low }), row("b", { p: 0.5 })];
    expect(judged(rows, 0.05)[1]?.interval?.low).toBe(0);
  });
  test("rejected: it ends at 0 at the latest", () => {
    const found = judged([row(null, { p: 0.01, interval: { low: -0.01, high: 0.2 } })], 0.05);
    expect(found[0]?.interval).toEqual({ low: 0, high: 0.2 });
  });
});

test("a difference of exactly 0 is never better or worse", () => {
  expect(verdicts([row(null, { delta: 0, p: 0.001 })])).toEqual(["not enough data"]);
});
