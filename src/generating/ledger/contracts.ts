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
  | { readonly kind: "deposit"; readonly day: number; readonly deposit: number };

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
  readonly rent: number;
  readonly handler: string;
  readonly end: number;
  readonly isInForce: boolean;
};

/** The state on a day by the whole book: what was mended counts from the beginning, what was taken back never was. */
export function stateOn(contract: Lease, day: number): ContractState {
  const rents = [{ from: contract.start, rent: contract.rent }];
  let { handler, end } = contract;
  let stopped: number | null = null;
  for (const event of contract.events) {
    if (event.kind === "rent") rents.push({ from: event.day, rent: event.rent });
    if (event.kind === "rent-mended") {
      const last = rents.pop();
      rents.push({ from: last?.from ?? contract.start, rent: event.rent });
    }
    if (event.kind === "handler" && event.day <= day) ({ handler } = event);
    if (event.kind === "renew" || event.kind === "end-mended") ({ end } = event);
    if (event.kind === "stop") stopped = event.day;
    if (event.kind === "go-on") stopped = null;
  }
  const rent = rents.findLast(({ from }) => from <= day)?.rent ?? contract.rent;
  const isInForce = contract.start <= day && day <= end && (stopped === null || day < stopped);
  return { rent, handler, end, isInForce };
}

/** The days on which a state could be read in two ways. */
export const edgesOf = ({ start, end, events }: Lease): readonly number[] => [
  start,
  end,
  ...events.flatMap((event) => ("end" in event ? [event.day, event.end] : [event.day])),
];

export const firstDay = Date.UTC(2021, 0, 1) / 86_400_000;
export const lastDay = Date.UTC(2025, 5, 30) / 86_400_000;

export type Signed = Pick<Lease, "id" | "tenant" | "store">;

/** A contract with up to so many changes, in the order of their days. */
export function drawContract(
  draw: Draw,
  signed: Signed,
  handlers: readonly string[],
  changes: number,
): Lease {
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
  for (let left = draw.int(Math.min(1, changes), changes); left > 0; left -= 1) {
    day += draw.int(15, 150);
    const state = stateOn({ ...contract, events }, day);
    if (day > lastDay - 120 || !state.isInForce) break;
    events.push(...drawChange(draw, day, state, handlers));
    day = events.at(-1)?.day ?? day;
  }
  if (contract.deposit !== null && draw.int(0, 1) === 0)
    events.push({ kind: "deposit", day: day + draw.int(5, 60), deposit: contract.deposit });
  return { ...contract, events };
}

export const drawRent = (draw: Draw): number => draw.int(60, 640) * 10;

function drawChange(
  draw: Draw,
  day: number,
  state: ContractState,
  handlers: readonly string[],
): readonly ContractEvent[] {
  const rent = drawRent(draw);
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
        end: Math.max(day + 30, state.end + draw.int(-90, 90)),
      },
    ],
    () => [{ kind: "stop", day }],
    () => [
      { kind: "stop", day },
      { kind: "go-on", day: day + draw.int(3, 40) },
    ],
  ];
  return draw.pick(changes)();
}

const latestRent = ({ rent }: ContractState): number => rent;
