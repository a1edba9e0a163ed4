import fc from "fast-check";
import { expect, test } from "vitest";

import { seededRandom } from "../random.ts";
import { bradleyTerry, type Meeting, ratings } from "./bradley-terry.ts";

const meeting = (...[first, second, wins, losses, ties]: number[]): Meeting => ({
  first: first ?? 0,
  second: second ?? 0,
  wins: wins ?? 0,
  losses: losses ?? 0,
  ties: ties ?? 0,
});

/*
 * Golden values: damped Newton on the same log-likelihood, written independently in Python 3, ties as half a win:
 *   gradient_i = Σ_j (won_ij + tied_ij / 2 - met_ij / (1 + exp(θ_j - θ_i))) + prior / 2 - prior / (1 + exp(-θ_i))
 * with the exact Hessian, down to a step below 1e-14, centred.
 */
test.each([
  [
    "three players, no prior",
    3,
    [meeting(0, 1, 7, 3, 0), meeting(1, 2, 6, 4, 0), meeting(0, 2, 8, 1, 1)],
    0,
    [0.8373615529, -0.1539659929, -0.68339556],
  ],
  [
    "four players, one pair never met",
    4,
    [
      meeting(0, 1, 12, 5, 3),
      meeting(0, 2, 9, 9, 2),
      meeting(0, 3, 20, 0, 0),
      meeting(1, 2, 4, 11, 5),
      meeting(2, 3, 13, 6, 1),
    ],
    1,
    [0.7734058843, -0.1473146203, 0.3970896549, -1.0231809188],
  ],
  ["a player who never loses", 2, [meeting(0, 1, 10, 0, 0)], 1, [1.6708386641, -1.6708386641]],
])("%s", (_, players, meetings, prior, expected) => {
  const theta = bradleyTerry(players, meetings, { prior });
  expect([...(theta ?? [])].map((each) => Math.round(each * 1e8) / 1e8)).toEqual(
    expected.map((each) => Math.round(each * 1e8) / 1e8),
  );
});

test("two players without a prior: the log odds", () => {
  const [theta = 0] = bradleyTerry(2, [meeting(0, 1, 30, 10, 0)], { prior: 0 }) ?? [];
  expect(2 * theta).toBeCloseTo(Math.log(3), 10);
});

test("without a prior, a player who never loses has no finite strength", () => {
  expect(bradleyTerry(2, [meeting(0, 1, 10, 0, 0)], { prior: 0 })).toBeNull();
});

test("more wins mean more strength, and the sides of a meeting do not matter", () => {
  const count = fc.integer({ min: 0, max: 50 });
  fc.assert(
    fc.property(count, count, count, (wins, losses, ties) => {
      const [theta = 0] = bradleyTerry(2, [meeting(0, 1, wins, losses, ties)]) ?? [];
      const [, turned = 0] = bradleyTerry(2, [meeting(0, 1, losses, wins, ties)]) ?? [];
      expect(Math.sign(Math.round(theta * 1e9))).toBe(Math.sign(wins - losses));
      expect(turned).toBeCloseTo(theta, 8);
    }),
  );
});

test("bootstrap intervals have about their nominal coverage", () => {
  const random = seededRandom(11);
  const truth = Math.log(1.8);
  const p = 1 / (1 + Math.exp(-truth));
  let held = 0;
  for (let round = 0; round < 40; round++) {
    const groups = Array.from({ length: 120 }, () => [
      random() < p ? meeting(0, 1, 1, 0, 0) : meeting(0, 1, 0, 1, 0),
    ]);
    const [first] = ratings(2, groups, { seed: round, resamples: 150 }) ?? [];
    if (first !== undefined && first.interval.low <= truth / 2 && truth / 2 <= first.interval.high)
      held += 1;
  }
  expect(held).toBeGreaterThanOrEqual(32);
});

test("the same seed gives the same intervals; no meetings give none", () => {
  const groups = [[meeting(0, 1, 3, 1, 0)], [meeting(0, 1, 0, 2, 1)], [meeting(0, 1, 2, 2, 2)]];
  expect(ratings(2, groups, { seed: 3 })).toEqual(ratings(2, groups, { seed: 3 }));
  expect(ratings(2, [], { seed: 3 })).toBeNull();
});
