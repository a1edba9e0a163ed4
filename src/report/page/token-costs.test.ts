import fc from "fast-check";
import { expect, test } from "vitest";

import type { CallRecord } from "../../domain/call.ts";
import type { PriceRow } from "../../domain/money.ts";

import { costByKind, costOf, tokenKinds } from "../../domain/money.ts";
import { answerLine } from "../testing/lines.ts";
import { createTokenCosts } from "./token-costs.ts";

const price: PriceRow = {
  currency: "CNY",
  verified: true,
  tiers: [
    { thinking: true, input: 4, cached_input: 1, output: 40 },
    { input: 4, cached_input: 1, cache_write: 5, output: 16 },
  ],
};
const usage = { input: 1_000, cached_input: 400, cache_write: 100, output: 500, reasoning: 300 };
const at = new Date("2026-11-21T20:16:01.000Z");

const callOf = (more: Partial<CallRecord>): CallRecord => {
  const [call] = answerLine({ item: "s/t/i", target: "a/x" }).turns;
  if (call === undefined) throw new Error("an answer has a turn");
  return { ...call, usage, ...more };
};

const tallied = (calls: readonly CallRecord[], row: PriceRow | null = price) => {
  const tally = createTokenCosts();
  for (const call of calls) tally.take("a/x", row, call);
  return tally.costs();
};

test("splits what was recorded by the tier that gives it, whether the reply shows its thinking or not", () => {
  const recorded = costOf(price, { usage, thinking: true, at });
  const [found] = tallied([
    callOf({ cost: recorded }),
    callOf({ cost: recorded, reasoning: "想" }),
  ]);
  expect(found?.unsplit).toBe(0);
  expect(found?.calls).toBe(2);
  // By hand, of two calls: 500 at 4, 400 at 1, 100 written at the tier's input price, 200 and 300 at 40, per million.
  expect(found?.parts["input"]).toBeCloseTo(0.004, 12);
  expect(found?.parts["cached_input"]).toBeCloseTo(0.0008, 12);
  expect(found?.parts["cache_write"]).toBeCloseTo(0.0008, 12);
  expect(found?.parts["output"]).toBeCloseTo(0.016, 12);
  expect(found?.parts["reasoning"]).toBeCloseTo(0.024, 12);
});

test.each<[string, Partial<CallRecord>, PriceRow | null]>([
  ["another model's price", { cost: { amount: 0.5, currency: "CNY" }, priced_as: "b" }, price],
  ["an amount that the price does not give", { cost: { amount: 0.5, currency: "CNY" } }, price],
  ["another currency", { cost: { amount: 0.5, currency: "USD" } }, price],
  ["no price in the run", { cost: { amount: 0.5, currency: "CNY" } }, null],
  [
    "a batch at a price of several tiers",
    { cost: { amount: 0.5, currency: "CNY" }, batch: "b1" },
    price,
  ],
])("does not guess: %s", (_, more, row) => {
  const [found, other] = tallied([callOf(more)], row);
  expect(other).toBe(undefined);
  expect(found?.unsplit).toBe(0.5);
  expect(tokenKinds.map((kind) => found?.parts[kind])).toEqual([0, 0, 0, 0, 0]);
});

test("a batch is split at its share of the price; a call of unknown cost is in no sum", () => {
  const row: PriceRow = { currency: "USD", verified: true, tiers: [{ input: 2, output: 8 }] };
  const whole = costOf(row, { usage, thinking: false, at });
  const half = { amount: (whole?.amount ?? 0) / 2, currency: "USD" } as const;
  const calls = [callOf({ cost: half, batch: "b1", timing: null }), callOf({ cost: null })];
  const [found] = tallied(calls, row);
  expect(found).toMatchObject({ currency: "USD", calls: 1, unsplit: 0 });
  expect(found?.parts["output"]).toBeCloseTo(0.0008, 12);
  expect(tallied([callOf({ cost: null })])).toEqual([]);
});

test("the kinds come to the cost, whatever the vendor counted", () => {
  const count = fc.option(fc.nat(2_000_000));
  fc.assert(
    fc.property(
      fc.record({
        input: count,
        cached_input: count,
        cache_write: count,
        output: count,
        reasoning: count,
      }),
      fc.boolean(),
      (counted, thinking) => {
        const facts = { usage: counted, thinking, at };
        const [cost, parts] = [costOf(price, facts), costByKind(price, facts)];
        expect(parts === null).toBe(cost === null);
        if (cost === null || parts === null) return;
        const sum = tokenKinds.reduce((all, kind) => all + parts[kind], 0);
        expect(Math.abs(sum - cost.amount)).toBeLessThanOrEqual(1e-9 * Math.max(1, cost.amount));
        expect(Math.min(...Object.values(parts))).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});
