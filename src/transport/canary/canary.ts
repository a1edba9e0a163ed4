import { Worker } from "node:worker_threads";

import type { Dispatcher } from "undici";

import { directNetwork } from "../network.ts";
import { createRoutes } from "../routes/routes.ts";
import { createReadings, type Durations } from "./readings.ts";
import { clockOffset, stampIn, waitsHeader } from "./wire.ts";

/** Samples how far the times taken on this event loop are off, while requests are under way. */
export type Canary = {
  /** Call when a request starts. */
  readonly enter: () => void;
  /** Call once for every `enter`. */
  readonly leave: () => void;
  /** How late this loop was to send or to read around a moment (`performance.now()`), in milliseconds. */
  readonly delayAround: (at: number) => number;
  /** Those of its times so far. */
  readonly errors: Durations;
  /** Why nothing is sampled, or no longer; null if all is well. */
  readonly failure: () => string | null;
  readonly close: () => Promise<void>;
};

/** Milliseconds before each line of an answer: at least, and how much more. */
const wait = { from: 40, more: 160 };
/**
 * From the first request until the vendor's thread is started: a run that is over by then has no times to speak of, and is spared
 * an isolate, and the first requests its start.
 */
const startAfterMs = 250;
/** More would cost less, but one late request would then stand for as many samples. */
const linesPerRequest = 2;

/**
 * Sends small requests to a vendor on loopback and reads its streams as all others are read. Each line holds when the
 * request was received and when the line was written, so that what its time exceeds the vendor's own by is the error of
 * a TTFT: sending, reading, and both ways through the kernel. The lines, some eight a second at irregular intervals, come
 * whether this loop keeps up or not, as tokens do. The vendor has a thread of its own, the canary a socket of its own,
 * and neither keeps the process alive; no request is made while no other is under way, and nothing is started before the first. Never throws: where a thread or
 * a socket cannot be had, `failure` says so.
 */
export function startCanary(random: () => number, program = vendorProgram()): Canary {
  const routes = createRoutes({ connections: 1, connect_ms: 10_000 }, new WeakMap());
  const readings = createReadings();
  const offset = clockOffset();
  let address: URL | null = null;
  let isClosed = false;
  let failure: string | null = null;
  let underWay = 0;
  /** A request is on its way or due. */
  let isBusy = false;

  const fail = (error: unknown): void => {
    if (!isClosed) failure ??= error instanceof Error ? error.message : String(error);
  };

  const ask = (url: URL, waits: readonly number[]): void => {
    const { sockets, origin } = routes.routeTo(url, url.origin, directNetwork);
    const started = performance.now();
    let isFirst = true;
    const read = (line: string, at: number): void => {
      const stamp = stampIn(line);
      if (stamp === null) return fail(`no stamps: ${line}`);
      const { received, written, earlier } = stamp;
      // Opening a connection is a time of its own, as with other requests.
      if (earlier === 0) return;
      readings.addError(at - started - (written - received));
      readings.addDelay(written - offset, at);
      if (isFirst) readings.addDelay(started, received - offset);
      isFirst = false;
    };
    const handler = lineHandler(read, (error) => {
      if (error !== null) fail(error);
      // In a turn of its own, as other requests start.
      setImmediate(proceed);
    });
    const headers = { [waitsHeader]: waits.join(",") };
    sockets.dispatch({ origin, path: "/", method: "GET", headers }, handler);
  };
  const proceed = (): void => {
    isBusy = underWay > 0 && address !== null && !isClosed && failure === null;
    if (!isBusy || address === null) return;
    const waits = Array.from({ length: linesPerRequest }, () =>
      Math.round(wait.from + random() * wait.more),
    );
    ask(address, waits);
  };
  /** Not at once: the request that has just begun comes first. */
  const wake = (): void => {
    if (isBusy || address === null) return;
    isBusy = true;
    setTimeout(proceed, random() * wait.more).unref();
  };

  let worker: Worker | null = null;
  const start = (): void => {
    worker = startVendor(program, fail);
    worker?.on("error", fail);
    worker?.on("exit", (code) => fail(`its thread ended with ${code}`));
    worker?.on("message", (port: number) => {
      if (isClosed) return;
      address = new URL(`http://127.0.0.1:${port}`);
      isBusy = true;
      ask(address, [0]);
    });
    // Last: whoever listens to a worker keeps it.
    worker?.unref();
  };
  let starting: NodeJS.Timeout | null = null;

  return {
    enter: () => {
      starting ??= setTimeout(start, startAfterMs).unref();
      underWay += 1;
      wake();
    },
    leave: () => {
      underWay -= 1;
    },
    delayAround: readings.delayAround,
    errors: readings.errors,
    failure: () => failure,
    close: async () => {
      isClosed = true;
      if (starting !== null) clearTimeout(starting);
      await Promise.all([routes.destroy(), worker?.terminate()]);
    },
  };
}

/** Stamps lines where `createHttp` stamps: where JavaScript first sees the bytes. */
function lineHandler(
  onLine: (line: string, at: number) => void,
  onEnd: (error: Error | null) => void,
): Dispatcher.DispatchHandler {
  let rest = "";
  return {
    onRequestStart: () => undefined,
    onResponseStart: () => undefined,
    onResponseData: (_controller, chunk) => {
      const now = performance.now();
      const lines = (rest + chunk.toString("latin1")).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(line, now);
    },
    onResponseEnd: () => {
      onEnd(null);
    },
    onResponseError: (_controller, error) => {
      onEnd(error);
    },
  };
}

/** Megabytes: the vendor keeps nothing. */
const memory = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16 };

/** The file's own extension: .ts in a checkout, .js in a build. */
const vendorProgram = (): URL =>
  new URL(import.meta.url.endsWith(".ts") ? "./vendor.ts" : "./vendor.js", import.meta.url);

/** Without this program's own arguments and environment, which would load more than the vendor needs. */
function startVendor(program: URL, onError: (error: unknown) => void): Worker | null {
  try {
    return new Worker(program, { execArgv: [], env: {}, resourceLimits: memory });
  } catch (error) {
    onError(error);
    return null;
  }
}
