import type { EnvironmentCall, PlayOutcome } from "../environment.ts";
import type {
  CategoryRule,
  OrderLine,
  Product,
  ReturnDone,
  ReturnRequest,
  ReturnsState,
  ShopOrder,
} from "./state.ts";

import { minutesAt } from "../days.ts";

/** How a request is to be settled, and what must be looked up before. */
export type ReturnDue = {
  readonly done: ReturnDone;
  readonly needsRule: boolean;
  /** The product whose stock decides. */
  readonly counts: string | null;
};

type Place = Pick<ReturnRequest, "order" | "sku">;

export const isSamePlace = (a: Place, b: Place): boolean => a.order === b.order && a.sku === b.sku;

export const productOf = ({ products }: ReturnsState, sku: string): Product | undefined =>
  products.find((each) => each.sku === sku);

export const orderOf = ({ orders }: ReturnsState, id: string): ShopOrder | undefined =>
  orders.find((each) => each.id === id);

export const lineOf = (state: ReturnsState, { order, sku }: Place): OrderLine | undefined =>
  orderOf(state, order)?.lines.find((each) => each.sku === sku);

const ruleOf = (state: ReturnsState, sku: string): CategoryRule | undefined =>
  state.rules.find(({ category }) => category === productOf(state, sku)?.category);

/** What the policy says about a request. */
export function dueFor(state: ReturnsState, request: ReturnRequest): ReturnDue {
  const { order: id, sku, want, quantity } = request;
  const place = { order: id, sku };
  const order = orderOf(state, id);
  const line = lineOf(state, request);
  if (order === undefined || line === undefined || order.phone !== state.phone)
    return due({ ...place, do: "decline", reason: "非本人订单" });
  const open = line.quantity - line.shipped;
  const cancelled = (): ReturnDone => ({
    ...place,
    do: "cancel",
    quantity,
    refund: line.price * quantity,
  });
  if (want === "cancel")
    return open >= quantity ? due(cancelled()) : due({ ...place, do: "decline", reason: "已发货" });
  if (want === "reship") {
    if (open < quantity) return due({ ...place, do: "decline", reason: "已发货" });
    const warehouse = warehouseFor(state, sku, quantity, order.warehouse);
    return warehouse === null
      ? due(cancelled(), { counts: sku })
      : due({ ...place, do: "reship", quantity, warehouse }, { counts: sku });
  }
  return dueForSent(state, request, { order, line });
}

const due = (
  done: ReturnDone,
  {
    rule = false,
    counts = null,
  }: { readonly rule?: boolean; readonly counts?: string | null } = {},
): ReturnDue => ({ done, needsRule: rule, counts });

/** Returns and exchanges of what the customer has received. */
function dueForSent(
  state: ReturnsState,
  { order: id, sku, want, quantity, reason, to }: ReturnRequest,
  { order, line }: { readonly order: ShopOrder; readonly line: OrderLine },
): ReturnDue {
  const place = { order: id, sku };
  if (quantity > line.shipped) return due({ ...place, do: "decline", reason: "数量不符" });
  const rule = ruleOf(state, sku);
  if (reason === "无理由" && rule?.no_reason_days === null)
    return due({ ...place, do: "decline", reason: "不支持无理由" }, { rule: true });
  const extra = state.isMember ? state.member_days : 0;
  const most =
    reason === "质量问题" ? (rule?.quality_days ?? 0) : (rule?.no_reason_days ?? 0) + extra;
  const days = (minutesAt(state.date, "00:00") - minutesAt(order.signed, "00:00")) / (24 * 60);
  if (days > most) return due({ ...place, do: "decline", reason: "超过期限" }, { rule: true });
  const isFaulty = reason === "质量问题";
  const total = line.price * quantity;
  const fee = isFaulty ? 0 : (total * (rule?.restocking_percent ?? 0)) / 100;
  const returned: ReturnDone = { ...place, do: "return", quantity, reason, refund: total - fee };
  if (want === "return" || to === null) return due(returned, { rule: true });
  const warehouse = warehouseFor(state, to, quantity, order.warehouse);
  const needs = { rule: true, counts: to };
  if (warehouse !== null) return due({ ...place, do: "exchange", quantity, to, warehouse }, needs);
  return isFaulty ? due(returned, needs) : due({ ...place, do: "decline", reason: "无货" }, needs);
}

/** The warehouse that the order came from if it has enough, otherwise the one that has most. */
function warehouseFor(
  { stock }: ReturnsState,
  sku: string,
  quantity: number,
  own: string,
): string | null {
  const enough = stock
    .filter((each) => each.sku === sku && each.quantity >= quantity)
    .toSorted((a, b) => b.quantity - a.quantity);
  return (enough.find(({ warehouse }) => warehouse === own) ?? enough[0])?.warehouse ?? null;
}

/** What a settlement pays out. */
export const refundOf = (done: ReturnDone): number => ("refund" in done ? done.refund : 0);

export const isApproved = ({ approvals }: ReturnsState, done: ReturnDone): boolean =>
  approvals.some((each) => isSamePlace(each, done) && each.amount === refundOf(done));

export const doneFor = ({ done }: ReturnsState, place: Place): ReturnDone | undefined =>
  done.find((each) => isSamePlace(each, place));

/** Undefined while nothing was done about a request; otherwise whether it was the right thing. */
function isRight(state: ReturnsState, { done: right }: ReturnDue): boolean | undefined {
  const done = doneFor(state, right);
  if (done === undefined) return undefined;
  return JSON.stringify(callFor(done)) === JSON.stringify(callFor(right));
}

export function returnsOutcome(state: ReturnsState): PlayOutcome {
  const { requests, forbidden, breaches, closed } = state;
  const lacking = requests.flatMap((request) => {
    const name = `${request.order}/${request.sku}`;
    const right = isRight(state, dueFor(state, request));
    if (right === undefined) return [`${name} open`];
    return right ? [] : [`${name} settled otherwise`];
  });
  if (!closed) lacking.push("not closed");
  return { reached: lacking.length === 0, lacking, forbidden, breaches };
}

/** For every state that calls lead to from here: those that are still needed; null once something was settled otherwise. */
export function returnsNeeds(
  start: ReturnsState,
): (state: ReturnsState) => readonly EnvironmentCall[] | null {
  // Facts stay as they are, and so does what is due.
  const all = start.requests.map((each) => dueFor(start, each));
  return (state) => {
    if (all.some((each) => isRight(state, each) === false)) return null;
    const dues = all.filter((each) => isRight(state, each) === undefined);
    return [
      ...lookupsFor(state, dues),
      ...dues.map(({ done }) => callFor(done)),
      ...(state.closed ? [] : [{ name: "close_ticket", arguments: { phone: state.phone } }]),
    ];
  };
}

/** By what they find out, so that one call serves several requests. */
function lookupsFor(state: ReturnsState, dues: readonly ReturnDue[]): readonly EnvironmentCall[] {
  const lookups = new Map<string, EnvironmentCall>();
  const look = (name: string, given: EnvironmentCall["arguments"]): void => {
    lookups.set(JSON.stringify([name, given]), { name, arguments: given });
  };
  const orders = dues.map(({ done }) => done.order);
  if (!state.listed && orders.some((each) => orderOf(state, each)?.phone === state.phone))
    look("find_orders", { phone: state.phone });
  for (const order of orders) if (!state.opened.includes(order)) look("get_order", { order });
  for (const { done, needsRule } of dues) {
    const category = productOf(state, done.sku)?.category ?? "";
    if (needsRule && !state.read.includes(category)) look("get_return_rules", { category });
  }
  for (const { done, counts } of dues) {
    const name = productOf(state, counts ?? "")?.name ?? "";
    // What an order holds is known from the order.
    if (counts !== null && counts !== done.sku && !state.searched.includes(name))
      look("search_products", { name });
  }
  for (const { counts } of dues)
    if (counts !== null && !state.counted.includes(counts)) look("check_stock", { sku: counts });
  for (const { done } of dues)
    if (refundOf(done) > state.approval_above && !isApproved(state, done))
      look("request_approval", { order: done.order, sku: done.sku, amount: refundOf(done) });
  return [...lookups.values()];
}

function callFor(done: ReturnDone): EnvironmentCall {
  const { order, sku } = done;
  switch (done.do) {
    case "return": {
      const { quantity, reason, refund } = done;
      return { name: "create_return", arguments: { order, sku, quantity, reason, refund } };
    }
    case "exchange": {
      const { quantity, to, warehouse } = done;
      return { name: "create_exchange", arguments: { order, sku, quantity, to, warehouse } };
    }
    case "reship": {
      const { quantity, warehouse } = done;
      return { name: "ship_missing", arguments: { order, sku, quantity, warehouse } };
    }
    case "cancel": {
      const { quantity, refund } = done;
      return { name: "cancel_missing", arguments: { order, sku, quantity, refund } };
    }
    case "decline":
      return { name: "decline_request", arguments: { order, sku, reason: done.reason } };
  }
}
