import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { kendallTauB, pearson, spearman, type ValuePair } from "./rank-correlation.ts";

const zip = (x: readonly number[], y: readonly number[]): readonly ValuePair[] =>
  x.map((each, index) => [each, y[index] ?? 0]);

describe("published values", () => {
  // The examples in SciPy's documentation of kendalltau and spearmanr, which print these figures.
  test("Kendall's τ-b with ties on both sides", () => {
    expect(kendallTauB(zip([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]))).toBeCloseTo(
      -0.47140452079103173,
      14,
    );
  });
  test("Spearman's ρ with a tie", () => {
    expect(spearman(zip([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]))).toBeCloseTo(0.82078268166812329, 14);
  });
});

/** By the definition, pair by pair. */
function slowTau(pairs: readonly ValuePair[]): number | null {
  let [concordant, discordant, first, second] = [0, 0, 0, 0];
  for (const [index, [a, b]] of pairs.entries()) {
    for (const [c, d] of pairs.slice(index + 1)) {
      const product = Math.sign(a - c) * Math.sign(b - d);
      if (product > 0) concordant += 1;
      if (product < 0) discordant += 1;
      if (a !== c) first += 1;
      if (b !== d) second += 1;
    }
  }
  return first * second === 0 ? null : (concordant - discordant) / Math.sqrt(first * second);
}

test("Kendall's τ-b counts what the definition counts, however many ties", () => {
  const marks = fc.integer({ min: 0, max: 6 });
  fc.assert(
    fc.property(fc.array(fc.tuple(marks, marks), { maxLength: 40 }), (pairs) => {
      const [fast, slow] = [kendallTauB(pairs), slowTau(pairs)];
      if (slow === null) expect(fast).toBeNull();
      else expect(fast).toBeCloseTo(slow, 12);
    }),
  );
});

test.each([
  ["none", []],
  ["one", [[1, 2]]],
  [
    "one side without spread",
    [
      [1, 3],
      [2, 3],
      [3, 3],
    ],
  ],
  [
    "sums that only rounding tells apart",
    [
      [0.1 + 0.2, 1],
      [0.3, 2],
      [0.3, 3],
    ],
  ],
] as const)("nothing is correlated with %s", (_, pairs) => {
  expect([pearson(pairs), spearman(pairs)]).toEqual([null, null]);
});
