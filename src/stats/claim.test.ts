import { expect, test } from "vitest";

import { claimOf, passChance } from "./claim.ts";

test("a share at the mark is no proof: 285 of 300 passes, and the bound needs 292", () => {
  const claim = claimOf(285, 300, { at_least: 0.95 });
  expect(claim).toMatchObject({ meets: true, carries: false, needed: 292 });
  expect(claim.interval?.low).toBeCloseTo(0.919, 3);
  expect(claim.interval?.high).toBeCloseTo(0.9695, 4);
  expect(passChance(300, { at_least: 0.95 }, 0.94)).toBeCloseTo(0.28, 2);
  expect(claimOf(292, 300, { at_least: 0.95 }).carries).toBe(true);
  expect(claimOf(291, 300, { at_least: 0.95 }).carries).toBe(false);
});

test("of 1,000 contents 916 have to be in order, and 900 pass half of the time", () => {
  expect(claimOf(900, 1_000, { at_least: 0.9 })).toMatchObject({ meets: true, needed: 916 });
  expect(passChance(1_000, { at_least: 0.9 }, 0.9)).toBeCloseTo(0.53, 2);
});

test("of 300 harmless questions 8 may be refused", () => {
  const claim = claimOf(15, 300, { at_most: 0.05 });
  expect(claim).toMatchObject({ meets: true, carries: false });
  expect(claimOf(claim.needed ?? -1, 300, { at_most: 0.05 }).carries).toBe(true);
  expect(claimOf((claim.needed ?? -1) + 1, 300, { at_most: 0.05 }).carries).toBe(false);
});

test("bounds are exact: they hold the true share in no less than 95% of samples", () => {
  expect(claimOf(20, 20, { at_least: 0.95 }).bound).toBeCloseTo(0.05 ** (1 / 20), 6);
  expect(claimOf(20, 20, { at_least: 0.95 }).needed).toBeNull();
  expect(claimOf(0, 60, { at_most: 0.05 }).bound).toBeCloseTo(1 - 0.05 ** (1 / 60), 6);
  expect(claimOf(0, 0, { at_most: 0.05 })).toMatchObject({ meets: null, bound: null });
});
