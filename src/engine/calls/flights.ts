import type { Attempted, SenderLane } from "../../transport/thread/sender.ts";
import type { Seen, SendInSlot, Slot } from "./slot.ts";
import type { Ticket } from "./waiting.ts";

/** So large a share of a lane's width may stand by, and at most so many. */
const standbyShare = 1 / 8;
const mostStandby = 32;

/** How many requests of a lane of this width may stand by. */
export const standbyFor = (width: number): number =>
  Math.min(mostStandby, Math.ceil(width * standbyShare));

export type FlightsSetup = {
  /** Null: nothing ever stands by. */
  readonly sender: SenderLane | null;
  /** Requests that may be in flight now. */
  readonly width: () => number;
  /** False while anything restrains the lane: whatever starts is then decided here. */
  readonly isFree: () => boolean;
  readonly onStart: (at: number, ticket: Ticket) => void;
  readonly onEnded: (startedAt: number, ticket: Ticket, ended: Seen) => void;
  /** Less may stand by than before. */
  readonly steer: () => void;
};

/**
 * The requests of a lane that are in flight, and those that stand by at its sender: handed over, to be sent there as soon as another
 * one has ended without failing, so that its slot is not empty until this thread has got round to it. What is in flight never
 * exceeds the width, since a request that starts by itself takes the place of one that has ended.
 */
export type Flights = {
  /** A request gets a slot: it is sent at once where there is room in flight, and stands by otherwise. */
  readonly board: (ticket: Ticket, since: number) => Flight;
  /** Its slot is given back. */
  readonly leave: (flight: Flight) => void;
  /** How many may have a slot beyond the width, at this moment. */
  readonly standby: () => number;
  /** Starts those that stand by where there is room for them, or takes them back where the lane is restrained. */
  readonly tend: () => void;
  readonly recall: () => void;
};

/** A request with a slot; a record instead of functions of its own, because all that is in flight survives collections. */
export type Flight = {
  readonly slot: Slot;
  readonly ticket: Ticket;
  readonly boardedAt: number;
  startedAt: number | null;
  isCounted: boolean;
  isDecisive: boolean;
};

/** A request that stands by. */
type Standing = { readonly flight: Flight; readonly start: () => void };

export function createFlights(setup: FlightsSetup): Flights {
  const { sender, width, isFree, onStart, onEnded, steer } = setup;
  const standing = new Set<Standing>();
  let inFlight = 0;
  /** Slots of failed requests, which may stop their target, and of conversations, whose next request goes first. */
  let decisive = 0;
  /** As the sender counts them. */
  let failures = 0;
  let isRecalled = false;
  /** Requests that have started in the place of others whose end nobody here has seen yet. */
  const followers: (() => void)[] = [];

  const recall = (): void => {
    if (standing.size > 0 && !isRecalled) sender?.recall();
    isRecalled = true;
  };
  const mayStandBy = (): boolean => sender !== null && decisive === 0 && isFree();

  const decide = (flight: Flight): void => {
    if (!flight.isDecisive) decisive += 1;
    flight.isDecisive = true;
  };
  const count = (flight: Flight): void => {
    if (!flight.isCounted) inFlight += 1;
    flight.isCounted = true;
  };
  const land = (flight: Flight): void => {
    if (!flight.isCounted) return;
    flight.isCounted = false;
    inFlight -= 1;
    followers.shift()?.();
  };
  const begin = (flight: Flight): void => {
    count(flight);
    if (flight.ticket.goesOn === true) decide(flight);
    flight.startedAt = performance.now();
    onStart(flight.startedAt, flight.ticket);
  };
  const report = (flight: Flight, ended: Seen): void => {
    land(flight);
    if (ended.failures !== undefined) {
      failures = Math.max(failures, ended.failures);
      decide(flight);
    }
    onEnded(flight.startedAt ?? flight.boardedAt, flight.ticket, ended);
  };
  const handOver = async (
    flight: Flight,
    lane: SenderLane,
    ...[request, signal, onSend]: Parameters<SendInSlot>
  ): Promise<Attempted | null> => {
    const { start, attempted } = lane.standBy(request, signal, failures, () => {
      standing.delete(own);
      // To whoever watches, it begins when the other one has ended.
      if (flight.isCounted) onSend();
      else followers.push(onSend);
      begin(flight);
      if (flight.isDecisive) steer();
    });
    const own: Standing = { flight, start };
    standing.add(own);
    isRecalled = false;
    try {
      return await attempted;
    } finally {
      standing.delete(own);
    }
  };

  const board: Flights["board"] = (ticket, since) => {
    const boardedAt = performance.now();
    const isSent = sender === null || inFlight < width();
    const send: SendInSlot | undefined =
      sender === null
        ? undefined
        : (request, signal, onSend) => {
            if (!isSent) return handOver(flight, sender, request, signal, onSend);
            onSend();
            return sender.attempt(request, signal);
          };
    const flight: Flight = {
      slot: {
        queued_ms: boardedAt - since,
        in_flight: inFlight + (isSent ? 1 : 0),
        report: (ended) => report(flight, ended),
        send,
      },
      ticket,
      boardedAt,
      startedAt: null,
      isCounted: false,
      isDecisive: false,
    };
    if (isSent) begin(flight);
    return flight;
  };

  return {
    board,
    leave: (flight) => {
      land(flight);
      // What follows from it has its slot before more may stand by: nothing is steered before the next request comes.
      if (flight.isDecisive) decisive -= 1;
    },
    standby: () => (mayStandBy() ? standbyFor(width()) : 0),
    tend: () => {
      if (standing.size === 0) return;
      if (!mayStandBy()) return recall();
      for (const each of standing) {
        if (inFlight >= width()) return;
        standing.delete(each);
        count(each.flight);
        each.start();
      }
    },
    recall,
  };
}
