import { z } from "zod";

import { backendShape } from "../backend.ts";

export const tripKinds = ["高铁", "航班"] as const;
export const fareKinds = ["全价", "折扣", "特价"] as const;
export const bookingReasons = [
  "非本人订单",
  "已过办理时限",
  "票种不可退改",
  "已改签过",
  "无合适余票",
  "行程重复",
] as const;

const Kind = z.enum(tripKinds);
const Fare = z.enum(fareKinds);

/** A train or a flight on one day. */
const Trip = z.strictObject({
  id: z.string(),
  kind: Kind,
  from: z.string(),
  to: z.string(),
  date: z.string(),
  depart: z.string(),
  arrive: z.string(),
  price: z.number(),
  seats: z.int(),
});
export type Trip = z.infer<typeof Trip>;

const Order = z.strictObject({
  id: z.string(),
  customer: z.string(),
  kind: Kind,
  trip: z.string(),
  from: z.string(),
  to: z.string(),
  date: z.string(),
  depart: z.string(),
  fare: Fare,
  price: z.number(),
  changes: z.int(),
  isCancelled: z.boolean(),
});
export type TripOrder = z.infer<typeof Order>;

/** Percent of the price that a change or a refund costs; null where neither is possible. */
const FareRule = z.strictObject({
  kind: Kind,
  fare: Fare,
  fees: z.nullable(
    z.strictObject({
      change: z.strictObject({ early: z.int(), late: z.int() }),
      refund: z.strictObject({ early: z.int(), late: z.int() }),
    }),
  ),
});
export type FareRule = z.infer<typeof FareRule>;

/** The trip that a user wants: of those with a seat, the one that is first by `by`. */
const Wish = z.strictObject({
  kind: Kind,
  from: z.string(),
  to: z.string(),
  date: z.string(),
  by: z.enum(["earliest", "cheapest", "latest"]),
  /** Departure not before it, for `latest` arrival not after it. */
  bound: z.string(),
});
export type TripWish = z.infer<typeof Wish>;

/** What a user asks for; a new booking has no order. */
const Request = z.strictObject({
  order: z.string(),
  want: z.enum(["refund", "change", "book"]),
  wish: z.nullable(Wish),
});
export type BookingRequest = z.infer<typeof Request>;

/** What has been done about an order. */
const Done = z.discriminatedUnion("do", [
  z.strictObject({ order: z.string(), do: z.literal("refund"), amount: z.number() }),
  z.strictObject({
    order: z.string(),
    do: z.literal("change"),
    trip: z.string(),
    amount: z.number(),
  }),
  z.strictObject({ order: z.string(), do: z.literal("book"), trip: z.string() }),
  z.strictObject({
    order: z.string(),
    do: z.literal("decline"),
    reason: z.enum(bookingReasons),
  }),
]);
export type BookingDone = z.infer<typeof Done>;

const Customer = z.strictObject({
  id: z.string(),
  name: z.string(),
  phone: z.string(),
  id_tail: z.string(),
  isGold: z.boolean(),
});

/** Facts never change while an agent plays; what it has done and seen stands beside them. */
export const BookingsState = z.strictObject({
  ...backendShape,
  date: z.string(),
  time: z.string(),
  /** The first is the one who asks. */
  customers: z.array(Customer).min(1),
  orders: z.array(Order),
  trips: z.array(Trip),
  rules: z.array(FareRule),
  requests: z.array(Request),
  verified: z.boolean(),
  listed: z.boolean(),
  opened: z.array(z.string()),
  /** Kinds and fares whose rules were read. */
  read: z.array(z.string()),
  /** Routes and days that were searched. */
  searched: z.array(z.string()),
  done: z.array(Done),
  notified: z.boolean(),
});
export type BookingsState = z.infer<typeof BookingsState>;

/** What stands for the order of a new booking. */
export const newBooking = "新订";

export const ruleKey = ({ kind, fare }: Pick<FareRule, "kind" | "fare">): string =>
  `${kind}/${fare}`;
export const routeKey = ({
  kind,
  from,
  to,
  date,
}: Pick<Trip, "kind" | "from" | "to" | "date">): string => `${kind}/${from}/${to}/${date}`;
