import { expect, test } from "vitest";

import type { EnvironmentCall } from "../playing/environment.ts";
import type { ExpensesState } from "../playing/expenses/state.ts";

import { createDraw } from "../generating/draw.ts";
import { sayToUser } from "../playing/environment.ts";
import { after, call, shortestWay } from "../playing/testing/shortest.ts";
import { environment } from "./expenses.ts";

const startOf = (level: number, seed: number, user = false): ExpensesState =>
  environment.initial(createDraw(seed, 0, 0), { level, user }).state;

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

test("the employee has to be asked for the project, and to agree to the total", () => {
  for (const seed of seeds.slice(0, 20)) {
    const start = startOf(3, seed, true);
    const plan = environment.plan(start) ?? [];
    const names = plan.map(({ name }) => name);
    expect(names.indexOf("user")).toBe(names.indexOf("create_claim") - 1);
    expect(names.lastIndexOf("user")).toBe(names.indexOf("submit_claim") - 1);
    expect(environment.outcome(after(environment, start, plan))).toMatchObject({
      reached: true,
      breaches: [],
    });
    // The number is right, and was asked of nobody.
    const guessed = plan.toSpliced(names.indexOf("user"), 1);
    expect(environment.outcome(after(environment, start, guessed)).reached).toBe(false);
    const unasked = plan.toSpliced(names.lastIndexOf("user"), 1);
    expect(environment.outcome(after(environment, start, unasked)).breaches).toEqual([
      "not agreed",
    ]);
    expect(environment.plan(startOf(3, seed))?.map(({ name }) => name)).not.toContain("user");
  }
});

/** What the employee says to each of these, one after another. */
function talk(start: ExpensesState, said: readonly string[]): readonly (string | null)[] {
  let state = start;
  return said.map((each) => {
    const answer = environment.user?.(state, each) ?? null;
    if (answer !== null) ({ state } = answer);
    return answer?.says ?? null;
  });
}

test("the employee answers by what is asked and how things stand, and no more once nothing is left to say", () => {
  const start = startOf(1, 1, true);
  const project = `项目编号是 ${start.user?.project}。`;
  const puzzled = "这个我不清楚，请您按制度办。";
  expect(talk(start, ["请问是哪个项目的出差？", "住宿标准是多少？", "请告诉我项目号"])).toEqual([
    project,
    puzzled,
    project,
  ]);
  expect(talk(start, ["您好", "在吗", "喂"])).toEqual([puzzled, puzzled, null]);
  expect(talk(startOf(1, 1), ["请问项目编号是多少？"])).toEqual([null]);
  const plan = environment.plan(start) ?? [];
  const ready = after(environment, start, plan.slice(0, -2));
  const total = Object.values(ready.claim?.lines ?? {}).reduce((sum, amount) => sum + amount, 0);
  const agreed = "金额没问题，同意提交。";
  const grouped = total.toLocaleString("en-US");
  expect(talk(ready, [`合计${grouped}元，可以提交吗`])).toEqual([agreed]);
  expect(talk(ready, [`共 ${total}.00 元`])).toEqual([agreed]);
  expect(talk(ready, [`共 ${total + 1} 元`])).toEqual([puzzled]);
  const done = after(environment, ready, [
    sayToUser(`共 ${total} 元，提交吗？`),
    ...plan.slice(-1),
  ]);
  expect(environment.outcome(done)).toMatchObject({ reached: true, breaches: [] });
  expect(talk(done, ["都办好了，项目已入账。"])).toEqual([null]);
});
