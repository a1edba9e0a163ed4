import fc from "fast-check";
import { expect, test } from "vitest";

import type { KappaWeights, Rated } from "./agreement.ts";

import { cohenKappa, weightedKappa } from "./agreement.ts";

/** Pairs from a table of counts: the first rater's labels in rows, the second's in columns. */
const pairsOf = (table: readonly (readonly number[])[]): readonly Rated<number>[] =>
  table.flatMap((row, i) =>
    row.flatMap((count, j) => Array.from({ length: count }, (): Rated<number> => [i, j])),
  );

/** Husbands' and wives' answers to one question, 91 couples: Agresti, Categorical Data Analysis, 1990. */
const couples = [
  [7, 7, 2, 3],
  [2, 8, 3, 7],
  [1, 5, 4, 9],
  [2, 8, 9, 14],
];
const five = [
  [4, 2, 0, 0, 0],
  [1, 6, 3, 0, 0],
  [0, 2, 9, 4, 1],
  [0, 0, 3, 7, 2],
  [0, 1, 0, 2, 8],
];
/** Nobody used the middle label. */
const gap = [
  [5, 0, 2],
  [0, 0, 0],
  [1, 0, 4],
];

/**
 * Golden values from an independent implementation in another language: κ as one minus the ratio of disagreements in
 * exact fractions, its error by the delta method on the cells. The couples' κ are also in R's vcd and in Agresti's book.
 */
test.each<[string, number[][], number, number]>([
  ["couples", couples, 0.12933025404157045, 0.06859853248070859],
  [
    "Cohen 1960",
    [
      [20, 5],
      [10, 15],
    ],
    0.4,
    0.12699606293110036,
  ],
  [
    "same agreement, other margins",
    [
      [45, 15],
      [25, 15],
    ],
    0.13043478260869565,
    0.09866153762343961,
  ],
  [
    "lopsided",
    [
      [25, 35],
      [5, 35],
    ],
    0.25925925925925924,
    0.07715973174444572,
  ],
  ["five labels", five, 0.5122466216216216, 0.08478003197290782],
])("Cohen's kappa: %s", (_, table, kappa, se) => {
  const found = cohenKappa(pairsOf(table));
  expect(found.kappa).toBeCloseTo(kappa, 12);
  expect(found.se).toBeCloseTo(se, 12);
});

test.each<[string, number[][], KappaWeights, number, number]>([
  ["couples", couples, "linear", 0.2373806275579809, 0.07831633477837284],
  ["couples", couples, "quadratic", 0.3320455862468611, 0.09729752195860461],
  ["five labels", five, "linear", 0.6888260254596889, 0.06534241049810677],
  ["five labels", five, "quadratic", 0.8138354135815528, 0.06194616914927021],
  ["an unused label", gap, "linear", 0.5, 0.24650332429581734],
])("weighted kappa: %s, %s", (_, table, weights, kappa, se) => {
  const found = weightedKappa(pairsOf(table), [...table.keys()], weights);
  expect(found.kappa).toBeCloseTo(kappa, 12);
  expect(found.se).toBeCloseTo(se, 12);
});

test("an unused label still separates its neighbours", () => {
  const pairs: readonly Rated<number>[] = [
    [0, 0],
    [0, 0],
    [2, 2],
    [2, 0],
    [3, 3],
    [3, 2],
  ];
  expect(weightedKappa(pairs, [0, 1, 2, 3], "linear").kappa).toBeCloseTo(0.64, 12);
  expect(weightedKappa(pairs, [0, 2, 3], "linear").kappa).toBeCloseTo(0.625, 12);
});

test("null if nothing was rated or if chance alone gives full agreement", () => {
  expect(cohenKappa([])).toEqual({ kappa: null, se: null, n: 0, observed: null });
  const same = cohenKappa(Array.from({ length: 7 }, (): Rated<string> => ["A", "A"]));
  expect(same).toMatchObject({ kappa: null, se: null, n: 7 });
  expect(same.observed).toBeCloseTo(1, 12);
  expect(weightedKappa([], [1, 2], "linear").kappa).toBeNull();
});

test("a label that is not on the scale throws", () => {
  expect(() => weightedKappa([[1, 9]], [1, 2, 3], "quadratic")).toThrow(RangeError);
});

const label = fc.integer({ min: 0, max: 4 });
const ratings = fc.array(fc.tuple(label, label), { minLength: 2, maxLength: 60 });
const scale = [0, 1, 2, 3, 4];

test("kappa is symmetric, stays within its bounds, and is 1 for identical ratings", () => {
  fc.assert(
    fc.property(ratings, fc.constantFrom("linear", "quadratic"), (pairs, weights) => {
      const turned = pairs.map(([a, b]): Rated<number> => [b, a]);
      const one = weightedKappa(pairs, scale, weights).kappa;
      const other = weightedKappa(turned, scale, weights).kappa;
      expect(other ?? 2).toBeCloseTo(one ?? 2, 9);
      expect(one ?? 0).toBeLessThanOrEqual(1 + 1e-9);
      expect(one ?? 0).toBeGreaterThanOrEqual(-1 - 1e-9);
      const agreed = pairs.map(([a]): Rated<number> => [a, a]);
      expect(cohenKappa(agreed).kappa ?? 1).toBeCloseTo(1, 9);
    }),
  );
});

test("with two labels all three kappas are equal", () => {
  const binary = fc.array(fc.tuple(fc.constantFrom(0, 1), fc.constantFrom(0, 1)), { minLength: 2 });
  fc.assert(
    fc.property(binary, (pairs) => {
      const plain = cohenKappa(pairs).kappa;
      expect(weightedKappa(pairs, [0, 1], "linear").kappa ?? 2).toBeCloseTo(plain ?? 2, 9);
      expect(weightedKappa(pairs, [0, 1], "quadratic").kappa ?? 2).toBeCloseTo(plain ?? 2, 9);
    }),
  );
});
