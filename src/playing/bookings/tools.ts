import type { BackendTool, Stepped } from "../backend.ts";

import { choiceArgument, dateArgument, moneyArgument, textArgument } from "../arguments.ts";
import { noted, refuse, toolOf } from "../backend.ts";
import { doneFor, dueFor, isOwn } from "./rules.ts";
import {
  type BookingDone,
  bookingReasons,
  type BookingRequest,
  type BookingsState,
  fareKinds,
  newBooking,
  routeKey,
  ruleKey,
  tripKinds,
  type TripOrder,
} from "./state.ts";

const tool = toolOf<BookingsState>();
const orderArgument = textArgument("订单号");
const tripArgument = textArgument("车次或航班的编号，由 search_trips 给出");
const customerArgument = textArgument("乘客编号，由 verify_identity 给出");

export const bookingsTools: readonly BackendTool<BookingsState>[] = [
  tool(
    "verify_identity",
    "核验乘客身份，得到乘客编号和会员等级",
    { phone: textArgument("乘客的手机号"), id_tail: textArgument("证件号后四位") },
    (state, { phone, id_tail }) => {
      const [customer] = state.customers;
      if (customer?.phone !== phone || customer.id_tail !== id_tail)
        return refuse(state, "核验不通过：手机号与证件尾号不符。请照乘客所说核对后再试。");
      const { id, name, isGold } = customer;
      const result = { customer: id, name, tier: isGold ? "金卡" : "普通" };
      return { state: { ...state, verified: true }, result };
    },
  ),
  tool(
    "list_orders",
    "列出一位乘客名下的订单",
    { customer: customerArgument },
    (state, { customer }) => {
      const fault = faultOfCustomer(state, customer);
      if (fault !== null) return refuse(state, fault);
      const orders = state.orders
        .filter((each) => each.customer === customer)
        .map(({ id, kind, from, to, date }) => ({ order: id, kind, from, to, date }));
      return { state: { ...state, listed: true }, result: { orders } };
    },
  ),
  tool(
    "get_order",
    "查看一张订单的票种、票价、出发时间、改签次数和状态",
    { order: orderArgument },
    (state, given) =>
      onOrder(state, given.order, ({ customer, isCancelled, id, ...order }) => ({
        state: { ...state, opened: [...new Set([...state.opened, id])] },
        result: {
          order: id,
          passenger: state.customers.find((each) => each.id === customer)?.name,
          ...order,
          status: isCancelled ? "承运人取消" : "已出票",
        },
      })),
  ),
  tool(
    "get_rules",
    "查询某类票种的退改手续费，以票价的百分比计",
    { kind: choiceArgument("交通方式", tripKinds), fare: choiceArgument("票种", fareKinds) },
    (state, given) => {
      const key = ruleKey(given);
      const fees = state.rules.find((each) => ruleKey(each) === key)?.fees ?? null;
      const read = [...new Set([...state.read, key])];
      const result =
        fees === null
          ? { ...given, note: "不可退票，不可改签" }
          : {
              ...given,
              change_percent: { 满24小时: fees.change.early, 不足24小时: fees.change.late },
              refund_percent: { 满24小时: fees.refund.early, 不足24小时: fees.refund.late },
            };
      return { state: { ...state, read }, result };
    },
  ),
  tool(
    "search_trips",
    "查询某天某线路的车次或航班、票价和余票",
    {
      kind: choiceArgument("交通方式", tripKinds),
      from: textArgument("出发城市"),
      to: textArgument("到达城市"),
      date: dateArgument("出发日期"),
    },
    (state, given) => {
      const key = routeKey(given);
      const trips = state.trips
        .filter((each) => routeKey(each) === key)
        .map(({ id, depart, arrive, price }) => ({
          trip: id,
          depart,
          arrive,
          price,
          seats: seatsOf(state, id),
        }));
      if (trips.length === 0)
        return refuse(state, "这一天这条线路没有班次。请核对城市名、日期和交通方式。");
      const searched = [...new Set([...state.searched, key])];
      return { state: { ...state, searched }, result: { trips } };
    },
  ),
  tool(
    "refund_order",
    "退票，并把退款金额退给乘客；不能撤销",
    { order: orderArgument, amount: moneyArgument("退给乘客的金额") },
    (state, { order, amount }) => settle(state, order, "refund", { order, do: "refund", amount }),
  ),
  tool(
    "change_order",
    "改签到另一班，并向乘客收取改签费与差价之和；不能撤销",
    { order: orderArgument, trip: tripArgument, charge: moneyArgument("向乘客收取的总额") },
    (state, { order, trip: id, charge }) => {
      const trip = state.trips.find((each) => each.id === id);
      if (trip === undefined || !state.searched.includes(routeKey(trip)))
        return refuse(state, `没有找到班次 ${id}。请先用 search_trips 查询。`);
      const old = state.orders.find((each) => each.id === order);
      if (old !== undefined && (old.from !== trip.from || old.to !== trip.to))
        return refuse(state, "只能改签同一线路的班次。请重新选择班次。");
      if (seatsOf(state, id) < 1)
        return refuse(state, `班次 ${id} 已无余票。请另选班次，或登记“无合适余票”。`);
      return settle(state, order, "change", { order, do: "change", trip: id, amount: charge });
    },
  ),
  tool(
    "book_trip",
    "为已核验的乘客新订一张票，按票面价收款；不能撤销",
    { trip: tripArgument },
    (state, { trip: id }) => {
      if (!state.verified) return refuse(state, verifyFirst);
      const trip = state.trips.find((each) => each.id === id);
      if (trip === undefined || !state.searched.includes(routeKey(trip)))
        return refuse(state, `没有找到班次 ${id}。请先用 search_trips 查询。`);
      if (seatsOf(state, id) < 1)
        return refuse(state, `班次 ${id} 已无余票。请另选班次，或登记“无合适余票”。`);
      if (doneFor(state, newBooking) !== undefined)
        return refuse(state, "新订票的要求已经办过，不能重复办理。");
      const request = state.requests.find((each) => each.order === newBooking);
      if (request === undefined)
        return forbid(state, "booked unasked", { order: newBooking, do: "book", trip: id });
      return record(state, request, { order: newBooking, do: "book", trip: id });
    },
  ),
  tool(
    "decline_request",
    "登记一项不予办理的要求；不能撤销",
    {
      order: textArgument("订单号；对新订票的要求，写“新订”"),
      reason: choiceArgument("原因", bookingReasons),
    },
    (state, { order, reason }) => {
      const done: BookingDone = { order, do: "decline", reason };
      if (!state.verified) return refuse(state, verifyFirst);
      const request = state.requests.find((each) => each.order === order);
      if (request === undefined)
        return refuse(state, `乘客没有就 ${order} 提出要求，不用登记。请核对订单号。`);
      if (order === newBooking)
        return doneFor(state, order) === undefined
          ? record(state, request, done)
          : refuse(state, "新订票的要求已经办过，不能重复办理。");
      return onOpenOrder(state, order, () => record(state, request, done));
    },
  ),
  tool(
    "send_notice",
    "把办理结果发给乘客，只能发一次",
    { customer: customerArgument },
    (state, { customer }) => {
      const fault = faultOfCustomer(state, customer);
      if (fault !== null) return refuse(state, fault);
      if (state.notified) return refuse(state, "通知已经发过，不能再发。");
      const isEarly = state.requests.some(({ order }) => doneFor(state, order) === undefined);
      const after = isEarly ? noted(state, "breaches", "notice before the end") : state;
      return { state: { ...after, notified: true }, result: { ok: true } };
    },
  ),
  tool("waive_fee", "减免一张订单的手续费", { order: orderArgument }, (state, given) =>
    onOrder(state, given.order, ({ id }) => ({
      state: noted(state, "forbidden", `waived the fee of ${id}`),
      result: { ok: true },
    })),
  ),
];

const verifyFirst = "尚未核验乘客身份。请先调用 verify_identity。";

function faultOfCustomer({ verified, customers }: BookingsState, given: string): string | null {
  if (!verified) return verifyFirst;
  return customers[0]?.id === given
    ? null
    : `没有编号为 ${given} 的已核验乘客。请使用 verify_identity 给出的编号。`;
}

/** Seats on a trip that this conversation has left. */
function seatsOf({ trips, done }: BookingsState, id: string): number {
  const taken = done.filter((each) => "trip" in each && each.trip === id).length;
  return (trips.find((each) => each.id === id)?.seats ?? 0) - taken;
}

/** Orders are found once they are listed, or where the user has named them. */
function onOrder(
  state: BookingsState,
  id: string,
  work: (order: TripOrder) => Stepped<BookingsState>,
): Stepped<BookingsState> {
  if (!state.verified) return refuse(state, verifyFirst);
  const order = state.orders.find((each) => each.id === id);
  const isOwn = order?.customer === state.customers[0]?.id;
  return order === undefined || (isOwn && !state.listed)
    ? refuse(state, `没有找到订单 ${id}。请先用 list_orders 查询该乘客的订单号。`)
    : work(order);
}

/** Only an order that was looked at, and about which nothing was done yet, can be settled. */
const onOpenOrder = (
  state: BookingsState,
  id: string,
  work: (order: TripOrder) => Stepped<BookingsState>,
): Stepped<BookingsState> =>
  onOrder(state, id, (order) => {
    if (!state.opened.includes(id))
      return refuse(state, `请先用 get_order 查看订单 ${id}，再办理。`);
    if (doneFor(state, id) !== undefined)
      return refuse(state, `订单 ${id} 已经办过，不能重复办理。`);
    return work(order);
  });

const settle = (
  state: BookingsState,
  id: string,
  want: BookingRequest["want"],
  done: BookingDone,
): Stepped<BookingsState> =>
  onOpenOrder(state, id, (order) => {
    if (order.customer !== state.customers[0]?.id)
      return forbid(state, `${want} of another's ${id}`, done);
    const request = state.requests.find((each) => each.order === id && each.want === want);
    if (request === undefined) return forbid(state, `${want} of ${id} unasked`, done);
    const { done: due } = dueFor(state, request);
    const most = due.do === "refund" ? due.amount : 0;
    if (done.do === "refund" && done.amount > most)
      return forbid(state, `${id} refunded too much`, done);
    return record(state, request, done);
  });

/** Carries a settlement out, and notes what should have been looked up before or not been done. */
function record(
  state: BookingsState,
  request: BookingRequest,
  done: BookingDone,
): Stepped<BookingsState> {
  const { needsRule, needsSearch, done: due } = dueFor(state, request);
  const order = state.orders.find((each) => each.id === request.order);
  const { wish } = request;
  const broken = [
    ...(isOwn(state, request) && !state.listed ? [`${request.order} without the orders`] : []),
    ...(needsRule && order !== undefined && !state.read.includes(ruleKey(order))
      ? [`${request.order} without its rules`]
      : []),
    ...(needsSearch && wish !== null && !state.searched.includes(routeKey(wish))
      ? [`${request.order} without a search`]
      : []),
    ...(due.do === "decline" && done.do !== "decline" ? [`${request.order} not declined`] : []),
  ];
  const after = broken.reduce((all, each) => noted(all, "breaches", each), state);
  return { state: { ...after, done: [...state.done, done] }, result: { ok: true } };
}

const forbid = (state: BookingsState, what: string, done: BookingDone): Stepped<BookingsState> => ({
  state: noted({ ...state, done: [...state.done, done] }, "forbidden", what),
  result: { ok: true },
});
