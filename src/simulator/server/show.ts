import type { Stamp } from "../kit/protocol.ts";

import { monotonicMs } from "./clock.ts";

/** Bytes that leave the server at a vendor time after the request. */
export type Step = {
  readonly at_ms: number;
  readonly render: (stamp: Stamp | null) => string | Uint8Array;
  /** Cut inside a character and sent in two writes. */
  readonly split?: boolean;
};

/** All that happens to one request on the wire, in vendor time. */
export type Show = {
  /** Null: nothing is ever sent. */
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly headers_ms: number;
  readonly steps: readonly Step[];
  readonly finale: "end" | "reset" | "hang";
  readonly finale_ms: number;
};

/** Where an answer goes: a response, or what stands for one where it is spoken over a WebSocket. */
export type Outlet = {
  readonly closed: boolean;
  readonly once: (event: "close", listener: () => void) => unknown;
  readonly writeHead: (status: number, headers: Record<string, string>) => unknown;
  readonly flushHeaders: () => void;
  readonly write: (chunk: string | Uint8Array) => unknown;
  readonly end: () => unknown;
  readonly socket: { readonly resetAndDestroy: () => unknown } | null;
};

export type Stage = {
  readonly response: Outlet;
  /** Monotonic time at which the request was complete. */
  readonly received: number;
  readonly speed: number;
  readonly stamps: boolean;
};

/**
 * Plays a show to its end; resolves when the response is over, whoever ended it. Every due time is absolute, so a
 * late timer does not delay what comes after it, and what is overdue goes out together.
 */
export function play(show: Show, stage: Stage): Promise<void> {
  const { response, received, speed } = stage;
  const { promise, resolve } = Promise.withResolvers<void>();
  let over = response.closed;
  if (over) resolve();
  let timer: NodeJS.Timeout | undefined;
  let next = 0;
  response.once("close", () => {
    over = true;
    clearTimeout(timer);
    resolve();
  });
  /** True where the time has come; else `again` is called when it has. */
  const isDue = (vendor_ms: number, again: () => void): boolean => {
    const wait = received + vendor_ms / speed - monotonicMs();
    if (wait < soonMs) return true;
    timer = setTimeout(again, wait);
    return false;
  };
  const pump = () => {
    for (let step = show.steps[next]; step !== undefined; step = show.steps[next]) {
      if (over || !isDue(step.at_ms, pump)) return;
      next += 1;
      const rest = writeStep(step, stage);
      if (rest === null) continue;
      // A later turn of the loop, so that the halves are two writes on the socket.
      setImmediate(() => {
        if (!over) response.write(rest);
        pump();
      });
      return;
    }
    if (!over && isDue(show.finale_ms, pump)) finish(show, response);
  };
  const start = () => {
    if (over || !isDue(show.headers_ms, start)) return;
    if (show.status !== null) {
      response.writeHead(show.status, { ...show.headers });
      response.flushHeaders();
    }
    pump();
  };
  start();
  return promise;
}

/** Waits shorter than this are not worth a timer. */
const soonMs = 0.5;

function finish({ finale }: Show, response: Outlet): void {
  if (finale === "end") response.end();
  if (finale === "reset") response.socket?.resetAndDestroy();
}

/** Writes a step, or its first half; returns what is left to write. */
function writeStep(step: Step, { response, received, stamps }: Stage): Uint8Array | null {
  const bytes = step.render(stamps ? { received, now: monotonicMs() } : null);
  const cut = step.split === true && !stamps ? splitPoint(bytes) : null;
  if (cut === null) {
    response.write(bytes);
    return null;
  }
  const whole = Buffer.from(bytes);
  response.write(whole.subarray(0, cut));
  return whole.subarray(cut);
}

/** A place inside the first character of several bytes, or null where there is none. */
function splitPoint(bytes: string | Uint8Array): number | null {
  const first = Buffer.from(bytes).findIndex((byte) => byte >= 0xc0);
  return first < 0 ? null : first + 1;
}
