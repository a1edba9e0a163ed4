import type { Stamp } from "../kit/protocol.ts";

import { monotonicMs } from "./clock.ts";

/** Bytes and when to send them, in vendor time after the request. */
export type Step = {
  readonly at_ms: number;
  readonly render: (stamp: Stamp | null) => string | Uint8Array;
  /** Split inside a character and sent in two writes. */
  readonly split?: boolean;
};

/** Everything one request gets over the wire, in vendor time. */
export type WireResponse = {
  /** Null where nothing is ever sent. */
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly headers_ms: number;
  readonly steps: readonly Step[];
  readonly ending: "end" | "reset" | "hang";
  readonly ending_ms: number;
};

/** Where an answer goes: an HTTP response, or its stand-in on a WebSocket. */
export type Outlet = {
  readonly closed: boolean;
  readonly once: (event: "close", listener: () => void) => unknown;
  readonly writeHead: (status: number, headers: Record<string, string>) => unknown;
  readonly flushHeaders: () => void;
  readonly write: (chunk: string | Uint8Array) => unknown;
  readonly end: () => unknown;
  readonly socket: { readonly resetAndDestroy: () => unknown } | null;
};

export type Delivery = {
  readonly response: Outlet;
  /** Monotonic time at which the request had been received. */
  readonly received: number;
  readonly speed: number;
  readonly stamps: boolean;
};

/**
 * Sends a response on schedule; resolves when it is over, whichever side ended it. Every due time is absolute, so a late
 * timer does not delay the following steps; overdue steps are sent at once.
 */
export function sendResponse(wire: WireResponse, delivery: Delivery): Promise<void> {
  const { response, received, speed } = delivery;
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
  /** True where the time has come; otherwise `again` is called when it has. */
  const isDue = (vendor_ms: number, again: () => void): boolean => {
    const wait = received + vendor_ms / speed - monotonicMs();
    if (wait < soonMs) return true;
    timer = setTimeout(again, wait);
    return false;
  };
  const pump = () => {
    for (let step = wire.steps[next]; step !== undefined; step = wire.steps[next]) {
      if (over || !isDue(step.at_ms, pump)) return;
      next += 1;
      const rest = writeStep(step, delivery);
      if (rest === null) continue;
      // In a later turn of the event loop, so that the halves are two writes on the socket.
      setImmediate(() => {
        if (!over) response.write(rest);
        pump();
      });
      return;
    }
    if (!over && isDue(wire.ending_ms, pump)) finish(wire, response);
  };
  const start = () => {
    if (over || !isDue(wire.headers_ms, start)) return;
    if (wire.status !== null) {
      response.writeHead(wire.status, { ...wire.headers });
      response.flushHeaders();
    }
    pump();
  };
  start();
  return promise;
}

/** Waits shorter than this are not worth a timer. */
const soonMs = 0.5;

function finish({ ending }: WireResponse, response: Outlet): void {
  if (ending === "end") response.end();
  if (ending === "reset") response.socket?.resetAndDestroy();
}

/** Writes a step, or its first half; returns the rest. */
function writeStep(step: Step, { response, received, stamps }: Delivery): Uint8Array | null {
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

/** An offset inside the first multi-byte character, or null where there is none. */
function splitPoint(bytes: string | Uint8Array): number | null {
  const first = Buffer.from(bytes).findIndex((byte) => byte >= 0xc0);
  return first < 0 ? null : first + 1;
}
