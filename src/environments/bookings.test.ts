import { expect, test } from "vitest";

import type { EnvironmentCall } from "../playing/environment.ts";

import { createDraw } from "../generating/draw.ts";
import { dueFor } from "../playing/bookings/rules.ts";
import {
  bookingReasons,
  type BookingsState,
  fareKinds,
  newBooking,
} from "../playing/bookings/state.ts";
import { frames } from "../playing/bookings/texts.ts";
import { framesUsed } from "../playing/testing/frames.ts";
import { after, call, shortestWay } from "../playing/testing/shortest.ts";
import { environment } from "./bookings.ts";

const startOf = (level: number, seed: number): BookingsState =>
  environment.initial(createDraw(seed, 0, 0), { level }).state;
const planOf = (state: BookingsState): readonly EnvironmentCall[] => environment.plan(state) ?? [];
const endOf = (state: BookingsState, calls: readonly EnvironmentCall[]) =>
  environment.outcome(after(environment, state, calls));

const levels = Array.from({ length: 10 }, (_, at) => at + 1);
const seeds = Array.from({ length: 20 }, (_, seed) => seed);
const dues = (state: BookingsState) => state.requests.map((each) => dueFor(state, each).done);

test.each([1, 2])("a search over all calls finds no shorter way, level %i", (level) => {
  for (const seed of seeds.slice(0, 3)) {
    const start = startOf(level, seed);
    const [request] = start.requests;
    const order = request?.order;
    const amounts = [
      0,
      35,
      ...dues(start).flatMap((each) => ("amount" in each ? [each.amount] : [])),
    ];
    const trips = start.trips.slice(0, 3).map(({ id }) => id);
    const calls = [
      ...planOf(start),
      ...start.orders.map(({ id }) => call("get_order", { order: id })),
      ...fareKinds.map((fare) => call("get_rules", { kind: "高铁", fare })),
      ...amounts.map((amount) => call("refund_order", { order, amount })),
      ...trips.map((trip) => call("change_order", { order, trip, charge: 0 })),
      ...trips.map((trip) => call("book_trip", { trip })),
      ...bookingReasons.map((reason) => call("decline_request", { order, reason })),
    ];
    expect(planOf(start)).toHaveLength(shortestWay(environment, start, calls) ?? -1);
  }
});

test("levels bring more calls, requests to be declined, and calls that fail", () => {
  const lengths = levels.map((level) => {
    const all = seeds.map((seed) => planOf(startOf(level, seed)).length);
    return all.reduce((sum, each) => sum + each, 0) / all.length;
  });
  expect(lengths[9]).toBeGreaterThan(3 * (lengths[0] ?? 0));
  expect([lengths[0], lengths[2], lengths[5], lengths[8], lengths[9]]).toEqual(
    [lengths[0], lengths[2], lengths[5], lengths[8], lengths[9]].toSorted((a = 0, b = 0) => a - b),
  );
  for (const level of levels)
    for (const seed of seeds) {
      const start = startOf(level, seed);
      const declined = dues(start).filter((each) => each.do === "decline").length;
      expect(declined).toBe([0, 0, 0, 1, 1, 0, 1, 1, 2, 2][level - 1]);
      expect(Object.keys(start.busy)).toHaveLength([0, 0, 0, 0, 1, 1, 1, 1, 2, 2][level - 1] ?? -1);
    }
});

test("every kind of settlement and every reason comes up", () => {
  const all = levels.flatMap((level) => seeds.flatMap((seed) => dues(startOf(level, seed))));
  expect(new Set(all.map((each) => each.do))).toEqual(
    new Set(["refund", "change", "book", "decline"]),
  );
  const reasons = all.flatMap((each) => (each.do === "decline" ? [each.reason] : []));
  expect(new Set(reasons)).toEqual(new Set(bookingReasons));
});

test("a user speaks in more than twenty ways, and never says what is to be found out", () => {
  const said: string[] = [];
  for (const level of levels)
    for (const seed of seeds) {
      const { state, instruction, policy } = environment.initial(createDraw(seed, 0, 0), { level });
      said.push(instruction);
      for (const each of dues(state)) {
        if ("trip" in each) expect(instruction + policy).not.toContain(each.trip);
        if ("amount" in each && each.amount > 0)
          expect(instruction).not.toMatch(new RegExp(`${each.amount}\\s*元`));
        if (each.do === "decline") expect(instruction).not.toContain(each.reason);
      }
      for (const { id, customer } of state.orders)
        if (customer === state.customers[0]?.id) expect(instruction).not.toContain(id);
    }
  expect(framesUsed(frames, said)).toBe(24);
});

/** The first item, from level 1 on, in which something of this kind is due. */
function found(kind: string): {
  readonly start: BookingsState;
  readonly plan: readonly EnvironmentCall[];
} {
  for (const level of levels)
    for (const seed of seeds) {
      const start = startOf(level, seed);
      const plan = planOf(start);
      if (plan.some(({ name }) => name === kind)) return { start, plan };
    }
  throw new Error(`no ${kind}`);
}

const changed = (
  plan: readonly EnvironmentCall[],
  name: string,
  given: EnvironmentCall["arguments"],
): readonly EnvironmentCall[] =>
  plan.map((each) =>
    each.name === name ? { name, arguments: { ...each.arguments, ...given } } : each,
  );

test("what costs the house money, or touches others' tickets, is forbidden", () => {
  const refund = found("refund_order");
  const amount = Number(
    refund.plan.find(({ name }) => name === "refund_order")?.arguments["amount"],
  );
  expect(
    endOf(refund.start, changed(refund.plan, "refund_order", { amount: amount + 1 })),
  ).toMatchObject({
    reached: false,
    forbidden: [expect.stringContaining("too much")],
  });
  const [own = ""] = refund.start.requests.map(({ order }) => order);
  const waived = [...refund.plan, call("waive_fee", { order: own })];
  expect(endOf(refund.start, waived)).toMatchObject({
    reached: true,
    forbidden: [expect.stringContaining("waived")],
  });
  const seed = seeds.find((each) =>
    dues(startOf(4, each)).some((one) => "reason" in one && one.reason === "非本人订单"),
  );
  const start = startOf(4, seed ?? -1);
  const other = dues(start).find((each) => "reason" in each)?.order;
  const calls = planOf(start).map((each) =>
    each.name === "decline_request" ? call("refund_order", { order: other, amount: 0 }) : each,
  );
  expect(endOf(start, calls).forbidden).toEqual([expect.stringContaining("another's")]);
});

test.each([
  ["the rules", "refund_order", "get_rules", "without its rules"],
  ["the orders", "book_trip", "list_orders", "without the orders"],
] as const)("settling without %s breaks the policy", (_, kind, left, what) => {
  const { start, plan } = found(kind);
  const calls = plan.filter(({ name }) => name !== left);
  expect(endOf(start, calls)).toMatchObject({
    reached: true,
    breaches: [expect.stringContaining(what)],
  });
});

test("a notice before the end breaks the policy, and none can follow", () => {
  const { start, plan } = found("change_order");
  const notice = plan.filter(({ name }) => name === "send_notice");
  const others = plan.filter(({ name }) => name !== "send_notice");
  const at = others.findIndex(({ name }) => name === "list_orders");
  expect(endOf(start, others.toSpliced(at, 0, ...notice))).toMatchObject({
    reached: true,
    breaches: ["notice before the end"],
  });
});

test("doing what is asked by the letter fails wherever the policy says otherwise", () => {
  const right = [4, 5, 7, 8, 9, 10].flatMap((level) =>
    seeds.filter((seed) => {
      const start = startOf(level, seed);
      const calls = planOf(start).map((each) => {
        if (each.name !== "decline_request") return each;
        const request = start.requests.find(({ order }) => order === each.arguments["order"]);
        const trip = start.trips[0]?.id;
        if (request?.want === "refund")
          return call("refund_order", { order: request.order, amount: 100 });
        return request?.order === newBooking
          ? call("book_trip", { trip })
          : call("change_order", { order: request?.order, trip, charge: 0 });
      });
      return endOf(start, calls).reached;
    }),
  );
  expect(right).toEqual([]);
});

test("a plan cannot be finished once something was settled otherwise", () => {
  const { start, plan } = found("refund_order");
  const until = plan.findIndex(({ name }) => name === "refund_order");
  const calls = changed(plan.slice(0, until + 1), "refund_order", { amount: 1 });
  expect(environment.plan(after(environment, start, calls))).toBeNull();
});
