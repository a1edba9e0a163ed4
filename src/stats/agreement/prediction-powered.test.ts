import { describe, expect, test } from "vitest";

import { normalQuantile, studentQuantile } from "../distributions.ts";
import { clusteredMean } from "../interval.ts";
import { type RulingRule } from "../testing/ruled-samples.ts";
import { verifyRulings } from "../testing/verify-rulings.ts";
import { predictionPowered, type RuledMark } from "./prediction-powered.ts";

const marks = (person: readonly number[], judge: readonly number[]): readonly RuledMark[] =>
  person.map((each, index) => ({ person: each, judge: judge[index] ?? 0, cluster: index }));

describe("the mean corrected by rulings", () => {
  test("the figures of an independent computation in exact fractions (Python)", () => {
    const found = predictionPowered(
      marks(
        [1, 0, 1, 0.5, 1, 0, 0.5, 1, 1, 0, 1, 0.5],
        [0.5, 0.25, 0.75, 0.5, 1, 0.75, 0.25, 1, 0.75, 0.5, 0.25, 0.75],
      ),
      { n: 60, mean: 0.7 },
    );
    expect(found?.value).toBeCloseTo(0.69065987748, 12);
    expect(found?.lambda).toBeCloseTo(0.52806078995, 12);
    expect(found?.interval.low).toBeCloseTo(0.413903800191, 9);
    expect(found?.interval.high).toBeCloseTo(0.875910685677, 9);
  });

  test("a judge that always gives 0.3 too much is corrected by as much, whatever its mean", () => {
    const person = Array.from({ length: 20 }, (_, index) => (index % 8) / 10);
    const judge = person.map((each) => each + 0.3);
    const found = predictionPowered(marks(person, judge), { n: 1_000_000, mean: 0.7 });
    expect(found?.lambda).toBeCloseTo(1, 12);
    expect(found?.value).toBeCloseTo(0.4, 12);
    expect((found?.interval.high ?? 1) - (found?.interval.low ?? 0)).toBeLessThan(0.001);
  });

  test.each([
    ["gives everything the same mark", () => 0.8],
    ["marks the wrong way round", (person: number) => 1 - person],
  ])("a judge that %s is not followed", (_, judgeOf) => {
    const person = Array.from({ length: 20 }, (__, index) => Number(index % 5 > 0));
    const found = predictionPowered(marks(person, person.map(judgeOf)), { n: 400, mean: 0.1 });
    expect(found).toMatchObject({ lambda: 0, value: 0.8 });
  });

  test("where every answer was ruled on, it is people's own mean", () => {
    const person = Array.from({ length: 30 }, (_, index) => (index % 3) / 2);
    const judge = person.map((each, index) => (each + (index % 2)) / 2);
    const mean = judge.reduce((sum, each) => sum + each, 0) / 30;
    const found = predictionPowered(marks(person, judge), { n: 30, mean });
    expect(found?.value).toBeCloseTo(0.5, 2);
  });

  test("answers to one question count together", () => {
    const person = Array.from({ length: 40 }, (_, index) => Number(index % 4 < 2));
    const apart = marks(
      person,
      person.map(() => 0.5),
    );
    const together = apart.map((each, index) => ({ ...each, cluster: Math.floor(index / 2) }));
    const width = (ruled: readonly RuledMark[]): number => {
      const { low, high } = predictionPowered(ruled, { n: 4000, mean: 0.5 })?.interval ?? {
        low: 0,
        high: 0,
      };
      return high - low;
    };
    expect(width(together) / width(apart)).toBeGreaterThan(1.3);
  });

  test("too few questions are no sample, however many answers", () => {
    const nine = Array.from({ length: 90 }, (_, index) => ({
      person: index % 2,
      judge: index % 2,
      cluster: index % 9,
    }));
    expect(predictionPowered(nine, { n: 900, mean: 0.5 })).toBeNull();
  });

  test("rulings that all agree leave doubt all the same", () => {
    const found = predictionPowered(marks(Array<number>(12).fill(1), Array<number>(12).fill(1)), {
      n: 500,
      mean: 1,
    });
    expect(found?.value).toBe(1);
    expect(found?.interval.low).toBeGreaterThan(0.6);
    expect(found?.interval.low).toBeLessThan(0.85);
  });
});

/** Follows the judge whatever it is worth. */
const untuned: RulingRule = (ruled, all) => {
  const values = ruled.map(({ person, judge }) => person - (judge - all.mean));
  const { mean, se } = clusteredMean({ values, clusters: ruled.map(({ cluster }) => cluster) });
  const half = studentQuantile(0.975, ruled.length - 1) * (se ?? 0);
  return { interval: { low: mean - half, high: mean + half } };
};

/** Tunes on the marks that it corrects, and takes the normal quantile for Student's. */
const plain: RulingRule = (ruled, all) => {
  const meanOf = (of: (each: RuledMark) => number): number =>
    ruled.reduce((sum, each) => sum + of(each), 0) / ruled.length;
  const [person, judge] = [meanOf((each) => each.person), meanOf((each) => each.judge)];
  const both = meanOf((each) => (each.person - person) * (each.judge - judge));
  const own = meanOf((each) => (each.judge - judge) ** 2);
  const slope = own < 1e-12 ? 0 : both / own;
  const values = ruled.map((each) => each.person - slope * (each.judge - all.mean));
  const { mean, se } = clusteredMean({ values, clusters: ruled.map(({ cluster }) => cluster) });
  const half = normalQuantile(0.975) * (se ?? 0);
  return { interval: { low: mean - half, high: mean + half } };
};

describe("the simulation behind the promise", () => {
  const short = { runs: 300, errors: 3, seed: 7, sizes: [10] };
  const missedBy = (rule: RulingRule): ReadonlySet<string> =>
    new Set(verifyRulings(rule, short).flatMap(({ missed }) => missed));

  test("the rule keeps it", () => {
    expect([...missedBy(predictionPowered)]).toEqual([]);
  });

  test("following every judge breaks it: a useless one makes the interval wide", () => {
    expect([...missedBy(untuned)]).toContain("too wide");
  });

  test("a normal quantile on marks that tuned themselves breaks it: it covers too little", () => {
    expect([...missedBy(plain)]).toContain("covers too little");
  });
});
