import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { shareOf } from "./points.ts";
import { weightAt, weightRange } from "./sensitivity.ts";
import { chancesAmong, placesBySum } from "./standing.ts";

const unit = fc.integer({ min: 0, max: 100 }).map((each) => each / 100);
const cards = fc.integer({ min: 2, max: 5 }).chain((criteria) =>
  fc.record({
    weights: fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), {
      minLength: criteria,
      maxLength: criteria,
    }),
    points: fc.array(fc.array(unit, { minLength: criteria, maxLength: criteria }), {
      minLength: 2,
      maxLength: 6,
    }),
  }),
);

describe("where the winner changes", () => {
  /** All totals with the first weight at `share` of all, the others in proportion. */
  const totalsAt = (
    shares: readonly number[],
    points: readonly (readonly number[])[],
    share: number,
  ): readonly number[] => {
    const rest = shares.slice(1).reduce((sum, each) => sum + each, 0);
    const own = shares.map((each, at) => (at === 0 ? share : (each * (1 - share)) / rest));
    return points.map((target) => target.reduce((sum, each, at) => sum + each * (own[at] ?? 0), 0));
  };

  test("is the first place at which a recount of all totals finds another, whatever the card", () => {
    fc.assert(
      fc.property(cards, ({ weights, points }) => {
        const whole = weights.reduce((sum, each) => sum + each, 0);
        const shares = weights.map((each) => each / whole);
        const now = totalsAt(shares, points, shares[0] ?? 0);
        const leader = now.indexOf(Math.max(...now));
        const { below, above } = weightRange(shares, points, [0], leader);
        for (let at = 0; at <= 200; at++) {
          const share = at / 200;
          const isInside = share >= (below?.share ?? 0) && share <= (above?.share ?? 1);
          const totals = totalsAt(shares, points, share);
          if (isInside) expect(totals[leader]).toBeGreaterThan(Math.max(...totals) - 1e-7);
        }
        for (const [found, way] of [
          [below, -1],
          [above, 1],
        ] as const) {
          if (found === null) continue;
          const end = way < 0 ? 0 : 1;
          const beyond = totalsAt(shares, points, found.share + (end - found.share) / 1_000);
          expect(beyond[found.winner]).toBeGreaterThan(beyond[leader] ?? 0);
          expect(beyond[found.winner]).toBeGreaterThan(Math.max(...beyond) - 1e-3);
        }
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  test("all weight in one place has no others; a tie changes at once", () => {
    expect(weightRange([1], [[1], [0]], [0], 0)).toMatchObject({
      alone: true,
      below: null,
      above: null,
    });
    const tied = weightRange(
      [0.5, 0.5],
      [
        [1, 0],
        [0, 1],
      ],
      [0],
      0,
    );
    expect(tied.below).toEqual({ share: 0.5, winner: 1 });
    expect(tied.above).toBeNull();
    expect(weightAt(0.5, 0.2, 10)).toBeCloseTo(8, 12);
  });
});

describe("points", () => {
  test.each([
    ["linear", { worst: 50, best: 100 }, "higher", 90, 0.8],
    ["beyond the best", { worst: 50, best: 100 }, "higher", 130, 1],
    ["below the worst", { worst: 5, best: 0.5 }, "lower", 9, 0],
    ["a timeout", { worst: 5, best: 0.5 }, "lower", Number.POSITIVE_INFINITY, 0],
    [
      "at a step, sums of floating point included",
      {
        steps: [
          { from: 0.3, points: 40 },
          { from: 0.9, points: 100 },
        ],
      },
      "higher",
      0.1 + 0.2,
      0.4,
    ],
    ["before all steps", { steps: [{ from: 3, points: 40 }] }, "lower", 4, 0],
    ["lowest price", "lowest-price", "lower", 320, 0.3125],
    ["lowest price of a timeout", "lowest-price", "lower", Number.POSITIVE_INFINITY, 0],
  ] as const)("%s", (_, rule, better, value, share) => {
    const own = typeof rule === "object" && "steps" in rule ? { steps: [...rule.steps] } : rule;
    expect(shareOf(own, better, 100)(value)).toBeCloseTo(share, 12);
  });

  test("a price of nothing is the lowest and leaves the others none", () => {
    expect([0, 50].map(shareOf("lowest-price", "lower", 0))).toEqual([1, 0]);
  });
});

test("places and chances share ties", () => {
  expect(placesBySum([0.3, 0.1 + 0.2, 0.1])).toEqual([1, 1, 3]);
  expect(chancesAmong([0.3, 0.1 + 0.2, 0.1], 1)).toEqual([0.5, 0.5, 0]);
  expect(chancesAmong([1, 1, 1, 1], 3)).toEqual([0.75, 0.75, 0.75, 0.75]);
});
