import type { Chance } from "../environment.ts";

import { dayAfter, timeAt } from "../days.ts";
import { drawPlots, mixOf } from "../levels.ts";
import { people } from "../people.ts";
import { fitsWish } from "./rules.ts";
import {
  type BookingRequest,
  type BookingsState,
  type FareRule,
  fareKinds,
  newBooking,
  type Trip,
  tripKinds,
  type TripOrder,
  type TripWish,
} from "./state.ts";

const plots = {
  plain: ["refund early", "change early"],
  tricky: ["refund late", "change late", "book", "refund changed"],
  declined: ["other's", "departed", "changed", "special", "no seats", "clash"],
  conflicting: ["gold", "cancelled refund", "cancelled change"],
} as const;
type Plot = (typeof plots)[keyof typeof plots][number];

const cities = ["北京", "上海", "成都", "西安", "杭州", "沈阳", "广州", "武汉"];
const time = "09:00";

/** What a seed and a level start with. */
export function drawBookings(draw: Chance, level: number): BookingsState {
  const mix = mixOf(level);
  const chosen = drawPlots(draw, mix, plots);
  // Only one request can be for a new ticket.
  const instead = plots.tricky.find((each) => each !== "book" && !chosen.includes(each)) ?? "book";
  const asked = chosen.includes("clash")
    ? chosen.map((each) => (each === "book" ? instead : each))
    : chosen;
  const date = `2026-${draw.pick(["04", "05", "09"])}-${draw.int(10, 14)}`;
  const [name = "", otherName = ""] = draw.sample(people, 2);
  const customers = [name, otherName].map((each, at) => ({
    id: `P${draw.int(100, 499) * 2 + at}`,
    name: each,
    phone: `139${draw.int(10_000_000, 99_999_999)}`,
    id_tail: String(draw.int(1_000, 9_999)),
    isGold: at === 0 && chosen.includes("gold"),
  }));
  const [own = "", other = ""] = customers.map(({ id }) => id);
  const base = draw.int(100, 800) * 10;
  const routes = draw.sample(
    cities.flatMap((from) => cities.filter((to) => to !== from).map((to) => ({ from, to }))),
    asked.length + mix.distractors,
  );
  const made = asked.map((plot, at) => {
    const route = routes[at] ?? { from: "", to: "" };
    return drawRequest(draw, plot, { ...route, id: `D${base + at}`, customer: own, other, date });
  });
  const distractors = Array.from({ length: mix.distractors }, (_, at): TripOrder => {
    // Half of them are of a route that is asked about too, on another day.
    const like = at % 2 === 0 ? made[at % made.length]?.order : undefined;
    const route = like ?? routes[asked.length + at] ?? { from: "", to: "" };
    return drawOrder(draw, "全价", {
      from: route.from,
      to: route.to,
      id: `D${base + asked.length + at}`,
      customer: own,
      date: dayAfter(date, 11 + at),
    });
  });
  return {
    clock: 0,
    busy: {},
    forbidden: [],
    breaches: [],
    date,
    time,
    customers,
    orders: [...draw.shuffle([...made.flatMap(({ order }) => order ?? []), ...distractors])],
    trips: made.flatMap(({ trips }) => trips),
    rules: drawRules(draw),
    requests: made.map(({ request }) => request),
    verified: false,
    listed: false,
    opened: [],
    read: [],
    searched: [],
    done: [],
    notified: false,
  };
}

type Place = {
  readonly id: string;
  readonly customer: string;
  readonly from: string;
  readonly to: string;
  readonly date: string;
};

/** The order that a plot is about, what is asked, and the trips among which it is to be chosen. */
function drawRequest(
  draw: Chance,
  plot: Plot,
  place: Place & { readonly other: string },
): {
  readonly order: TripOrder | null;
  readonly request: BookingRequest;
  readonly trips: readonly Trip[];
} {
  const { other, ...own } = place;
  const isNear = plot.endsWith("late");
  const days = isNear ? 0 : draw.int(2, 5);
  const fare =
    plot === "special" || isCancelled(plot) ? "特价" : draw.pick(["全价", "折扣"] as const);
  const drawn = drawOrder(draw, fare, {
    ...own,
    customer: plot === "other's" ? other : own.customer,
    date: dayAfter(own.date, days),
  });
  const order: TripOrder = {
    ...drawn,
    ...(plot === "departed"
      ? { date: own.date, depart: draw.pick(["07:20", "08:15", "09:35"]) }
      : {}),
    changes: plot === "changed" || plot === "refund changed" ? 1 : 0,
    isCancelled: isCancelled(plot),
  };
  const want = wantOf(draw, plot);
  if (want === "refund")
    return { order, request: { order: order.id, want, wish: null }, trips: [] };
  const wish: TripWish = {
    kind: order.kind,
    from: order.from,
    to: order.to,
    date: plot === "clash" ? order.date : dayAfter(order.date, draw.int(1, 4)),
    ...draw.pick([
      { by: "earliest", bound: "10:00" },
      { by: "earliest", bound: "13:30" },
      { by: "latest", bound: "18:00" },
      { by: "latest", bound: "20:30" },
      { by: "cheapest", bound: "11:00" },
    ] as const),
  };
  const trips = drawTrips(draw, wish, order.id, plot === "no seats");
  const hasOrder = want === "change" || plot === "clash";
  return {
    order: hasOrder ? order : null,
    request: { order: want === "change" ? order.id : newBooking, want, wish },
    trips,
  };
}

const isCancelled = (plot: Plot): boolean => plot.startsWith("cancelled");

function wantOf(draw: Chance, plot: Plot): BookingRequest["want"] {
  switch (plot) {
    case "refund early":
    case "refund late":
    case "refund changed":
    case "cancelled refund":
      return "refund";
    case "change early":
    case "change late":
    case "changed":
    case "gold":
    case "no seats":
    case "cancelled change":
      return "change";
    case "book":
    case "clash":
      return "book";
    case "other's":
    case "departed":
    case "special":
      return draw.pick(["refund", "change"]);
  }
}

const drawOrder = (draw: Chance, fare: TripOrder["fare"], place: Place): TripOrder => {
  const kind = draw.pick(tripKinds);
  return {
    ...place,
    kind,
    trip: `${kind === "航班" ? "YX" : "G"}${draw.int(1_000, 9_999)}`,
    depart: timeAt(draw.int(28, 40) * 30),
    fare,
    price: draw.int(3, 14) * 100,
    changes: 0,
    isCancelled: false,
  };
};

/** Trips of one day; of those that fit a wish, the best is sold out about every second time. */
function drawTrips(draw: Chance, wish: TripWish, order: string, isFull: boolean): readonly Trip[] {
  const { kind, from, to, date } = wish;
  // Early, in the middle of the day and late: every wish is met by at least two.
  const hours = [7, 8, 11, 12, 14, 15, 19].map((hour) => hour * 60 + draw.int(0, 5) * 10);
  const prices = draw.sample(
    Array.from({ length: 40 }, (_, at) => 300 + at * 30),
    hours.length,
  );
  const trips = hours.map((depart, at): Trip => ({
    // No two trips of an item have one number.
    id: `${kind === "航班" ? "YX" : "G"}${draw.int(10, 99)}${order.at(-1)}${at}`,
    kind,
    from,
    to,
    date,
    depart: timeAt(depart),
    arrive: timeAt(depart + draw.int(10, 13) * 10),
    price: prices[at] ?? 500,
    seats: draw.int(1, 30),
  }));
  const fitting = trips.filter((each) => fitsWish(each, wish));
  const soldOut = isFull
    ? fitting
    : draw.sample(fitting, Math.min(fitting.length - 1, draw.int(0, 2)));
  return draw.shuffle(trips.map((each) => (soldOut.includes(each) ? { ...each, seats: 0 } : each)));
}

const drawRules = (draw: Chance): FareRule[] =>
  tripKinds.flatMap((kind) =>
    fareKinds.map((fare): FareRule => {
      if (fare === "特价") return { kind, fare, fees: null };
      const low = (fare === "全价" ? 0 : 10) + draw.int(1, 3) * 5;
      return {
        kind,
        fare,
        fees: {
          change: { early: low, late: low + draw.int(2, 4) * 5 },
          refund: { early: low + 5, late: low + draw.int(5, 8) * 5 },
        },
      };
    }),
  );
