import { expect, test } from "vitest";

import { seededRandom } from "../random.ts";
import { bestOf } from "./cross-fit.ts";

const random = seededRandom(4);
const columns = (items: number, shares: readonly number[]) =>
  shares.map((share) => Array.from({ length: items }, () => Number(random() < share)));
const own = (items: number) => Array.from({ length: items }, (_, item) => item);

test("of five prompts that are equally good, the best one seems to gain and does not", () => {
  let [seeming, gain, outside] = [0, 0, 0];
  const runs = 200;
  for (let run = 0; run < runs; run++) {
    const best = bestOf(columns(60, [0.6, 0.6, 0.6, 0.6, 0.6]), own(60), run);
    seeming += (best.chosen_mean - best.base) / runs;
    gain += best.gain / runs;
    const { low, high } = best.interval ?? { low: -1, high: 1 };
    if (low > 0 || high < 0) outside++;
  }
  expect(seeming).toBeGreaterThan(0.05);
  expect(Math.abs(gain)).toBeLessThan(0.012);
  expect(outside / runs).toBeLessThanOrEqual(0.05 + 2 * Math.sqrt((0.05 * 0.95) / runs));
});

test("a prompt that is better by far is chosen and measured as such", () => {
  const best = bestOf(columns(400, [0.5, 0.8]), own(400), 1);
  expect(best.chosen).toBe(1);
  expect(best.gain).toBeCloseTo(best.chosen_mean - best.base, 9);
  expect(best.interval?.low).toBeGreaterThan(0.15);
});

test("items of one cluster stay together; few clusters have no interval; none but the base gains 0", () => {
  const few = bestOf(columns(8, [0.5, 0.6]), [0, 0, 1, 1, 2, 2, 3, 3], 1);
  expect(few.interval).toBeNull();
  const alone = bestOf(columns(30, [0.5]), own(30), 1);
  expect(alone.chosen).toBe(0);
  expect(alone.gain).toBeCloseTo(0, 12);
});
