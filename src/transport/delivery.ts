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

export type DeliveryHooks = {
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
export const createDelivery = (receiver: Sink, hooks: DeliveryHooks): ResponseDelivery =>
  new Delivery(receiver, hooks);

/** A class, because most responses need no more of it than two methods, and would make a closure for each of twelve. */
class Delivery implements ResponseDelivery {
  readonly #receiver: Sink;
  readonly #hooks: DeliveryHooks;
  #encodings: readonly string[] = [];
  #decoder: Decoder | null = null;
  /** First bytes of an encoded response, too few to choose a decoder by. */
  #opening: Buffer | null = null;
  #arrived = 0;
  #waiting = 0;
  #stopped = false;
  /** Set once the server has ended the response, of which the decoder and then the gate may still hold something. */
  #ended: (() => void) | null = null;
  #decoded = false;
  #level = burstBytes;
  #filled = 0;
  /** Slices at the gate. */
  #slices = 0;

  constructor(receiver: Sink, hooks: DeliveryHooks) {
    this.#receiver = receiver;
    this.#hooks = hooks;
    this.#filled = hooks.start;
  }

  head(headers: HeaderLines): void {
    this.#encodings = encodingsOf(headers["content-encoding"]);
  }

  data(flow: Flow, chunk: Buffer, now: number): void {
    this.#arrived = now;
    if (this.#stopped) return;
    if (this.#encodings.length === 0) this.#pass(flow, chunk, now, now);
    else if (this.#decoder !== null) this.#decode(this.#decoder, flow, chunk);
    else {
      this.#opening = Buffer.concat(this.#opening === null ? [chunk] : [this.#opening, chunk]);
      if (this.#opening.length >= 2) this.#openWith(flow, this.#opening);
    }
  }

  end(done: () => void): void {
    this.#ended = done;
    if (this.#decoder !== null && !this.#stopped) this.#decoder.end(() => this.#finish());
    else this.#finish();
  }

  stop(): void {
    this.#stopped = true;
    this.#decoder?.destroy();
  }

  #fail(failure: HttpFailure): void {
    this.stop();
    this.#hooks.fail(failure);
    this.#ended?.();
  }

  #undecodable(error: Error): void {
    if (this.#stopped) return;
    const message = `the answer cannot be decoded (content-encoding ${this.#encodings.join(", ").slice(0, 80)}): ${error.message}`;
    this.#fail({ outcome: "malformed", code: "content-encoding", message });
  }

  #hand(chunk: Buffer, at: number): void {
    if (this.#stopped) return;
    if (this.#receiver.data(chunk, at - this.#hooks.start)) this.#hooks.progress(at);
    const why = this.#receiver.enough?.() ?? null;
    if (why !== null) this.#fail({ outcome: "malformed", ...why });
  }

  #wait(flow: Flow, chunk: Buffer, at: number): void {
    flow.pause();
    const kept = Buffer.from(chunk);
    for (let from = 0; from < chunk.length; from += sliceBytes) {
      this.#slices += 1;
      this.#hooks.gate.submit(() => {
        this.#slices -= 1;
        this.#hand(kept.subarray(from, from + sliceBytes), at);
        if (this.#slices > 0) return;
        flow.resume();
        if (this.#decoded) this.#ended?.();
      });
    }
  }

  /** `at` is when the bytes arrived, `now` when they are passed on. */
  #pass(flow: Flow, chunk: Buffer, at: number, now: number): void {
    // undici flushes its parser with an empty piece.
    if (this.#stopped || chunk.length === 0) return;
    const filled = this.#level + (now - this.#filled) * bytesPerMs;
    this.#level = Math.min(burstBytes, filled) - chunk.length;
    this.#filled = now;
    if (this.#level >= 0 && this.#slices === 0) return this.#hand(chunk, at);
    this.#level = Math.max(this.#level, -burstBytes);
    this.#wait(flow, chunk, at);
  }

  #finish(): void {
    this.#decoded = true;
    if (this.#slices === 0 || this.#stopped) this.#ended?.();
  }

  #decode(open: Decoder, flow: Flow, chunk: Buffer): void {
    this.#waiting += chunk.length;
    if (this.#waiting > mostWaiting) flow.pause();
    open.push(Buffer.from(chunk), () => {
      this.#waiting -= chunk.length;
      if (this.#waiting <= mostWaiting) flow.resume();
    });
  }

  #openWith(flow: Flow, first: Buffer): void {
    try {
      this.#decoder = openDecoder(this.#encodings, first, {
        data: (plain) => this.#pass(this.#decoder ?? flow, plain, this.#arrived, performance.now()),
        error: (error) => this.#undecodable(error),
      });
    } catch (error) {
      return this.#undecodable(error instanceof Error ? error : new Error(String(error)));
    }
    if (this.#decoder !== null) return this.#decode(this.#decoder, flow, first);
    this.#encodings = [];
    this.#pass(flow, first, this.#arrived, performance.now());
  }
}
