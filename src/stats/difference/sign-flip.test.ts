import { describe, expect, test } from "vitest";

import { seededRandom } from "../random.ts";
import { mcnemar } from "./paired.ts";
import { signFlipTest } from "./sign-flip.ts";

const options = { seed: 7, draws: 9_999 };
const repeated = (value: number, times: number): number[] =>
  Array.from({ length: times }, () => value);

describe("equal contributions are McNemar's exact test", () => {
  test.each([
    [3, 9],
    [70, 30],
    [0, 6],
    [1, 0],
    [600, 700],
  ])("%i lost, %i won", (lost, won) => {
    const found = signFlipTest([...repeated(-0.01, lost), ...repeated(0.01, won), 0, 0], options);
    expect(found.p).toBeCloseTo(mcnemar(lost, won), 10);
  });
});

/** All 2^k swaps, one by one. */
function bySwapping(contributions: readonly number[]): number {
  const observed = Math.abs(contributions.reduce((sum, each) => sum + each, 0));
  let extreme = 0;
  for (let way = 0; way < 2 ** contributions.length; way++) {
    const sum = contributions.reduce(
      (total, each, place) => total + (((way >> place) & 1) === 1 ? each : -each),
      0,
    );
    if (Math.abs(sum) >= observed - 1e-12) extreme++;
  }
  return extreme / 2 ** contributions.length;
}

test("unequal contributions: as by writing down every swap", () => {
  const random = seededRandom(3);
  for (let run = 0; run < 200; run++) {
    const count = 1 + Math.floor(random() * 11);
    const contributions = Array.from(
      { length: count },
      () => (random() - 0.4) * (random() < 0.5 ? 0.1 : 1),
    );
    expect(signFlipTest(contributions, options).p).toBeCloseTo(bySwapping(contributions), 10);
  }
});

test("where sums are too many to enumerate, the draws agree with the exact value", () => {
  const random = seededRandom(11);
  // Seventeen different sizes have 2^17 sums, more than are enumerated.
  const many = Array.from({ length: 17 }, () => random() - 0.3);
  const { p } = signFlipTest(many, { seed: 5, draws: 200_000 });
  expect(Math.abs(p - bySwapping(many))).toBeLessThan(0.004);
});

describe("the least p", () => {
  test.each([
    [[], 1],
    [[0, 0, 0], 1],
    [[0.2], 1],
    [[0.2, -0.1, 0], 0.5],
    [[1, 1, 1, -1, -1, -1], 2 / 64],
  ])("%j", (contributions, least) => {
    const found = signFlipTest(contributions, options);
    expect(found.least_p).toBeCloseTo(least, 12);
    expect(found.p).toBeGreaterThanOrEqual(found.least_p - 1e-12);
  });

  test("is reached where all point the same way", () => {
    const found = signFlipTest([0.3, 0.1, 0.2, 0.05, 0.7], options);
    expect(found.p).toBeCloseTo(2 / 32, 12);
  });
});

test("the unit does not matter, and the order does not", () => {
  const contributions = [0.3, -0.1, 0.25, 0.05, -0.7, 0.4, 0.4];
  const { p } = signFlipTest(contributions, options);
  expect(signFlipTest(contributions.toReversed(), options).p).toBeCloseTo(p, 12);
  expect(
    signFlipTest(
      contributions.map((each) => each * -1e6),
      options,
    ).p,
  ).toBeCloseTo(p, 12);
});

test("the same seed draws the same p", () => {
  const random = seededRandom(2);
  const many = Array.from({ length: 60 }, () => random() - 0.45);
  expect(signFlipTest(many, options)).toEqual(signFlipTest(many, options));
});
