import type { Dispatcher } from "undici";

import type { FloodGate } from "./flood-gate.ts";
import type { HttpFailure } from "./http-failure.ts";

import { type Decoder, encodingsOf, openDecoder } from "./decode.ts";

/** Passes a response on to its receiver. Times are those of `performance.now()`. */
export type ResponseDelivery = {
  readonly head: (headers: HeaderLines) => void;
  readonly data: (controller: Flow, chunk: Buffer, now: number) => void;
  /** `done` runs once everything has been passed on. */
  readonly end: (done: () => void) => void;
  /** Passes nothing more on. */
  readonly stop: () => void;
};

/** The part of a receiver and of headers that matters here. */
type Sink = {
  readonly data: (chunk: Buffer, at_ms: number) => boolean;
  readonly enough?: () => Pick<HttpFailure, "code" | "message"> | null;
};
type HeaderLines = Readonly<Record<string, string | readonly string[] | undefined>>;

type Flow = Pick<Dispatcher.DispatchController, "pause" | "resume">;

type DeliveryHooks = {
  readonly start: number;
  readonly gate: FloodGate;
  readonly progress: (now: number) => void;
  /** The receiver wants no more, or the bytes cannot be decoded. */
  readonly fail: (failure: HttpFailure) => void;
};

/**
 * What one response may bring at once, and per millisecond for long: several times what the fastest models send, whole
 * answers of buffering gateways included. More than that waits at the gate.
 */
const burstBytes = 1 << 18;
const bytesPerMs = 300;
/** Of a flood, handed over at once. */
const sliceBytes = 1 << 12;
/** Compressed bytes that wait for the decoder before the socket does. */
const mostWaiting = 1 << 18;

/** Decodes what is encoded, slows down floods, and ends what has become too long. */
export function createDelivery(receiver: Sink, hooks: DeliveryHooks): ResponseDelivery {
  const { start, gate, progress } = hooks;
  let encodings: readonly string[] = [];
  let decoder: Decoder | null = null;
  /** First bytes of an encoded response, too few to choose a decoder by. */
  let opening: Buffer | null = null;
  let arrived = 0;
  let waiting = 0;
  let stopped = false;
  /** Set once the server has ended the response, of which the decoder and then the gate may still hold something. */
  let ended: (() => void) | null = null;
  let decoded = false;
  let level = burstBytes;
  let filled = start;
  /** Slices at the gate. */
  let slices = 0;

  const fail = (failure: HttpFailure): void => {
    stopped = true;
    decoder?.destroy();
    hooks.fail(failure);
    ended?.();
  };
  const undecodable = (error: Error): void => {
    if (stopped) return;
    const message = `the answer cannot be decoded (content-encoding ${encodings.join(", ").slice(0, 80)}): ${error.message}`;
    fail({ outcome: "malformed", code: "content-encoding", message });
  };
  const hand = (chunk: Buffer, at: number): void => {
    if (stopped) return;
    if (receiver.data(chunk, at - start)) progress(at);
    const why = receiver.enough?.() ?? null;
    if (why !== null) fail({ outcome: "malformed", ...why });
  };
  const wait = (flow: Flow, chunk: Buffer, at: number): void => {
    flow.pause();
    for (let from = 0; from < chunk.length; from += sliceBytes) {
      slices += 1;
      gate.submit(() => {
        slices -= 1;
        hand(chunk.subarray(from, from + sliceBytes), at);
        if (slices > 0) return;
        flow.resume();
        if (decoded) ended?.();
      });
    }
  };
  const pass = (flow: Flow, chunk: Buffer, at: number): void => {
    // undici flushes its parser with an empty piece.
    if (stopped || chunk.length === 0) return;
    const now = performance.now();
    level = Math.min(burstBytes, level + (now - filled) * bytesPerMs) - chunk.length;
    filled = now;
    if (level >= 0 && slices === 0) return hand(chunk, at);
    level = Math.max(level, -burstBytes);
    wait(flow, chunk, at);
  };
  const finish = (): void => {
    decoded = true;
    if (slices === 0 || stopped) ended?.();
  };
  const decode = (open: Decoder, flow: Flow, chunk: Buffer): void => {
    waiting += chunk.length;
    if (waiting > mostWaiting) flow.pause();
    open.push(chunk, () => {
      waiting -= chunk.length;
      if (waiting <= mostWaiting) flow.resume();
    });
  };
  const openWith = (flow: Flow, first: Buffer): void => {
    try {
      decoder = openDecoder(encodings, first, {
        data: (plain) => pass(decoder ?? flow, plain, arrived),
        error: undecodable,
      });
    } catch (error) {
      return undecodable(error instanceof Error ? error : new Error(String(error)));
    }
    if (decoder !== null) return decode(decoder, flow, first);
    encodings = [];
    pass(flow, first, arrived);
  };

  return {
    head: (headers) => {
      encodings = encodingsOf(headers["content-encoding"]);
    },
    data: (flow, chunk, now) => {
      arrived = now;
      if (stopped) return;
      if (encodings.length === 0) return pass(flow, chunk, now);
      if (decoder !== null) return decode(decoder, flow, chunk);
      opening = opening === null ? chunk : Buffer.concat([opening, chunk]);
      if (opening.length >= 2) openWith(flow, opening);
    },
    end: (done) => {
      ended = done;
      if (decoder !== null && !stopped) decoder.end(finish);
      else finish();
    },
    stop: () => {
      stopped = true;
      decoder?.destroy();
    },
  };
}
