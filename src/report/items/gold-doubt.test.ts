import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { Witness } from "./gold-doubt.ts";

import { goldDoubt, priorDoubt } from "./gold-doubt.ts";

/** A model that gave one answer once; 0 is the gold's. */
const says = (skill: number, answer: number): Witness => ({
  skill,
  counts: Array.from({ length: answer + 1 }, (_, each) => Number(each === answer)),
  unnamed: 0,
});
const differs = (skill: number): Witness => ({ skill, counts: [], unnamed: 1 });

const probability = (witnesses: readonly Witness[], choices = 4): number =>
  goldDoubt(witnesses, choices).probability;

test("without answers only the prior is known", () => {
  expect(probability([])).toBeCloseTo(priorDoubt, 12);
});

test("skills at the level of chance say nothing", () => {
  // One of two answers, right half of the time: every answer is as probable under either truth.
  expect(probability([says(0.5, 1), says(0.5, 1)], 2)).toBeLessThan(0.06);
  expect(probability([says(0.25, 1)])).toBeCloseTo(priorDoubt, 1);
});

describe("what raises and what lowers doubt", () => {
  test.each<[string, readonly Witness[], readonly Witness[], number]>([
    ["agreement over discord", [says(0.9, 1), says(0.8, 1)], [says(0.9, 1), says(0.8, 2)], 4],
    ["strong models over weak ones", [says(0.9, 1), says(0.5, 0)], [says(0.9, 0), says(0.5, 1)], 4],
    ["three over two", [1, 1, 1].map((a) => says(0.8, a)), [1, 1, 0].map((a) => says(0.8, a)), 4],
    [
      "one against the gold over none",
      [says(0.9, 1), says(0.9, 0)],
      [says(0.9, 0), says(0.9, 0)],
      4,
    ],
    [
      "the same answer over unnamed ones",
      [says(0.9, 1), says(0.9, 1)],
      [differs(0.9), differs(0.9)],
      10,
    ],
  ])("%s", (_, more, less, choices) => {
    expect(probability(more, choices)).toBeGreaterThan(probability(less, choices));
  });

  test("agreement on one of a thousand says more than on one of two", () => {
    const three = [0.6, 0.8, 0.9].map((skill) => says(skill, 1));
    expect(probability(three, 1_000)).toBeGreaterThan(probability(three, 4));
    expect(probability(three, 4)).toBeGreaterThan(probability(three, 2));
  });

  test("weak models that share a popular mistake do not outvote a strong one", () => {
    const crowd = Array.from({ length: 6 }, () => says(0.3, 1));
    expect(probability([...crowd, says(0.97, 0)])).toBeLessThan(0.05);
  });

  test("asked ten times, a model still has one vote", () => {
    const once = [says(0.9, 1), says(0.7, 0)];
    const often = [{ skill: 0.9, counts: [0, 10], unnamed: 0 }, says(0.7, 0)];
    expect(probability(often)).toBeCloseTo(probability(once), 12);
  });
});

test("names the answer that the strong models share", () => {
  expect(goldDoubt([says(0.95, 2), says(0.9, 2), says(0.5, 1)], 4).answer).toBe(2);
  expect(goldDoubt([differs(0.9), differs(0.9)], 4).answer).toBeNull();
});

/** The definition written out: every difficulty, attraction, truth and distractor of a small world, summed. */
function byDefinition(witnesses: readonly Witness[], choices: number): number {
  const shifts = [-2.856970013872806, -1.355626179974266, 0, 1.355626179974266, 2.856970013872806];
  const weights = [
    0.01125741132772, 0.2220759220056, 0.5333333333333, 0.2220759220056, 0.01125741132772,
  ];
  const answers = Array.from({ length: choices }, (_, answer) => answer);
  const likelihood = (truth: number): number => {
    let sum = 0;
    for (const [at, shift] of shifts.entries()) {
      for (const attraction of [0, 0.4, 0.8]) {
        for (const distractor of answers.filter((answer) => answer !== truth)) {
          let product = (weights[at] ?? 0) / 3 / (choices - 1);
          for (const { skill, counts } of witnesses) {
            const odds = (skill / (1 - skill)) * Math.exp(-1.2 * shift);
            const right = odds / (1 + odds);
            const said = counts.indexOf(1);
            const drawn = said === distractor ? attraction : 0;
            product *=
              said === truth ? right : (1 - right) * ((1 - attraction) / (choices - 1) + drawn);
          }
          sum += product;
        }
      }
    }
    return sum;
  };
  const wrong = answers
    .slice(1)
    .reduce((sum, truth) => sum + (priorDoubt / (choices - 1)) * likelihood(truth), 0);
  return wrong / (wrong + (1 - priorDoubt) * likelihood(0));
}

test("equals its definition", () => {
  const witness = fc.record({
    skill: fc.double({ min: 0.05, max: 0.98, noNaN: true }),
    answer: fc.integer({ min: 0, max: 3 }),
  });
  fc.assert(
    fc.property(
      fc.array(witness, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 4, max: 9 }),
      (given, choices) => {
        const witnesses = given.map(({ skill, answer }) => says(skill, answer));
        expect(probability(witnesses, choices)).toBeCloseTo(byDefinition(witnesses, choices), 4);
      },
    ),
  );
});
