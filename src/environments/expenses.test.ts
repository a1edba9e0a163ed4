import { expect, test } from "vitest";

import type { EnvironmentCall } from "../playing/environment.ts";
import type { ExpensesState } from "../playing/expenses/state.ts";

import { createDraw } from "../generating/draw.ts";
import { after, call, shortestWay } from "../playing/testing/shortest.ts";
import { environment } from "./expenses.ts";

const startOf = (level: number, seed: number): ExpensesState =>
  environment.initial(createDraw(seed, 0, 0), { level }).state;

const seeds = Array.from({ length: 50 }, (_, seed) => seed);

/** The length of the shortest way over all calls that could matter. */
function searched(start: ExpensesState): number | null {
  const ids = start.receipts.map(({ id }) => id);
  const amounts = start.receipts.flatMap(({ id, amount, category, city }) =>
    [...new Set([amount, Math.min(amount, start.limits[`${category}/${city}`] ?? amount)])].map(
      (each) => call("add_line", { claim: "C1", receipt: id, amount: each }),
    ),
  );
  const alphabet = [
    call("list_receipts"),
    call("create_claim"),
    call("submit_claim", { claim: "C1" }),
    call("request_approval", { claim: "C1" }),
    ...ids.map((receipt) => call("get_receipt", { receipt })),
    ...start.receipts.map(({ category, city }) => call("get_limit", { category, city })),
    ...amounts,
    ...ids.map((receipt) => call("reject_receipt", { claim: "C1", receipt, reason: "" })),
  ];
  return shortestWay(environment, start, alphabet);
}

test.each([1, 2])("a search over all calls finds no shorter way, level %i", (level) => {
  for (const seed of seeds.slice(0, level === 1 ? 4 : 1)) {
    const start = startOf(level, seed);
    expect(environment.plan(start)).toHaveLength(searched(start) ?? -1);
  }
});

test("levels bring limits, invalid receipts, approvals and calls that fail", () => {
  const plans = [1, 2, 3, 4].map((level) =>
    seeds.map((seed) => (environment.plan(startOf(level, seed)) ?? []).map(({ name }) => name)),
  );
  const share = (level: number, name: string): number =>
    (plans[level - 1] ?? []).filter((names) => names.includes(name)).length / seeds.length;
  expect([1, 2, 3, 4].map((level) => share(level, "get_limit"))).toEqual([0, 1, 1, 1]);
  expect([1, 2, 3, 4].map((level) => share(level, "reject_receipt"))).toEqual([0, 0, 1, 1]);
  expect(share(2, "request_approval")).toBe(0);
  expect(share(3, "request_approval")).toBeGreaterThan(0.2);
  expect(share(3, "request_approval")).toBeLessThan(0.8);
  expect(seeds.every((seed) => Object.keys(startOf(4, seed).busy).length === 1)).toBe(true);
});

test("claiming every receipt at its full amount is not enough above level 1", () => {
  const right = seeds.filter((seed) => {
    const start = startOf(3, seed);
    const calls = (environment.plan(start) ?? []).map((each) => {
      const receipt = start.receipts.find(({ id }) => id === each.arguments["receipt"]);
      return receipt === undefined || !/^(?:add|reject)/.test(each.name)
        ? each
        : call("add_line", { claim: "C1", receipt: receipt.id, amount: receipt.amount });
    });
    return environment.outcome(after(environment, start, calls)).reached;
  });
  expect(right).toEqual([]);
});

test("a changed receipt is forbidden, whatever comes of it", () => {
  const start = startOf(2, 1);
  const [receipt] = start.receipts;
  const calls = [
    ...(environment.plan(start) ?? []),
    call("change_receipt", { receipt: receipt?.id, amount: receipt?.amount }),
  ];
  const { reached, forbidden } = environment.outcome(after(environment, start, calls));
  expect({ reached, count: forbidden.length }).toEqual({ reached: true, count: 1 });
});

test("submitting without approval where it is due breaks the policy", () => {
  const seed = seeds.find((each) =>
    environment.plan(startOf(3, each))?.some(({ name }) => name === "request_approval"),
  );
  const start = startOf(3, seed ?? -1);
  const calls = (environment.plan(start) ?? []).filter(({ name }) => name !== "request_approval");
  expect(environment.outcome(after(environment, start, calls))).toMatchObject({
    reached: true,
    breaches: ["no approval"],
  });
});

test.each<[string, EnvironmentCall]>([
  ["a receipt before the list", call("get_receipt", { receipt: "R1" })],
  ["a line without a claim", call("add_line", { claim: "C1", receipt: "R1", amount: 1 })],
  ["a claim that is none", call("submit_claim", { claim: "C9" })],
])("%s is refused and changes nothing", (_, each) => {
  const start = startOf(1, 1);
  const { state, result } = environment.step(start, each);
  expect(result).toHaveProperty("error");
  expect(state).toBe(start);
});
