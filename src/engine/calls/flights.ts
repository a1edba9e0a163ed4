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
  /** How many may have a slot beyond the width, at this moment. */
  readonly standby: () => number;
  /** Starts those that stand by where there is room for them, or takes them back where the lane is restrained. */
  readonly tend: () => void;
  readonly recall: () => void;
};

export type Flight = {
  readonly slot: Slot;
  /** Its slot is given back. */
  readonly leave: () => void;
};

/** A request that stands by. */
type Standing = { readonly start: () => void };

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

  const board: Flights["board"] = (ticket, since) => {
    const boardedAt = performance.now();
    let startedAt: number | null = null;
    let isCounted = false;
    let isDecisive = false;
    const decide = (): void => {
      if (!isDecisive) decisive += 1;
      isDecisive = true;
    };
    const count = (): void => {
      if (!isCounted) inFlight += 1;
      isCounted = true;
    };
    const land = (): void => {
      if (!isCounted) return;
      isCounted = false;
      inFlight -= 1;
      followers.shift()?.();
    };
    const begin = (): void => {
      count();
      if (ticket.goesOn === true) decide();
      startedAt = performance.now();
      onStart(startedAt, ticket);
    };
    const report = (ended: Seen): void => {
      land();
      if (ended.failures !== undefined) {
        failures = Math.max(failures, ended.failures);
        decide();
      }
      onEnded(startedAt ?? boardedAt, ticket, ended);
    };
    const leave = (): void => {
      land();
      // What follows from it has its slot before more may stand by: nothing is steered before the next request comes.
      if (isDecisive) decisive -= 1;
    };
    const handOver = async (
      lane: SenderLane,
      ...[request, signal, onSend]: Parameters<SendInSlot>
    ): Promise<Attempted | null> => {
      const { start, attempted } = lane.standBy(request, signal, failures, () => {
        standing.delete(own);
        // To whoever watches, it begins when the other one has ended.
        if (isCounted) onSend();
        else followers.push(onSend);
        begin();
        if (isDecisive) steer();
      });
      const own: Standing = {
        start: () => {
          standing.delete(own);
          count();
          start();
        },
      };
      standing.add(own);
      isRecalled = false;
      try {
        return await attempted;
      } finally {
        standing.delete(own);
      }
    };
    const isSent = sender === null || inFlight < width();
    if (isSent) begin();
    const slot = { queued_ms: boardedAt - since, in_flight: inFlight, report };
    if (sender === null) return { slot, leave };
    const send: SendInSlot = (request, signal, onSend) => {
      if (!isSent) return handOver(sender, request, signal, onSend);
      onSend();
      return sender.attempt(request, signal);
    };
    return { slot: { ...slot, send }, leave };
  };

  return {
    board,
    standby: () => (mayStandBy() ? standbyFor(width()) : 0),
    tend: () => {
      if (standing.size === 0) return;
      if (!mayStandBy()) return recall();
      for (const each of standing) {
        if (inFlight >= width()) return;
        each.start();
      }
    },
    recall,
  };
}
