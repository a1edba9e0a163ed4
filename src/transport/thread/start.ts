import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";

import type { Endpoint } from "../../calling/protocol.ts";
import type { LoopHealth } from "../../domain/run-file/session.ts";
import type { Prepared, FromThread, ToThread } from "./messages.ts";
import type { Sender, SenderSetup, Attempted } from "./sender.ts";

import { createOutbox } from "./messages.ts";

/** The transport thread; it can load what it needs before the first request. */
export type TransportThread = {
  /** Loads the named protocols and credential schemes. */
  readonly prepare: (prepared: Prepared) => void;
  /** One per thread. Its `close` ends the thread. */
  readonly sender: (setup: SenderSetup) => Sender;
  readonly close: () => Promise<void>;
};

type Waiting = {
  readonly resolve: (attempted: Attempted) => void;
  readonly reject: (error: unknown) => void;
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
export function startTransportThread(): TransportThread {
  // The file's own extension: .ts in a checkout, .js in a build.
  const name = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
  // From the start as large as it may be: what keeps the caller's heap small would forbid it to grow.
  setFlagsFromString(`--min-semi-space-size=${youngMb / 2}`);
  const worker = new Worker(new URL(name, import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: youngMb },
  });
  worker.once("online", () => setFlagsFromString("--min-semi-space-size=0"));
  const post = createOutbox<ToThread>((all) => worker.postMessage(all));
  const waiting = new Map<number, Waiting>();
  const health = Promise.withResolvers<LoopHealth>();
  const closed = Promise.withResolvers<void>();
  const signalOf = createSignals((signal) => post({ kind: "abort", signal }));
  let broken: { readonly error: unknown } | null = null;
  let sent = 0;

  const receive = (message: FromThread): void => {
    switch (message.kind) {
      case "answered":
        waiting.get(message.number)?.resolve(message.attempted);
        waiting.delete(message.number);
        return;
      case "failed":
        waiting.get(message.number)?.reject(message.error);
        waiting.delete(message.number);
        return;
      case "health":
        return health.resolve(message.health);
      case "closed":
        closed.resolve();
    }
  };
  const die = (error: unknown): void => {
    broken ??= { error };
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    health.reject(error);
    closed.resolve();
  };
  // Possibly nobody awaits it.
  health.promise.catch(() => undefined);
  worker.on("message", (all: readonly FromThread[]) => all.forEach(receive));
  worker.on("error", die);
  worker.on("exit", (code) => die(new Error(`the transport thread ended with ${code}`)));

  const close = async (): Promise<void> => {
    post({ kind: "close" });
    await closed.promise;
    await worker.terminate();
  };

  const sender = ({ connections, connect_ms, keysOf }: SenderSetup): Sender => {
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
    return {
      attempt: ({ endpoint, ...request }, signal) =>
        new Promise((resolve, reject) => {
          if (broken !== null) return reject(broken.error);
          const number = ++sent;
          waiting.set(number, { resolve, reject });
          post({
            kind: "send",
            number,
            endpoint: numberOf(endpoint),
            signal: signalOf(signal),
            request,
          });
        }),
      health: () => {
        post({ kind: "health" });
        return health.promise;
      },
      close,
    };
  };
  return { prepare: (prepared) => post({ kind: "prepare", ...prepared }), sender, close };
}

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
