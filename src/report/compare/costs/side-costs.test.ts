import { expect, test } from "vitest";

import type { Money } from "../../../domain/money.ts";
import type { View } from "../../view/model.ts";

import { answerLine, itemLine, runLine, scoreLine } from "../../testing/lines.ts";
import { createView, step } from "../../view/view.ts";
import { compareTargets } from "../comparison.ts";
import { ratioTable } from "../ratio-text.ts";
import { sideCost } from "./side-costs.ts";

const target = "a/x";
const items = 8;

/** Every fourth answer is wrong. */
function viewOf(costOf: (index: number) => Money | null): View {
  const view = createView();
  step(view, runLine([target]));
  for (let index = 0; index < items; index++) {
    const item = `s/t/${index}`;
    step(view, itemLine(item));
    step(view, answerLine({ item, target, cost: costOf(index) }));
    step(view, scoreLine({ item, target }, index % 4 === 0 ? "wrong" : "right"));
  }
  return view;
}

const yuan = () => ({ amount: 0.03, currency: "CNY" }) as const;
const dollars = () => ({ amount: 0.03, currency: "USD" }) as const;
const none = () => null;
/** A price that is missing for one answer makes the sum unknown. */
const mostly = (index: number) => (index === 3 ? null : yuan());

const shownCosts = (base: View, fresh: View) => {
  const views = { base, new: fresh };
  const comparison = compareTargets(views, { base: target, new: target }, { draws: 99 });
  if (comparison === null) throw new Error("nothing to compare");
  const [cost, perRight] = ratioTable(comparison, "zh").rows.slice(-2);
  return { cost: cost?.slice(1), perRight: perRight?.slice(1) };
};

test.each([
  ["the base alone", yuan, none, ["¥0.24", "—"], ["¥0.04", "—"]],
  ["the new side alone", none, yuan, ["—", "¥0.24"], ["—", "¥0.04"]],
  ["neither", none, mostly, ["—", "—"], ["—", "—"]],
  ["two currencies, each its own", yuan, dollars, ["¥0.24", "$0.24"], ["¥0.04", "$0.04"]],
])("the known cost: %s; there is no ratio", (_, before, after, cost, perRight) => {
  expect(shownCosts(viewOf(before), viewOf(after))).toEqual({
    cost: [...cost, "—", "不明"],
    perRight: [...perRight, "—", "不明"],
  });
});

test("of one answer, for sides that were asked different items", () => {
  const view = viewOf(yuan);
  const found = view.byRef.get(target);
  if (found === undefined) throw new Error("no target");
  const rows = Int32Array.from({ length: items }, (_, row) => row);
  expect(sideCost({ view, target: found }, rows, "answer")).toEqual({
    currency: "CNY",
    cost: expect.closeTo(0.03, 12),
    cost_per_right: expect.closeTo(0.04, 12),
  });
});

test("where no answer is right the cost is known, and that of a right one is not", () => {
  const base = viewOf(yuan);
  base.targets[0]?.rows.at.verdict.fill(0);
  const { cost, perRight } = shownCosts(base, viewOf(none));
  expect([cost?.[0], perRight?.[0]]).toEqual(["¥0.24", "—"]);
});
