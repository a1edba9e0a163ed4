import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { CallRecord } from "../../domain/call.ts";
import type { PriceRow } from "../../domain/money.ts";
import type { TargetEntry } from "../../domain/run-file/header.ts";

import { unknownUsage } from "../../domain/usage.ts";
import { type Budget, capProblem, type Caps, createBudget, spentOn } from "./budget.ts";

const none: Caps = { max_cost: null, max_tokens_total: null };
const cny = (amount: number) => ({ amount, currency: "CNY" as const });
const usd = (amount: number) => ({ amount, currency: "USD" as const });
const need = (amount: number, tokens = 0) => ({ cost: cny(amount), tokens });
const price: PriceRow = {
  currency: "CNY",
  verified: true,
  tiers: [{ input: 1_000, output: 2_000 }],
};

const reserved = async (budget: Budget, target: string, amount: number) => {
  const reservation = await budget.reserve(target, () => need(amount));
  if (reservation === null) throw new Error("refused");
  return reservation;
};

test("without a cap every reservation is granted", async () => {
  const budget = createBudget(none, {}, new Map());
  for (let each = 0; each < 100; each += 1) await reserved(budget, "a", 1e9);
});

test("a reservation that does not fit waits for those in flight and may fit afterwards", async () => {
  const budget = createBudget({ ...none, max_cost: cny(1) }, {}, new Map());
  const first = await reserved(budget, "a", 0.8);
  const second = reserved(budget, "b", 0.8);
  first.settle([need(0.1)]);
  (await second).settle([need(0.7)]);
  expect(await budget.reserve("a", () => need(0.3))).toBeNull();
  expect(await budget.reserve("a", () => need(0.2))).not.toBeNull();
});

test("a need that was estimated too high is estimated again while it waits", async () => {
  const budget = createBudget({ ...none, max_cost: cny(1) }, {}, new Map());
  const first = await reserved(budget, "a", 0.5);
  let guess = 5;
  const second = budget.reserve("a", () => need(guess));
  guess = 0.4;
  first.settle([need(0.1)]);
  expect(await second).not.toBeNull();
});

test("each target has its own cap; others are unaffected", async () => {
  const budget = createBudget({ ...none, max_tokens_per_target: 100 }, {}, new Map());
  const take = (target: string) => budget.reserve(target, () => ({ cost: null, tokens: 100 }));
  expect(await take("a")).not.toBeNull();
  expect(await take("b")).not.toBeNull();
  const full = createBudget({ ...none, max_tokens_per_target: 99 }, {}, new Map());
  expect(await full.reserve("a", () => ({ cost: null, tokens: 100 }))).toBeNull();
});

test("earlier sessions and judges count; other currencies are converted", async () => {
  const fx = { USD_CNY: { rate: 7, date: "2026-11-20", source: "试" } };
  const spent = new Map([["a", { cost: { CNY: 3, USD: 1 }, tokens: 0 }]]);
  const budget = createBudget({ ...none, max_cost: cny(20) }, fx, spent);
  budget.charge("judge", { cost: usd(1), tokens: 0 });
  expect(await budget.reserve("a", () => need(3.01))).toBeNull();
  expect(await budget.reserve("a", () => need(2.99))).not.toBeNull();
});

test("if estimates are upper bounds, what is reserved and spent stays under the cap", async () => {
  const call = fc.record({
    guess: fc.nat({ max: 40 }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(call, { maxLength: 60 }),
      fc.nat({ max: 300 }),
      async (calls, cap) => {
        const budget = createBudget({ ...none, max_tokens_total: cap }, {}, new Map());
        let spent = 0;
        await Promise.all(
          calls.map(async ({ guess, part }) => {
            const reservation = await budget.reserve("a", () => ({ cost: null, tokens: guess }));
            if (reservation === null) return;
            await Promise.resolve();
            const tokens = Math.floor(guess * part);
            spent += tokens;
            reservation.settle([{ cost: null, tokens }]);
          }),
        );
        expect(spent).toBeLessThanOrEqual(cap);
      },
    ),
  );
});

const attempt = (streamed: boolean): CallRecord["attempts"][number] => ({
  outcome: streamed ? "ok" : "server",
  status: null,
  code: null,
  message: null,
  wait_ms: null,
  timing: null,
  streamed,
});

test.each([
  ["what the vendor counted", { input: 100, output: 50 }, 1, 0.2, 150],
  ["a failed attempt that streamed counts as much again", { input: 100, output: 50 }, 2, 0.4, 300],
  ["no count: estimated from the texts", { input: null, output: null }, 1, 0.114, 107],
])("spent: %s", (_, counts, streamed, amount, tokens) => {
  const usage = { ...unknownUsage, ...counts };
  const attempts = Array.from({ length: streamed }, () => attempt(true));
  const record = {
    cost: null,
    usage,
    text: "七个汉字的回答",
    reasoning: "",
    attempts,
    timing: null,
  };
  const spent = spentOn(record, price, 100);
  expect(spent.cost?.amount).toBeCloseTo(amount, 6);
  expect(spent.tokens).toBe(tokens);
});

test("a call that was refused before any output costs nothing", () => {
  const attempts = [attempt(false)];
  const record = {
    cost: null,
    usage: unknownUsage,
    text: "",
    reasoning: "",
    attempts,
    timing: null,
  };
  expect(spentOn(record, price, 100)).toEqual({ cost: null, tokens: 0 });
});

const target = (ref: string, row: PriceRow | null, baseline = false) =>
  ({ ref, price: row, baseline }) as TargetEntry;

test("a cap on money needs prices, and exchange rates if the currencies differ", () => {
  const caps = { ...none, max_cost: cny(1) };
  const dollars: PriceRow = { ...price, currency: "USD" };
  expect(capProblem([target("a/b", null)], none, {}, false)).toBeNull();
  expect(capProblem([target("a/b", null)], caps, {}, false)?.text.zh).toContain("a/b");
  expect(capProblem([target("a/b", null)], caps, {}, true)).toBeNull();
  expect(capProblem([target("baseline/random", null, true)], caps, {}, false)).toBeNull();
  expect(capProblem([target("a/b", dollars)], caps, {}, false)?.text.en).toContain("USD_CNY");
  const fx = { CNY_USD: { rate: 0.14, date: "2026-11-20", source: "试" } };
  expect(capProblem([target("a/b", dollars)], caps, fx, false)).toBeNull();
});

test("judging is reserved with the answer and counts only towards the run's caps", async () => {
  const caps = { ...none, max_cost: cny(1), max_cost_per_target: cny(0.5) };
  const budget = createBudget(caps, {}, new Map());
  const first = await budget.reserve(
    "a",
    () => need(0.4),
    () => [need(0.3), need(0.2)],
  );
  expect(first).not.toBeNull();
  const second = budget.reserve("b", () => need(0.2));
  first?.settle([need(0.4)]);
  first?.judging.settle([need(0.3)]);
  expect(await second).not.toBeNull();
  expect(await budget.reserve("a", () => need(0.1))).not.toBeNull();
});

test("judging that waits for another answer keeps its reservation and blocks nothing", async () => {
  const budget = createBudget({ ...none, max_cost: cny(1) }, {}, new Map());
  const first = await budget.reserve(
    "a",
    () => need(0.1),
    () => [need(0.8)],
  );
  first?.settle([need(0.1)]);
  const waiting = budget.reserve("b", () => need(0.2));
  first?.judging.pause();
  expect(await waiting).toBeNull();
  first?.judging.resume();
  const other = budget.reserve("b", () => need(0.2));
  first?.judging.settle([need(0.1)]);
  expect(await other).not.toBeNull();
});

describe("counts that cannot be true", () => {
  const record = {
    cost: cny(0),
    usage: { ...unknownUsage, input: 0, output: 0 },
    text: "一年有十二个月，其中大月七个，小月四个，还有二月。",
    reasoning: "",
    attempts: [attempt(true)],
    timing: null,
  };
  const claimed = { ...unknownUsage, input: 5_000, output: 9_000 };

  test.each([
    ["0/0 beside an answer", record, 0.15, 125],
    ["marked by the reader of the stream", { ...record, usage_doubt: "zero" as const }, 0.15, 125],
    ["an estimate in the file stands for ours", { ...record, input_estimate: 700 }, 0.75, 725],
    [
      "the claim is the larger",
      { ...record, usage: claimed, usage_doubt: "increments" as const, cost: cny(23) },
      23,
      14_000,
    ],
  ])("%s: the larger of the claim and an own estimate", (_, call, amount, tokens) => {
    const spent = spentOn(call, price, 100);
    expect(spent.tokens).toBe(tokens);
    expect(spent.cost?.amount).toBeCloseTo(amount, 6);
  });
});
