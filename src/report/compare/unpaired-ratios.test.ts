import { expect, inject, test } from "vitest";

import type { View } from "../view/model.ts";

import { seededRandom } from "../../stats/random.ts";
import { answerLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";
import { unpairedRatios } from "./unpaired-ratios.ts";

const target = "a/x";

function viewOf(items: number, currency: "CNY" | "USD" = "CNY", suite = "s"): View {
  const view = createView();
  step(view, runLine([target]));
  for (let index = 0; index < items; index++) {
    const item = `${suite}/t/${index}`;
    const cluster = index % 3 === 0 ? null : `p${Math.floor(index / 3)}`;
    step(view, itemLine(item, { cluster }));
    step(view, answerLine({ item, target, cost: { amount: 0.01, currency } }));
    step(view, scoreLine({ item, target }, index % 4 === 0 ? "wrong" : "right"));
  }
  return view;
}

function sideOf(view: View) {
  const found = view.byRef.get(target);
  if (found === undefined) throw new Error("no target");
  return { view, target: found };
}

test("costs of the same items twice: once, and the quotients are 1", () => {
  const side = sideOf(viewOf(40));
  const { cost, cost_per_right, first_token_ms, currency } = unpairedRatios(side, side, [
    "s",
  ]).ratios;
  expect(currency).toBe("CNY");
  expect(cost).toMatchObject({ n: 40, ratio: 1 });
  expect([cost?.base, cost?.new]).toEqual([expect.closeTo(0.01, 12), expect.closeTo(0.01, 12)]);
  expect(cost_per_right?.base).toBeCloseTo(0.4 / 30, 12);
  expect(cost_per_right?.interval?.low).toBeLessThan(1);
  expect(first_token_ms?.ratio).toBe(1);
});

test("unknown costs and currencies without a rate are unknown; other suites do not count", () => {
  const yuan = sideOf(viewOf(10));
  expect(unpairedRatios(yuan, sideOf(viewOf(10, "USD")), ["s"]).ratios).toMatchObject({
    cost: null,
    cost_per_right: null,
    currency: null,
  });
  const view = viewOf(10);
  step(view, itemLine("other/t/1"));
  step(view, answerLine({ item: "other/t/1", target, cost: null }));
  expect(unpairedRatios(yuan, sideOf(view), ["s"]).ratios.cost?.ratio).toBe(1);
  expect(unpairedRatios(yuan, sideOf(view), ["s", "other"]).ratios.cost).toBeNull();
});

/** Simulations, and the shares of them that may cover the truth. */
const [simulations, least, most] = inject("matrix") ? [1_000, 0.93, 0.97] : [300, 0.92, 0.98];

test(`the interval of a true ratio of 1.3 covers it in ${least} to ${most} of ${simulations} simulations`, () => {
  const [base, fresh] = [sideOf(viewOf(90)), sideOf(viewOf(120))];
  const draw = ({ target: { rows }, view }: typeof base, mean: number, random: () => number) => {
    const shared = new Map<number, number>();
    for (let row = 0; row < rows.length; row++) {
      const cluster = view.items.at.cluster[rows.at.item[row] ?? 0] ?? 0;
      const common = shared.get(cluster) ?? 0.5 + random();
      shared.set(cluster, common);
      rows.at.cost[row] = mean * common * (0.5 + random());
    }
  };
  let covered = 0;
  for (let seed = 0; seed < simulations; seed++) {
    const random = seededRandom(seed);
    draw(base, 0.02, random);
    draw(fresh, 0.026, random);
    const interval = unpairedRatios(base, fresh, ["s"]).ratios.cost?.interval;
    if (interval && interval.low <= 1.3 && interval.high >= 1.3) covered++;
  }
  expect(covered / simulations).toBeGreaterThanOrEqual(least);
  expect(covered / simulations).toBeLessThanOrEqual(most);
});
