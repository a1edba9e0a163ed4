import { expect, inject, test } from "vitest";

import { seededRandom } from "../../stats/random.ts";
import { resampledShare } from "../../stats/resampling/resampled-share.ts";
import { simulate } from "./simulate.ts";

/** First places of targets whose answers to the same items are these. */
function firstsOf(answers: readonly (readonly number[])[], seed: number): readonly number[] {
  const items = answers[0]?.length ?? 0;
  const draws = answers.map((values) =>
    resampledShare({
      strata: [
        {
          clusters: values.map((_, at) => at),
          reached: values.map((value) => value / items),
          of: values.map(() => 1 / items),
        },
      ],
      fixed: 0,
      size: items,
      widened: false,
    }),
  );
  return simulate({
    clusters: items,
    draws: 500,
    seed,
    targets: answers.length,
    totals: ({ weights, random: own }) => draws.map((draw) => draw(weights, own)),
  }).map(({ first }) => first);
}

test("where the truth is known, who is said to be first is first as often as said", () => {
  const random = seededRandom(4);
  const [worlds, items] = [inject("matrix") ? 300 : 60, 50];
  let [said, came, spread] = [0, 0, 0];
  for (let world = 0; world < worlds; world++) {
    const truths = [0, 1, 2].map(() => random());
    const answers = truths.map((truth) =>
      Array.from({ length: items }, () => (random() < truth ? 1 : 0)),
    );
    const firsts = firstsOf(answers, world);
    const leader = firsts.indexOf(Math.max(...firsts));
    const chance = firsts[leader] ?? 0;
    said += chance;
    spread += chance * (1 - chance);
    if (truths[leader] === Math.max(...truths)) came++;
  }
  expect(Math.abs(said - came)).toBeLessThan(3 * Math.sqrt(spread));
  expect(said).toBeGreaterThan(0.7 * worlds);
});

test("of two that are equal, one is said to be first in about 5 of 100 runs", () => {
  const random = seededRandom(9);
  const worlds = inject("matrix") ? 400 : 100;
  let wrong = 0;
  for (let world = 0; world < worlds; world++) {
    const answers = [0, 1].map(() => Array.from({ length: 60 }, () => (random() < 0.7 ? 1 : 0)));
    if (firstsOf(answers, world).some((first) => first >= 0.975)) wrong++;
  }
  // Five of 100 give or take three standard errors.
  const margin = 3 * Math.sqrt((0.05 * 0.95) / worlds);
  expect(wrong).toBeGreaterThan(0);
  expect(Math.abs(wrong / worlds - 0.05)).toBeLessThan(margin);
});
