import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";

import type { Endpoint } from "../../calling/protocol.ts";
import type { LoopReadings } from "./health.ts";
import type { LaneCounts } from "./lane-counts.ts";
import type { FromThread, Prepared, SendOrder, ToThread } from "./messages.ts";
import type { Attempted, Sender, SenderLane, SenderSetup, SendRequest } from "./sender.ts";

import { lowerBackground } from "./background.ts";
import { createOutbox } from "./messages.ts";

/** A thread that sends; it can load what it needs before the first request. */
export type OneThread = {
  /** Loads the named protocols and credential schemes. */
  readonly prepare: (prepared: Prepared) => void;
  /** One per thread. Its `close` ends the thread. */
  readonly sender: (setup: SenderSetup) => ThreadSender;
  readonly close: () => Promise<void>;
};

/** A sender that may be one of several. */
export type ThreadSender = Omit<Sender, "health" | "lane"> & {
  readonly readings: () => Promise<LoopReadings>;
  /** The counts are those of the lane on all threads. */
  readonly lane: (counts: LaneCounts) => SenderLane;
};

type Waiting = {
  /** Null: it came back unsent. */
  readonly resolve: (attempted: Attempted | null) => void;
  readonly reject: (error: unknown) => void;
  readonly onStart?: () => void;
};

/**
 * The young generation is collected in one pause, during which every answer waits: up to 20 ms with Node's own limit.
 * A smaller limit costs more time in total.
 */
const youngMb = 8;

/**
 * Starts a thread in which requests are sent, read and timed, so that planning, grading, writing and drawing on the
 * caller's thread do not affect the times. If the thread dies, everything waiting for it rejects with the reason.
 */
export function startThread(): OneThread {
  // The file's own extension: .ts in a checkout, .js in a build.
  const name = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
  lowerBackground();
  // From the start as large as it may be: what keeps the caller's heap small would forbid it to grow.
  setFlagsFromString(`--min-semi-space-size=${youngMb / 2}`);
  const worker = new Worker(new URL(name, import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: youngMb },
  });
  worker.once("online", () => setFlagsFromString("--min-semi-space-size=0"));
  const post = createOutbox<ToThread>((all) => worker.postMessage(all));
  const waiting = new Map<number, Waiting>();
  const readings = Promise.withResolvers<LoopReadings>();
  const closed = Promise.withResolvers<void>();
  const signalOf = createSignals((signal) => post({ kind: "abort", signal }));
  let broken: { readonly error: unknown } | null = null;
  let sent = 0;
  let lanes = 0;

  const receive = (message: FromThread): void => {
    switch (message.kind) {
      case "answered":
        if (message.started !== undefined) waiting.get(message.started)?.onStart?.();
        waiting.get(message.number)?.resolve(message.attempted);
        waiting.delete(message.number);
        return;
      case "started":
        waiting.get(message.number)?.onStart?.();
        return;
      case "unsent":
        waiting.get(message.number)?.resolve(null);
        waiting.delete(message.number);
        return;
      case "failed":
        waiting.get(message.number)?.reject(message.error);
        waiting.delete(message.number);
        return;
      case "readings":
        return readings.resolve(message.readings);
      case "closed":
        closed.resolve();
    }
  };
  const die = (error: unknown): void => {
    broken ??= { error };
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    readings.reject(error);
    closed.resolve();
  };
  // Possibly nobody awaits it.
  readings.promise.catch(() => undefined);
  worker.on("message", (all: readonly FromThread[]) => all.forEach(receive));
  worker.on("error", die);
  worker.on("exit", (code) => die(new Error(`the transport thread ended with ${code}`)));

  const close = async (): Promise<void> => {
    post({ kind: "close" });
    await closed.promise;
    await worker.terminate();
  };

  const sender = ({ connections, connect_ms, keysOf }: SenderSetup): ThreadSender => {
    post({ kind: "open", sockets: { connections, connect_ms } });
    const endpoints = new Map<Endpoint, number>();
    const numberOf = (endpoint: Endpoint): number => {
      const known = endpoints.get(endpoint);
      if (known !== undefined) return known;
      const at = endpoints.size;
      endpoints.set(endpoint, at);
      post({ kind: "endpoint", at, endpoint, keys: keysOf(endpoint) });
      return at;
    };
    const send = (
      waiter: Waiting,
      { endpoint, ...request }: SendRequest,
      signal: AbortSignal,
      place: Pick<SendOrder, "lane" | "standby">,
    ): number => {
      const number = ++sent;
      if (broken !== null) {
        waiter.reject(broken.error);
        return number;
      }
      waiting.set(number, waiter);
      const [at, of] = [numberOf(endpoint), signalOf(signal)];
      post({ kind: "send", number, endpoint: at, signal: of, ...place, request });
      return number;
    };
    return {
      attempt: (request, signal) =>
        new Promise((resolve, reject) => {
          send({ resolve: sentOnly(resolve, reject), reject }, request, signal, {});
        }),
      lane: (counts) => {
        lanes += 1;
        const lane = lanes;
        post({ kind: "lane", lane, counts });
        return {
          attempt: (request, signal) =>
            new Promise((resolve, reject) => {
              send({ resolve: sentOnly(resolve, reject), reject }, request, signal, { lane });
            }),
          standBy: (request, signal, failures, onStart) => {
            const { promise, resolve, reject } = Promise.withResolvers<Attempted | null>();
            const place = { lane, standby: failures };
            const number = send({ resolve, reject, onStart }, request, signal, place);
            return { attempted: promise, start: () => post({ kind: "start", lane, number }) };
          },
          recall: () => post({ kind: "recall", lane }),
        };
      },
      readings: () => {
        post({ kind: "read" });
        return readings.promise;
      },
      close,
    };
  };
  return { prepare: (prepared) => post({ kind: "prepare", ...prepared }), sender, close };
}

/** What was not handed over to stand by does not come back. */
const sentOnly =
  (resolve: (attempted: Attempted) => void, reject: Waiting["reject"]): Waiting["resolve"] =>
  (attempted) => {
    if (attempted === null) reject(new Error("a request that did not stand by came back"));
    else resolve(attempted);
  };

/** Numbers signals, of which there are few; each is listened to once, until it aborts. */
function createSignals(onAbort: (signal: number) => void): (signal: AbortSignal) => number {
  const numbers = new Map<AbortSignal, number>();
  return (signal) => {
    const known = numbers.get(signal);
    if (known !== undefined) return known;
    const number = numbers.size;
    numbers.set(signal, number);
    if (signal.aborted) onAbort(number);
    else signal.addEventListener("abort", () => onAbort(number), { once: true });
    return number;
  };
}
