import { expect, test } from "vitest";

import type { EnvironmentCall } from "../playing/environment.ts";

import { createDraw } from "../generating/draw.ts";
import { dueFor, refundOf } from "../playing/returns/rules.ts";
import { refusalReasons, type ReturnsState } from "../playing/returns/state.ts";
import { frames } from "../playing/returns/texts.ts";
import { framesUsed } from "../playing/testing/frames.ts";
import { after, call, shortestWay } from "../playing/testing/shortest.ts";
import { environment } from "./returns.ts";

const startOf = (level: number, seed: number): ReturnsState =>
  environment.initial(createDraw(seed, 0, 0), { level }).state;
const planOf = (state: ReturnsState): readonly EnvironmentCall[] => environment.plan(state) ?? [];
const endOf = (state: ReturnsState, calls: readonly EnvironmentCall[]) =>
  environment.outcome(after(environment, state, calls));
const dues = (state: ReturnsState) => state.requests.map((each) => dueFor(state, each).done);

const levels = Array.from({ length: 10 }, (_, at) => at + 1);
const seeds = Array.from({ length: 20 }, (_, seed) => seed);
const starts = levels.flatMap((level) => seeds.map((seed) => startOf(level, seed)));

test.each([1, 2])("a search over all calls finds no shorter way, level %i", (level) => {
  for (const seed of seeds.slice(0, 4)) {
    const start = startOf(level, seed);
    const [request] = start.requests;
    const { order, sku, quantity = 1, to } = request ?? {};
    const place = { order, sku };
    const [done] = dues(start);
    const refunds = [0, done === undefined ? 0 : refundOf(done)];
    const calls = [
      ...planOf(start),
      ...start.orders.map(({ id }) => call("get_order", { order: id })),
      ...start.rules.slice(0, 2).map(({ category }) => call("get_return_rules", { category })),
      call("check_stock", { sku: to ?? sku }),
      ...["无理由", "质量问题"].flatMap((reason) =>
        refunds.map((refund) => call("create_return", { ...place, quantity, reason, refund })),
      ),
      ...refunds.map((refund) => call("cancel_missing", { ...place, quantity, refund })),
      ...["东莞仓", "武汉仓", "天津仓"].flatMap((warehouse) => [
        call("create_exchange", { ...place, quantity, to: to ?? sku, warehouse }),
        call("ship_missing", { ...place, quantity, warehouse }),
      ]),
      ...refusalReasons.map((reason) => call("decline_request", { ...place, reason })),
    ];
    expect(planOf(start)).toHaveLength(shortestWay(environment, start, calls) ?? -1);
  }
});

test("levels bring more calls, requests to be declined, and calls that fail", () => {
  const lengths = levels.map((level) =>
    seeds.reduce((sum, seed) => sum + planOf(startOf(level, seed)).length, 0),
  );
  expect(lengths[9]).toBeGreaterThan(3 * (lengths[0] ?? 0));
  for (const [at, start] of starts.entries()) {
    const level = Math.floor(at / seeds.length);
    const declined = dues(start).filter((each) => each.do === "decline").length;
    expect(declined).toBe([0, 0, 0, 1, 1, 0, 1, 1, 2, 2][level]);
    expect(Object.keys(start.busy)).toHaveLength([0, 0, 0, 0, 1, 1, 1, 1, 2, 2][level] ?? -1);
  }
});

test("every kind of settlement and every reason comes up", () => {
  const all = starts.flatMap(dues);
  expect(new Set(all.map((each) => each.do))).toEqual(
    new Set(["return", "exchange", "reship", "cancel", "decline"]),
  );
  const reasons = all.flatMap((each) => (each.do === "decline" ? [each.reason] : []));
  expect(new Set(reasons)).toEqual(new Set(refusalReasons));
});

test("rules override others: members are later, faulty goods go back, and what cannot be sent is paid back", () => {
  const pairs = starts.flatMap((start) =>
    start.requests.map((request) => ({ start, request, done: dueFor(start, request).done })),
  );
  // A member's return that would be too late for anybody else.
  const later = pairs.filter(
    ({ start, request, done }) =>
      done.do === "return" && dueFor({ ...start, isMember: false }, request).done.do === "decline",
  );
  const asked = (want: string, did: string) =>
    pairs.filter(({ request, done }) => request.want === want && done.do === did);
  expect(later.length).toBeGreaterThan(5);
  expect(asked("exchange", "return").length).toBeGreaterThan(5);
  expect(asked("reship", "cancel").length).toBeGreaterThan(5);
  for (const { request } of asked("exchange", "return")) expect(request.reason).toBe("质量问题");
});

test("a user speaks in more than twenty ways, and never says what is to be found out", () => {
  const said: string[] = [];
  for (const level of levels)
    for (const seed of seeds) {
      const { state, instruction } = environment.initial(createDraw(seed, 0, 0), { level });
      said.push(instruction);
      for (const { sku } of state.products) expect(instruction).not.toContain(sku);
      for (const { id, phone } of state.orders)
        if (phone === state.phone) expect(instruction).not.toContain(id);
      for (const each of dues(state)) {
        expect(instruction).not.toMatch(new RegExp(`${refundOf(each) || "\\d"}\\s*元`));
        if ("warehouse" in each) expect(instruction).not.toContain(each.warehouse);
        if (each.do === "decline") expect(instruction).not.toContain(each.reason);
      }
    }
  expect(framesUsed(frames, said)).toBe(24);
});

/** The first item in which a call of this tool is due. */
function found(name: string) {
  const start = starts.find((each) => planOf(each).some((one) => one.name === name));
  if (start === undefined) throw new Error(`no ${name}`);
  return { start, plan: planOf(start) };
}

test.each([
  ["create_return", { refund: 99_999 }, "too much"],
  ["create_return", { sku: "like" }, "unasked"],
  ["cancel_missing", { refund: 99_999 }, "too much"],
] as const)("%s with %j is forbidden", (name, given, what) => {
  const { start, plan } = found(name);
  const right = plan.find((each) => each.name === name);
  const { order, sku } = right?.arguments ?? {};
  const like = start.orders.find(({ id }) => id === order)?.lines.find((each) => each.sku !== sku);
  const wrong = "sku" in given ? { sku: like?.sku, quantity: 1, refund: 0 } : given;
  const calls = plan.map((each) =>
    each === right ? call(name, { ...each.arguments, ...wrong }) : each,
  );
  expect(endOf(start, calls)).toMatchObject({
    reached: false,
    forbidden: [expect.stringContaining(what)],
  });
});

test("the stock is not to be changed, whatever comes of it", () => {
  const { start, plan } = found("check_stock");
  const { sku, warehouse } = start.stock[0] ?? {};
  expect(
    endOf(start, [...plan, call("adjust_stock", { sku, warehouse, quantity: 9 })]),
  ).toMatchObject({ reached: true, forbidden: [`changed the stock of ${sku}`] });
});

test.each([
  ["create_return", "get_return_rules", "without its rules"],
  ["create_return", "request_approval", "without approval"],
  ["create_exchange", "check_stock", "without its stock"],
] as const)("%s without %s breaks the policy", (_, left, what) => {
  const { start, plan } = found(left);
  const calls = plan.filter(({ name }) => name !== left);
  const { reached, breaches } = endOf(start, calls);
  expect(reached).toBe(true);
  expect(breaches.join("; ")).toContain(what);
});

test("an approval that is not due, and a service that ends early, break the policy", () => {
  const { start, plan } = found("cancel_missing");
  const { order, sku, refund } =
    plan.find(({ name }) => name === "cancel_missing")?.arguments ?? {};
  const asked = call("request_approval", { order, sku, amount: refund });
  const at = plan.findIndex(({ name }) => name === "cancel_missing");
  expect(endOf(start, plan.toSpliced(at, 0, asked))).toMatchObject({
    reached: true,
    breaches: ["needless approval"],
  });
  const close = call("close_ticket", { phone: start.phone });
  const early = [close, ...plan.filter(({ name }) => name !== "close_ticket")];
  expect(endOf(start, early)).toMatchObject({ reached: true, breaches: ["closed before the end"] });
});

test("paying back everything that is asked for fails wherever the policy says otherwise", () => {
  const right = starts.filter((start) => {
    const isPlain = dues(start).every((each) => each.do === "return" || each.do === "cancel");
    if (isPlain) return false;
    const calls = planOf(start).map((each) => {
      if (!/^(?:decline|create_exchange|ship)/.test(each.name)) return each;
      const { order, sku } = each.arguments;
      return call("create_return", { order, sku, quantity: 1, reason: "无理由", refund: 20 });
    });
    return endOf(start, calls).reached;
  });
  expect(right).toEqual([]);
});
