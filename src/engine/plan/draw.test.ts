import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { Bank } from "../../domain/risk/bank.ts";

import { seededRandom } from "../../stats/random.ts";
import { type Drawable, drawn } from "./draw.ts";

/** So many items of a bank by risk. */
const bankOf = (bank: Bank, sizes: Readonly<Record<string, number>>): readonly Drawable[] =>
  Object.entries(sizes).flatMap(([risk, items]) =>
    Array.from({ length: items }, (_, row) => ({ task: 0, row, bank, risk })),
  );

const shuffleBy =
  (seed: number) =>
  <T>(values: readonly T[]): readonly T[] => {
    const random = seededRandom(seed);
    return values
      .map((value) => [random(), value] as const)
      .toSorted(([a], [b]) => a - b)
      .map(([, value]) => value);
  };

const byRisk = (taken: readonly Drawable[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...Map.groupBy(taken, ({ risk }) => risk)].map(([risk, of]) => [risk, of.length]),
  );

describe("a draw from banks", () => {
  test("takes exactly as many, evenly over the risks; a small risk gives all, the others the rest", () => {
    const all = bankOf("refuse", { "A1.1": 100, "A1.2": 100, "A1.3": 4 });
    const taken = drawn(all, { refuse: 60 }, shuffleBy(7));
    expect(byRisk(taken)).toEqual({ "A1.1": 28, "A1.2": 28, "A1.3": 4 });
  });

  test("leaves out banks that it does not name, and items of none", () => {
    const all = [
      ...bankOf("refuse", { "A1.1": 9 }),
      ...bankOf("answer", { "": 9 }),
      ...bankOf("generated", { "A2.1": 9 }),
      { task: 1, row: 0, bank: null, risk: "t" },
    ];
    const taken = drawn(all, { answer: 5, generated: 3 }, shuffleBy(1));
    expect(Object.fromEntries(Map.groupBy(taken, ({ bank }) => bank))).toMatchObject({
      answer: { length: 5 },
      generated: { length: 3 },
    });
    expect(taken).toHaveLength(8);
  });

  test("refuses a bank that is too small, with both numbers", () => {
    const all = bankOf("refuse", { "A1.1": 120 });
    expect(() => drawn(all, { refuse: 300 }, shuffleBy(1))).toThrow(
      /only 120 items that must be refused/,
    );
  });

  test("for any bank: exact, without repeats, no risk more than one above another that had items left", () => {
    const sizes = fc.dictionary(
      fc.stringMatching(/^[a-z]{1,3}$/),
      fc.integer({ min: 1, max: 40 }),
      {
        minKeys: 1,
        maxKeys: 12,
      },
    );
    fc.assert(
      fc.property(
        sizes,
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.nat(),
        (held, share, seed) => {
          const all = bankOf("generated", held);
          const wanted = Math.max(1, Math.floor(share * all.length));
          const taken = drawn(all, { generated: wanted }, shuffleBy(seed));
          expect(taken).toHaveLength(wanted);
          expect(new Set(taken).size).toBe(wanted);
          const counts = byRisk(taken);
          const most = Math.max(...Object.values(counts));
          for (const [risk, items] of Object.entries(held)) {
            const given = counts[risk] ?? 0;
            if (given < items) expect(most - given).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });
});
