import type { Reply } from "../../../domain/call.ts";
import type { Outcome } from "../../../domain/outcome.ts";
import type { ThreadSender } from "../../../transport/thread/one-thread.ts";
import type { Attempted, Sender, SendRequest } from "../../../transport/thread/sender.ts";

import { isFailed } from "../../../domain/outcome.ts";
import { unknownUsage } from "../../../domain/usage.ts";
import { failuresIn, type LaneCounts } from "../../../transport/thread/lane-counts.ts";
import { createReady, type Ready } from "../../../transport/thread/ready.ts";
import { senderOver } from "../../../transport/thread/several.ts";

/** How a request goes at the simulated vendor. */
export type Going = { readonly ms: number; readonly outcome: Outcome };

export type DistantSetup = {
  /** How long a message takes from one thread to the other; none overtakes another. */
  readonly delay: () => number;
  readonly vendor: (request: SendRequest) => Going;
  /** Absent: one. */
  readonly threads?: number;
};

/** What reached the vendor. */
export type Seen = {
  /** The questions, in the order in which they were sent. */
  readonly asked: string[];
  inFlight: number;
  most: number;
  /** Requests that were started by the end of others. */
  byThemselves: number;
  /** Of these, after a failure of which the caller did not know yet. */
  unaware: number;
  cameBack: number;
};

type Waiting = {
  readonly resolve: (attempted: Attempted | null) => void;
  readonly onStart?: () => void;
};
type Order = { readonly number: number; readonly request: SendRequest };

/** Transport threads in one place with their caller: the real queues of requests that stand by, between delayed messages. */
export function distantSender({ threads = 1, ...setup }: DistantSetup): {
  readonly sender: Pick<Sender, "lane">;
  readonly seen: Seen;
} {
  const seen: Seen = { asked: [], inFlight: 0, most: 0, byThemselves: 0, unaware: 0, cameBack: 0 };
  /** The failures of each lane that the caller knows of. */
  const known = new WeakMap<LaneCounts, number>();
  const all = Array.from({ length: threads }, () => distantThread(setup, { seen, known }));
  return { sender: senderOver(all), seen };
}

function distantThread(
  { delay, vendor }: Omit<DistantSetup, "threads">,
  { seen, known }: { readonly seen: Seen; readonly known: WeakMap<LaneCounts, number> },
): ThreadSender {
  const there = channel(delay);
  const back = channel(delay);
  const waiting = new Map<number, Waiting>();
  let numbers = 0;

  const lane: ThreadSender["lane"] = (counts) => {
    const begin = ({ number, request }: Order): void => {
      seen.asked.push(request.messages.map(({ text }) => text).join());
      seen.inFlight += 1;
      seen.most = Math.max(seen.most, seen.inFlight);
      const { ms, outcome } = vendor(request);
      setTimeout(() => {
        seen.inFlight -= 1;
        ready.ended(isFailed(outcome), ({ started, failures }) => {
          if (started !== undefined) seen.byThemselves += 1;
          if (started !== undefined && (known.get(counts) ?? 0) < failuresIn(counts))
            seen.unaware += 1;
          back(() => {
            if (failures !== undefined)
              known.set(counts, Math.max(failures, known.get(counts) ?? 0));
            if (started !== undefined) waiting.get(started)?.onStart?.();
            const attempted = { reply: replyWith(outcome), lagged: false };
            const told = failures === undefined ? attempted : { ...attempted, failures };
            waiting.get(number)?.resolve(told);
          });
        });
      }, ms);
    };
    const ready: Ready<Order> = createReady({
      start: begin,
      giveBack: ({ number }) => {
        seen.cameBack += 1;
        back(() => waiting.get(number)?.resolve(null));
      },
      now: () => performance.now(),
      counts,
    });
    return {
      attempt: (request) =>
        new Promise((resolve) => {
          const number = ++numbers;
          waiting.set(number, { resolve: (attempted) => attempted !== null && resolve(attempted) });
          there(() => {
            ready.sent();
            begin({ number, request });
          });
        }),
      standBy: (request, _signal, failures, onStart) => {
        const number = ++numbers;
        const { promise, resolve } = Promise.withResolvers<Attempted | null>();
        waiting.set(number, { resolve, onStart });
        there(() => ready.standBy(number, { number, request }, failures));
        const start = () =>
          there(() => {
            if (ready.start(number)) back(() => waiting.get(number)?.onStart?.());
          });
        return { attempted: promise, start };
      },
      recall: () => there(ready.recall),
    };
  };
  const nobody = () => Promise.reject(new Error("everything is asked in a lane"));
  return { lane, attempt: nobody, readings: nobody, close: () => Promise.resolve() };
}

/** Delivers in order, each after a delay of its own or with the one before. */
function channel(delay: () => number): (deliver: () => void) => void {
  let last = 0;
  return (deliver) => {
    last = Math.max(last, performance.now() + delay());
    setTimeout(deliver, last - performance.now());
  };
}

const replyWith = (outcome: Outcome): Reply => ({
  outcome,
  finish: null,
  text: "",
  reasoning: "",
  usage: unknownUsage,
  model_returned: null,
  fingerprint: null,
  request_id: null,
  simulated: true,
  retry_after_ms: null,
  status: 200,
  code: null,
  message: null,
  dropped: [],
  timing: null,
});
