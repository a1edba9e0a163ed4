import { expect, test } from "vitest";

import { seededRandom } from "../random.ts";
import { exchangeTest, type ExchangeUnit } from "./exchange.ts";

const options = { seed: 7, draws: 4_999 };

const side = (values: readonly number[], sign: 1 | -1): readonly ExchangeUnit[] =>
  values.map((value) => ({ values: [value], shares: [sign / values.length] }));

test("one stratum of 0 and 1 is Fisher's exact test", () => {
  // scipy.stats.permutation_test of [1,1,1,1,1,0] against [0,0,0,0,1,0], difference of means, two-sided: 0.0801.
  const strata = [{ base: side([0, 0, 0, 0, 1, 0], -1), new: side([1, 1, 1, 1, 1, 0], 1) }];
  const found = exchangeTest(strata, { seed: 1, draws: 100_000 });
  expect(Math.abs((found?.p ?? 0) - 0.0801)).toBeLessThan(0.004);
});

test("the least p is that of the greatest difference that the values allow", () => {
  // Six ones of twelve: all on one side in 1 of C(12, 6) = 924 deals.
  const strata = [{ base: side([0, 0, 0, 1, 1, 0], -1), new: side([1, 1, 1, 0, 1, 0], 1) }];
  expect(exchangeTest(strata, options)?.least_p).toBeCloseTo(1 / 924, 9);
  const one = [{ base: side([0, 0, 0], -1), new: side([0, 1, 0], 1) }];
  expect(exchangeTest(one, options)?.least_p).toBeCloseTo(0.5, 9);
});

test("strata are not mixed: a task that only one side holds proves nothing", () => {
  expect(exchangeTest([{ base: side([0, 0, 0], -1), new: [] }], options)).toBeNull();
});

test("sides of one kind are told apart in at most 5 of 100 cases, others are found", () => {
  const random = seededRandom(4);
  const draw = (n: number, p: number) => Array.from({ length: n }, () => Number(random() < p));
  const rate = (p: number): number => {
    let rejected = 0;
    for (let run = 0; run < 400; run++) {
      const strata = [0, 1, 2].map(() => ({
        base: side(draw(12, 0.7), -1),
        new: side(draw(9, p), 1),
      }));
      if ((exchangeTest(strata, { seed: run, draws: 199 })?.p ?? 1) < 0.05) rejected++;
    }
    return rejected / 400;
  };
  expect(rate(0.7)).toBeLessThan(0.05 + 2 * Math.sqrt((0.05 * 0.95) / 400));
  expect(rate(0.2)).toBeGreaterThan(0.9);
});
