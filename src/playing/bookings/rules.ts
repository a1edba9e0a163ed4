import type { EnvironmentCall, PlayOutcome } from "../environment.ts";

import { minutesAt } from "../days.ts";
import {
  type BookingDone,
  type BookingRequest,
  type BookingsState,
  routeKey,
  ruleKey,
  type Trip,
  type TripOrder,
  type TripWish,
} from "./state.ts";

/** How a request is to be settled, and what must be looked up before. */
export type BookingDue = {
  readonly done: BookingDone;
  readonly needsRule: boolean;
  readonly needsSearch: boolean;
};

const leastMinutes = 60;
const earlyMinutes = 24 * 60;

/** What the policy says about a request, at the hour when the conversation began. */
export function dueFor(state: BookingsState, request: BookingRequest): BookingDue {
  const { order: id, want, wish } = request;
  const order = state.orders.find((each) => each.id === id);
  const decline = (
    reason: Extract<BookingDone, { do: "decline" }>["reason"],
    needs: { readonly rule?: true; readonly search?: true } = {},
  ): BookingDue => ({
    done: { order: id, do: "decline", reason },
    needsRule: needs.rule === true,
    needsSearch: needs.search === true,
  });
  const trip = wish === null ? undefined : bestTrip(state.trips, wish);
  if (order === undefined) {
    if (wish !== null && hasTrip(state, wish)) return decline("行程重复");
    if (trip === undefined) return decline("无合适余票", { search: true });
    return {
      done: { order: id, do: "book", trip: trip.id },
      needsRule: false,
      needsSearch: true,
    };
  }
  if (order.customer !== state.customers[0]?.id) return decline("非本人订单");
  const isFree = order.isCancelled;
  if (!isFree && minutesLeft(state, order) < leastMinutes) return decline("已过办理时限");
  if (!isFree && want === "change" && order.changes > 0) return decline("已改签过");
  const fees = state.rules.find((each) => ruleKey(each) === ruleKey(order))?.fees ?? null;
  if (!isFree && fees === null) return decline("票种不可退改", { rule: true });
  const when = minutesLeft(state, order) >= earlyMinutes ? "early" : "late";
  const feeOf = (percent: number): number => (order.price * percent) / 100;
  if (want === "refund") {
    const fee = isFree ? 0 : feeOf(fees?.refund[when] ?? 0);
    return {
      done: { order: id, do: "refund", amount: order.price - fee },
      needsRule: !isFree,
      needsSearch: false,
    };
  }
  if (trip === undefined) return decline("无合适余票", { search: true });
  const isGold = state.customers[0]?.isGold ?? false;
  const charge = isFree
    ? 0
    : (isGold ? 0 : feeOf(fees?.change[when] ?? 0)) + Math.max(0, trip.price - order.price);
  return {
    done: { order: id, do: "change", trip: trip.id, amount: charge },
    needsRule: !isFree,
    needsSearch: true,
  };
}

/** About an order of the one who asks, or a new one: their orders must be known before. */
export const isOwn = (
  { orders, customers }: BookingsState,
  { order: id }: BookingRequest,
): boolean => orders.every((each) => each.id !== id || each.customer === customers[0]?.id);

const minutesLeft = ({ date, time }: BookingsState, order: TripOrder): number =>
  minutesAt(order.date, order.depart) - minutesAt(date, time);

const hasTrip = ({ orders, customers }: BookingsState, { from, to, date }: TripWish): boolean =>
  orders.some(
    (each) =>
      each.customer === customers[0]?.id &&
      each.from === from &&
      each.to === to &&
      each.date === date,
  );

/** Whether a trip is one that the user would take. */
export const fitsWish = (trip: Trip, { by, bound }: TripWish): boolean =>
  by === "latest" ? trip.arrive <= bound : trip.depart >= bound;

const betterBy: Readonly<Record<TripWish["by"], (a: Trip, b: Trip) => number>> = {
  earliest: (a, b) => a.depart.localeCompare(b.depart),
  latest: (a, b) => b.depart.localeCompare(a.depart),
  cheapest: (a, b) => a.price - b.price,
};

const bestTrip = (trips: readonly Trip[], wish: TripWish): Trip | undefined =>
  trips
    .filter((each) => routeKey(each) === routeKey(wish) && each.seats > 0 && fitsWish(each, wish))
    .toSorted(betterBy[wish.by])[0];

/** What was done about a request's order; undefined while nothing was. */
export const doneFor = ({ done }: BookingsState, order: string): BookingDone | undefined =>
  done.find((each) => each.order === order);

/** Undefined while nothing was done about a request; otherwise whether it was the right thing. */
function isRight(state: BookingsState, { done: right }: BookingDue): boolean | undefined {
  const done = doneFor(state, right.order);
  if (done === undefined) return undefined;
  return JSON.stringify(callFor(done)) === JSON.stringify(callFor(right));
}

export function bookingsOutcome(state: BookingsState): PlayOutcome {
  const { requests, forbidden, breaches, notified } = state;
  const lacking = requests.flatMap((request) => {
    const right = isRight(state, dueFor(state, request));
    if (right === undefined) return [`${request.order} open`];
    return right ? [] : [`${request.order} settled otherwise`];
  });
  if (!notified) lacking.push("no notice");
  return { reached: lacking.length === 0, lacking, forbidden, breaches };
}

/** For every state that calls lead to from here: those that are still needed; null once something was settled otherwise. */
export function bookingsNeeds(
  start: BookingsState,
): (state: BookingsState) => readonly EnvironmentCall[] | null {
  // Facts stay as they are, and so does what is due.
  const all = start.requests.map((request) => ({ request, due: dueFor(start, request) }));
  return (state) => {
    if (all.some(({ due }) => isRight(state, due) === false)) return null;
    const open = all.filter(({ due }) => isRight(state, due) === undefined);
    return [
      ...lookupsFor(state, open),
      ...open.map(({ due }) => callFor(due.done)),
      ...(state.notified ? [] : [call("send_notice", { customer: state.customers[0]?.id })]),
    ];
  };
}

const call = (name: string, given: EnvironmentCall["arguments"]): EnvironmentCall => ({
  name,
  arguments: given,
});

/** By what they find out, so that one call serves several requests. */
function lookupsFor(
  state: BookingsState,
  open: readonly { readonly request: BookingRequest; readonly due: BookingDue }[],
): readonly EnvironmentCall[] {
  const { customers, verified, listed, opened, read, searched } = state;
  const [customer] = customers;
  const lookups = new Map<string, EnvironmentCall>();
  const orders = open.flatMap(({ request }) =>
    state.orders.filter(({ id }) => id === request.order),
  );
  if (!verified)
    lookups.set(
      "customer",
      call("verify_identity", { phone: customer?.phone, id_tail: customer?.id_tail }),
    );
  if (!listed && open.some(({ request }) => isOwn(state, request)))
    lookups.set("orders", call("list_orders", { customer: customer?.id }));
  for (const { id } of orders)
    if (!opened.includes(id)) lookups.set(id, call("get_order", { order: id }));
  for (const { request, due } of open) {
    const order = orders.find(({ id }) => id === request.order);
    if (due.needsRule && order !== undefined && !read.includes(ruleKey(order)))
      lookups.set(ruleKey(order), call("get_rules", { kind: order.kind, fare: order.fare }));
  }
  for (const { request, due } of open) {
    const { wish } = request;
    if (!due.needsSearch || wish === null || searched.includes(routeKey(wish))) continue;
    const { kind, from, to, date } = wish;
    lookups.set(routeKey(wish), call("search_trips", { kind, from, to, date }));
  }
  return [...lookups.values()];
}

function callFor(done: BookingDone): EnvironmentCall {
  const { order } = done;
  switch (done.do) {
    case "refund":
      return { name: "refund_order", arguments: { order, amount: done.amount } };
    case "change":
      return {
        name: "change_order",
        arguments: { order, trip: done.trip, charge: done.amount },
      };
    case "book":
      return { name: "book_trip", arguments: { trip: done.trip } };
    case "decline":
      return { name: "decline_request", arguments: { order, reason: done.reason } };
  }
}
