import { addFailure, enter, failuresIn, type LaneCounts, leave } from "./lane-counts.ts";

export type ReadyDeps<Order> = {
  /** Sends a request that stood by for `waited_ms`, as one of `in_flight` of its lane. */
  readonly start: (order: Order, waited_ms: number, in_flight: number) => void;
  /** It comes back unsent. */
  readonly giveBack: (order: Order) => void;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Of the lane, on all threads. */
  readonly counts: LaneCounts;
};

/**
 * The requests of one lane on a transport thread. Its caller decides how many are in flight; a few more may stand by, and one of
 * them starts at the moment another ends, so that a slot stays empty for no round trip through the caller.
 */
export type Ready<Order> = {
  /** A request is sent at once. */
  readonly sent: () => void;
  /** A request stands by. `failures` of the lane are known to the caller; if there were more since, it comes back. */
  readonly standBy: (number: number, order: Order, failures: number) => void;
  /** Starts a request that stands by. False if it has started already, or came back. */
  readonly start: (number: number) => boolean;
  /** All that stand by come back. */
  readonly recall: () => void;
  /**
   * A request has ended, which `tell` tells the caller. Where it did not fail, the first one that stands by has started in its place.
   * Where it failed, or another one has on another thread, none does, and all come back: the caller sees the failure before
   * anything else is sent.
   */
  readonly ended: (failed: boolean, tell: (after: AfterEnd) => void) => void;
};

/** The number of the request that has started, or how many of the lane have failed. */
export type AfterEnd = { readonly started?: number; readonly failures?: number };

type Standing<Order> = {
  readonly number: number;
  readonly order: Order;
  readonly since: number;
  /** The failures that its caller knew of. */
  readonly known: number;
};

export function createReady<Order>(deps: ReadyDeps<Order>): Ready<Order> {
  const { start, giveBack, now, counts } = deps;
  const standing: Standing<Order>[] = [];
  const begin = ({ order, since }: Standing<Order>): void =>
    start(order, now() - since, enter(counts));
  const recall = (): void => {
    for (const { order } of standing.splice(0)) giveBack(order);
  };
  return {
    sent: () => void enter(counts),
    standBy: (number, order, known) => {
      if (known === failuresIn(counts)) standing.push({ number, order, since: now(), known });
      else giveBack(order);
    },
    start: (number) => {
      const at = standing.findIndex((each) => each.number === number);
      const [found] = at < 0 ? [] : standing.splice(at, 1);
      if (found !== undefined) begin(found);
      return found !== undefined;
    },
    recall,
    ended: (failed, tell) => {
      leave(counts);
      if (failed) {
        tell({ failures: addFailure(counts) });
        return recall();
      }
      if (standing[0] !== undefined && standing[0].known !== failuresIn(counts)) recall();
      const next = standing.shift();
      if (next !== undefined) begin(next);
      tell(next === undefined ? {} : { started: next.number });
    },
  };
}
