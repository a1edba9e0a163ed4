import { describe, expect, test } from "vitest";

import { mcnemar } from "../../stats/difference/paired.ts";
import { buildTree } from "../score/tree.ts";
import { answerLine, itemLine, runLine } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";
import { noDifference, pairedDifference, pairedTotal } from "./difference.ts";

const target = "qwen/a";
const how = { seed: 1, draws: 999 };

/** One task whose items carry these clusters; null stands alone. */
function itemsOf(clusters: readonly (string | null)[]) {
  const view = createView();
  step(view, runLine([target]));
  for (const [index, cluster] of clusters.entries()) {
    const item = `s/t/${index}`;
    step(view, itemLine(item, { cluster }));
    step(view, answerLine({ item, target }));
  }
  return { node: buildTree(view, null), items: view.items };
}

const alone = (n: number) => itemsOf(Array<null>(n).fill(null));
/** 1 right, 0 wrong, 5 half, `-` no value. */
const valuesOf = (text: string): Float64Array =>
  Float64Array.from(text, (char) =>
    char === "-" ? Number.NaN : char === "5" ? 0.5 : Number(char),
  );

function differ(base: string, fresh: string, { node, items } = alone(base.length)) {
  const values = { baseValues: valuesOf(base), newValues: valuesOf(fresh) };
  return pairedDifference(node, values, items, "micro", how);
}

test("items of 0 or 1, each on its own: McNemar's exact test", () => {
  const told = differ("1111110000", "1110001000");
  expect(told).toMatchObject({ n: 10, base: 0.6, new: 0.4, delta: -0.2, lost: 3, won: 1 });
  expect(told).toMatchObject({ method: "McNemar", p: mcnemar(3, 1), least_p: mcnemar(0, 4) });
  expect(told.interval?.low).toBeLessThan(-0.2);
  expect(told.interval?.high).toBeGreaterThan(-0.2);
});

test("partial marks are tested by swapping labels", () => {
  const told = differ("1151", "0150");
  expect(told).toMatchObject({ method: "permutation", delta: -0.5, lost: 2, won: 0 });
  // Two items differ: of the four ways to swap them, two are as far apart.
  expect(told.p).toBe(0.5);
});

test("items of one passage count together", () => {
  const passages = itemsOf(["p", "p", "p", "q", "q", "q"]);
  const told = differ("111111", "000111", passages);
  expect(told.method).toBe("permutation");
  // One passage differs, which swapping can never show to be more than chance; three items on their own would say 0.25.
  expect([told.p, told.least_p]).toEqual([1, 1]);
  expect(differ("111111", "000111").p).toBeCloseTo(0.25, 12);
});

test("the same order of results or another: the figures are the same", () => {
  expect(differ("110010", "100110")).toEqual({
    ...differ("010011", "011001"),
    hypothesis: expect.any(String),
  });
});

test("nothing that both sides answered: no difference", () => {
  expect(differ("--", "--")).toEqual(noDifference);
});

describe("what these items could show", () => {
  const { node, items } = alone(200);
  const half = valuesOf("10".repeat(100));
  const other = valuesOf("1100".repeat(50));

  const shown = (from: typeof node, of: typeof items, a: Float64Array, b: Float64Array) =>
    pairedTotal(from, { baseValues: a, newValues: b }, of, "micro", how).detectable;

  test("less with fewer items", () => {
    const few = alone(50);
    const whole = shown(node, items, half, other) ?? 0;
    expect(whole).toBeGreaterThan(0);
    const part = shown(few.node, few.items, half.slice(0, 50), other.slice(0, 50));
    expect(part).toBeGreaterThan(whole * 1.8);
  });

  test("nothing where nothing was answered, and the total is that of the whole comparison", () => {
    const none = half.map(() => Number.NaN);
    expect(shown(node, items, none, none)).toBeNull();
    const { hypothesis: _, ...whole } = pairedDifference(
      node,
      { baseValues: half, newValues: other },
      items,
      "micro",
      how,
    );
    expect(pairedTotal(node, { baseValues: half, newValues: other }, items, "micro", how)).toEqual(
      whole,
    );
  });
});
