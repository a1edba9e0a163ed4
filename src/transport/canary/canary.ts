import { Worker } from "node:worker_threads";

import type { Dispatcher } from "undici";

import { createAgents } from "../agents.ts";
import { directNetwork } from "../network.ts";
import { createReadings, type ErrorFigures } from "./readings.ts";
import { holdHeader, stampsIn } from "./wire.ts";

/** Samples how far the times taken on this event loop are off, while requests are under way. */
export type Canary = {
  /** Call when a request starts. */
  readonly enter: () => void;
  /** Call once for every `enter`. */
  readonly leave: () => void;
  /** How late this loop was to send or to read around a moment (`performance.now()`), in milliseconds. */
  readonly delayAround: (at: number) => number;
  /** `failure` tells why nothing is sampled, or no longer; null if all is well. */
  readonly figures: () => ErrorFigures & { readonly failure: string | null };
  readonly close: () => Promise<void>;
};

/** What a response brought, and how long after its request was dispatched its first bytes were read. */
type Answer = { readonly body: string; readonly took_ms: number };

/** Milliseconds from a request to its answer: at least, and how much more. One sample is one such hold. */
const hold = { from: 50, more: 150 };
const period_ms = hold.from + hold.more / 2;

/**
 * Sends small requests to a vendor on loopback that stamps when it received each and when it wrote its answer, some
 * eight a second at irregular intervals, and reads them as all others are read. What a time exceeds the vendor's own
 * by is the error of a TTFT: sending, reading and both ways through the kernel. The vendor has a thread of its own, the
 * canary a socket of its own, and neither keeps the process alive; no request is made while no other is under way.
 * Never throws: where a thread or a socket cannot be had, `figures` says so.
 */
export function startCanary(random: () => number): Canary {
  const agents = createAgents({ connections: 1, connect_ms: 10_000 }, new WeakMap());
  const readings = createReadings(period_ms);
  /** From this thread's `performance.now()` to the clock that all threads share. */
  const offset = Number(process.hrtime.bigint()) / 1e6 - performance.now();
  let address: URL | null = null;
  let isClosed = false;
  let failure: string | null = null;
  let underWay = 0;
  /** A request is on its way or due. */
  let isBusy = false;

  const fail = (error: unknown): void => {
    if (!isClosed) failure ??= error instanceof Error ? error.message : String(error);
  };
  const holdMs = (): number => Math.round(hold.from + random() * hold.more);

  const ask = (url: URL, hold_ms: number): void => {
    const { agent, origin } = agents.routeTo(url, url.origin, directNetwork);
    const started = performance.now();
    const handler = answerHandler(started, (error, answer) => {
      if (error === null) read(started, answer);
      else fail(error);
      // In a turn of its own, as other requests start.
      setImmediate(proceed);
    });
    agent.dispatch(
      { origin, path: "/", method: "GET", headers: { [holdHeader]: String(hold_ms) } },
      handler,
    );
  };
  const read = (started: number, { body, took_ms }: Answer): void => {
    const stamps = stampsIn(body);
    if (stamps === null) return fail(`stamps that make no sense: ${body}`);
    const { received, written, earlier } = stamps;
    // Opening a connection is a time of its own, as with other requests.
    if (earlier === 0) return;
    readings.addError(took_ms - (written - received));
    readings.addDelay(started, received - offset);
    readings.addDelay(written - offset, started + took_ms);
  };
  const proceed = (): void => {
    isBusy = underWay > 0 && address !== null && !isClosed && failure === null;
    if (isBusy && address !== null) ask(address, holdMs());
  };
  /** Not at once: the request that has just begun comes first. */
  const wake = (): void => {
    if (isBusy || address === null) return;
    isBusy = true;
    setTimeout(proceed, random() * period_ms).unref();
  };

  const worker = startVendor(fail);
  worker?.on("error", fail);
  worker?.on("exit", (code) => fail(`its thread ended with ${code}`));
  worker?.on("message", (port: number) => {
    if (isClosed) return;
    address = new URL(`http://127.0.0.1:${port}`);
    isBusy = true;
    ask(address, 0);
  });

  return {
    enter: () => {
      underWay += 1;
      wake();
    },
    leave: () => {
      underWay -= 1;
    },
    delayAround: readings.delayAround,
    figures: () => ({ ...readings.figures(), failure }),
    close: async () => {
      isClosed = true;
      await Promise.all([agents.destroy(), worker?.terminate()]);
    },
  };
}

/** Stamps where `createHttp` does: where JavaScript first sees the bytes. */
function answerHandler(
  started: number,
  onEnd: (...end: [error: Error, answer: null] | [error: null, answer: Answer]) => void,
): Dispatcher.DispatchHandler {
  let body = "";
  let took_ms: number | null = null;
  return {
    onRequestStart: () => undefined,
    onResponseStart: () => undefined,
    onResponseData: (_controller, chunk) => {
      took_ms ??= performance.now() - started;
      body += chunk.toString("latin1");
    },
    onResponseEnd: () => {
      onEnd(null, { body, took_ms: took_ms ?? Number.NaN });
    },
    onResponseError: (_controller, error) => {
      onEnd(error, null);
    },
  };
}

/** Megabytes: the vendor keeps nothing. */
const memory = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16 };

/** Without the program's own arguments and environment, which would load more than the vendor needs. */
function startVendor(onError: (error: unknown) => void): Worker | null {
  // The file's own extension: .ts in a checkout, .js in a build.
  const name = import.meta.url.endsWith(".ts") ? "./vendor.ts" : "./vendor.js";
  try {
    const worker = new Worker(new URL(name, import.meta.url), {
      execArgv: [],
      env: {},
      resourceLimits: memory,
    });
    worker.unref();
    return worker;
  } catch (error) {
    onError(error);
    return null;
  }
}
