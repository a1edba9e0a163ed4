import type { Draw } from "../draw.ts";

/** What happens to a contract on a day; days are counted from 1970-01-01. */
export type ContractEvent =
  | { readonly kind: "sign"; readonly day: number }
  | { readonly kind: "rent"; readonly day: number; readonly rent: number }
  | {
      readonly kind: "rent-mended";
      readonly day: number;
      readonly from: number;
      readonly rent: number;
    }
  | {
      readonly kind: "handler";
      readonly day: number;
      readonly from: string;
      readonly handler: string;
    }
  | { readonly kind: "renew"; readonly day: number; readonly end: number }
  | {
      readonly kind: "end-mended";
      readonly day: number;
      readonly from: number;
      readonly end: number;
    }
  | { readonly kind: "stop"; readonly day: number }
  | { readonly kind: "go-on"; readonly day: number }
  | { readonly kind: "deposit"; readonly day: number; readonly deposit: number }
  /** Takes the last correction of a rent back. */
  | { readonly kind: "rent-back"; readonly day: number }
  /** Less rent from one day to another, both included. */
  | {
      readonly kind: "cut";
      readonly day: number;
      readonly from: number;
      readonly to: number;
      readonly percent: number;
    }
  | {
      readonly kind: "cut-mended";
      readonly day: number;
      readonly from: number;
      readonly to: number;
    }
  | { readonly kind: "renumber"; readonly day: number; readonly id: string }
  | { readonly kind: "move"; readonly day: number; readonly store: string };

/** As it is signed, and what comes of it. */
export type Lease = {
  readonly id: string;
  readonly tenant: string;
  readonly store: string;
  readonly start: number;
  readonly end: number;
  readonly rent: number;
  readonly handler: string;
  /** Named when it was signed, or null. */
  readonly deposit: number | null;
  readonly events: readonly ContractEvent[];
};

export type ContractState = {
  readonly store: string;
  /** With what is taken off on that day. */
  readonly rent: number;
  /** Without it. */
  readonly whole: number;
  readonly handler: string;
  readonly end: number;
  readonly isInForce: boolean;
};

/** The state on a day by the whole book: what was mended counts from the beginning, what was taken back never was. */
export function stateOn(contract: Lease, day: number): ContractState {
  const rents = [{ from: contract.start, rent: contract.rent }];
  let { handler, end, store } = contract;
  let stopped: number | null = null;
  let unmended = contract.rent;
  let cut: { readonly from: number; readonly to: number; readonly percent: number } | null = null;
  const mendRent = (rent: number): void => {
    const last = rents.pop();
    unmended = last?.rent ?? contract.rent;
    rents.push({ from: last?.from ?? contract.start, rent });
  };
  for (const event of contract.events) {
    if (event.kind === "rent") rents.push({ from: event.day, rent: event.rent });
    if (event.kind === "rent-mended") mendRent(event.rent);
    if (event.kind === "rent-back") mendRent(unmended);
    if (event.kind === "cut") cut = event;
    if (event.kind === "cut-mended" && cut !== null) cut = { ...cut, to: event.to };
    if (event.kind === "handler" && event.day <= day) ({ handler } = event);
    if (event.kind === "move" && event.day <= day) ({ store } = event);
    if (event.kind === "renew" || event.kind === "end-mended") ({ end } = event);
    if (event.kind === "stop") stopped = event.day;
    if (event.kind === "go-on") stopped = null;
  }
  const whole = rents.findLast(({ from }) => from <= day)?.rent ?? contract.rent;
  const isCut = cut !== null && cut.from <= day && day <= cut.to;
  const rent = isCut && cut !== null ? (whole * (100 - cut.percent)) / 100 : whole;
  const isInForce = contract.start <= day && day <= end && (stopped === null || day < stopped);
  return { store, rent, whole, handler, end, isInForce };
}

/** The days on which a state could be read in two ways. */
export const edgesOf = ({ start, end, events }: Lease): readonly number[] => [
  start,
  end,
  ...events.flatMap((event) => [
    event.day,
    ...("end" in event ? [event.end] : []),
    ...(event.kind === "cut" ? [event.from, event.to] : []),
    ...("to" in event ? [event.to] : []),
  ]),
];

export const firstDay = Date.UTC(2021, 0, 1) / 86_400_000;
export const lastDay = Date.UTC(2025, 5, 30) / 86_400_000;

export type Signed = Pick<Lease, "id" | "tenant" | "store">;

/** What a contract may come to. */
export type Course = {
  readonly handlers: readonly string[];
  readonly changes: number;
  /** What less plain changes need: numbers and stores that a contract may be given; null where there are none of them. */
  readonly twists: { readonly newId: () => string; readonly stores: readonly string[] } | null;
};

/** A contract with up to so many changes, in the order of their days. */
export function drawContract(draw: Draw, signed: Signed, course: Course): Lease {
  const { handlers, changes, twists } = course;
  const start = firstDay + draw.int(0, 500);
  const contract = {
    ...signed,
    start,
    end: start + draw.int(420, 1_000),
    rent: drawRent(draw),
    handler: draw.pick(handlers),
    deposit: draw.int(0, 1) === 0 ? null : drawRent(draw) * 2,
  };
  const events: ContractEvent[] = [{ kind: "sign", day: start }];
  let day = start;
  const fewest = twists === null ? Math.min(1, changes) : Math.max(1, changes - 1);
  for (let left = draw.int(fewest, changes); left > 0; left -= 1) {
    day += twists === null ? draw.int(15, 150) : draw.int(10, 90);
    const told = { ...contract, events };
    const state = stateOn(told, day);
    if (day > lastDay - 120 || !state.isInForce) break;
    const isTwisted = twists !== null && draw.int(0, 9) < 6;
    events.push(
      ...(isTwisted
        ? drawTwist(draw, day, told, course)
        : drawChange(draw, day, state, { handlers, isLasting: twists !== null })),
    );
    day = events.at(-1)?.day ?? day;
  }
  if (contract.deposit !== null && draw.int(0, 1) === 0)
    events.push({ kind: "deposit", day: day + draw.int(5, 60), deposit: contract.deposit });
  return { ...contract, events };
}

export const drawRent = (draw: Draw): number => draw.int(60, 640) * 10;

/** Nobody corrects a rent to what it is. */
function otherRent(draw: Draw, known: number): number {
  const rent = drawRent(draw);
  return rent === known ? rent + 10 : rent;
}

type Change = { readonly handlers: readonly string[]; readonly isLasting: boolean };

/** A contract that is lasting is hardly ever ended for good. */
function drawChange(
  draw: Draw,
  day: number,
  state: ContractState,
  { handlers, isLasting }: Change,
): readonly ContractEvent[] {
  const rent = otherRent(draw, latestRent(state));
  const isStopped = !isLasting || draw.int(0, 3) === 0;
  const changes: readonly (() => readonly ContractEvent[])[] = [
    () => [{ kind: "rent", day, rent }],
    () => [{ kind: "rent-mended", day, from: latestRent(state), rent }],
    () => [
      {
        kind: "handler",
        day,
        from: state.handler,
        handler: draw.pick(handlers.filter((each) => each !== state.handler)),
      },
    ],
    () => [{ kind: "renew", day, end: state.end + draw.int(150, 400) }],
    () => [
      {
        kind: "end-mended",
        day,
        from: state.end,
        end: otherThan(state.end, Math.max(day + 30, state.end + draw.int(-90, 90))),
      },
    ],
    () => [
      { kind: "stop", day },
      ...(isStopped ? [] : [{ kind: "go-on" as const, day: day + draw.int(3, 40) }]),
    ],
    () => [
      { kind: "stop", day },
      { kind: "go-on", day: day + draw.int(3, 40) },
    ],
  ];
  return draw.pick(changes)();
}

const otherThan = (known: number, day: number): number => (day === known ? day + 1 : day);

/** Changes of which some concern a part of the time, another number or store, or a change that stands before them. */
function drawTwist(
  draw: Draw,
  day: number,
  contract: Lease,
  { twists }: Course,
): readonly ContractEvent[] {
  const { events } = contract;
  const state = stateOn(contract, day);
  const isRented = (each: ContractEvent): boolean => each.kind.startsWith("rent");
  const cut = events.findLast((each) => each.kind === "cut" || each.kind === "cut-mended");
  const from = day + draw.int(-20, 60);
  const changes: (() => ContractEvent)[] = [
    () => ({ kind: "renumber", day, id: twists?.newId() ?? contract.id }),
    () => ({ kind: "rent", day, rent: otherRent(draw, state.whole) }),
  ];
  if (events.findLast(isRented)?.kind === "rent-mended")
    changes.push(
      () => ({ kind: "rent-back", day }),
      () => ({ kind: "rent-back", day }),
    );
  else
    changes.push(() => ({
      kind: "rent-mended",
      day,
      from: state.whole,
      rent: otherRent(draw, state.whole),
    }));
  if (cut === undefined)
    changes.push(
      ...[1, 2].map(() => (): ContractEvent => ({
        kind: "cut",
        day,
        from,
        to: from + draw.int(30, 150),
        percent: draw.int(1, 8) * 5,
      })),
    );
  else if ("to" in cut)
    changes.push(() => ({
      kind: "cut-mended",
      day,
      from: cut.to,
      to: cut.to + draw.pick([-1, 1]) * draw.int(3, 25),
    }));
  const stores = twists?.stores.filter((each) => each !== state.store) ?? [];
  if (stores.length > 0) changes.push(() => ({ kind: "move", day, store: draw.pick(stores) }));
  return [draw.pick(changes)()];
}

const latestRent = ({ whole }: ContractState): number => whole;
