import { Worker } from "node:worker_threads";

import type { Endpoint } from "../../calling/protocol.ts";
import type { LoopHealth } from "../../domain/run-file/session.ts";
import type { Sender, SenderSetup, Attempted } from "./sender.ts";
import type { Prepared, FromThread, ToThread } from "./messages.ts";

import { createOutbox } from "./messages.ts";

/** A thread that asks; it loads what it needs while nobody asks yet. */
export type TransportThread = {
  /** Loads the protocols and authentication schemes of these names. */
  readonly prepare: (prepared: Prepared) => void;
  /** One for each thread. Its `close` ends the thread. */
  readonly sender: (setup: SenderSetup) => Sender;
  readonly close: () => Promise<void>;
};

type Waiting = {
  readonly resolve: (attempted: Attempted) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * What is young is collected in one pause, in which every answer waits: with Node's own limit for as long as 20 ms. Less
 * than this takes more time in sum.
 */
const youngMb = 8;

/**
 * Starts a thread in which requests are sent, read and timed, so that planning, grading, writing and drawing on the
 * caller's thread are in no time. Where the thread dies, whatever waits for it rejects with the reason.
 */
export function startTransportThread(): TransportThread {
  // The file's own extension: .ts in a checkout, .js in a build.
  const name = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
  const worker = new Worker(new URL(name, import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: youngMb },
  });
  const tell = createOutbox<ToThread>((all) => worker.postMessage(all));
  const waiting = new Map<number, Waiting>();
  const health = Promise.withResolvers<LoopHealth>();
  const closed = Promise.withResolvers<void>();
  const signalOf = createSignals((signal) => tell({ kind: "abort", signal }));
  let broken: { readonly error: unknown } | null = null;
  let asked = 0;

  const hear = (said: FromThread): void => {
    switch (said.kind) {
      case "answered":
        waiting.get(said.number)?.resolve(said.attempted);
        waiting.delete(said.number);
        return;
      case "failed":
        waiting.get(said.number)?.reject(said.error);
        waiting.delete(said.number);
        return;
      case "health":
        return health.resolve(said.health);
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
  // Nobody may be waiting for it.
  health.promise.catch(() => undefined);
  worker.on("message", (all: readonly FromThread[]) => all.forEach(hear));
  worker.on("error", die);
  worker.on("exit", (code) => die(new Error(`the transport thread ended with ${code}`)));

  const close = async (): Promise<void> => {
    tell({ kind: "close" });
    await closed.promise;
    await worker.terminate();
  };

  const sender = ({ connections, connect_ms, keysOf }: SenderSetup): Sender => {
    tell({ kind: "open", sockets: { connections, connect_ms } });
    const endpoints = new Map<Endpoint, number>();
    const placeOf = (endpoint: Endpoint): number => {
      const known = endpoints.get(endpoint);
      if (known !== undefined) return known;
      const at = endpoints.size;
      endpoints.set(endpoint, at);
      tell({ kind: "endpoint", at, endpoint, keys: keysOf(endpoint) });
      return at;
    };
    return {
      attempt: ({ endpoint, ...question }, signal) =>
        new Promise((resolve, reject) => {
          if (broken !== null) return reject(broken.error);
          const number = ++asked;
          waiting.set(number, { resolve, reject });
          tell({
            kind: "ask",
            number,
            endpoint: placeOf(endpoint),
            signal: signalOf(signal),
            question,
          });
        }),
      health: () => {
        tell({ kind: "health" });
        return health.promise;
      },
      close,
    };
  };
  return { prepare: (prepared) => tell({ kind: "prepare", ...prepared }), sender, close };
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
