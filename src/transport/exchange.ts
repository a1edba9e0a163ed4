import type { Dispatcher } from "undici";

import type { FloodGate } from "./flood-gate.ts";
import type { HttpFailure } from "./http-failure.ts";

import { createDelivery, type DeliveryHooks, type ResponseDelivery } from "./delivery.ts";
import { failureOf } from "./http-failure.ts";
import { type BodySink, expectBody, leaveBody, type SocketReads } from "./reading/direct-reads.ts";

/** Milliseconds. Until the first progress `first_byte` applies, afterwards `idle`; `total` always. */
export type Deadlines = {
  readonly first_byte: number;
  readonly idle: number;
  readonly total: number;
};

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Receives a response as it arrives. `at_ms` counts from the line before dispatch. */
export type Receiver = {
  readonly head: (status: number, headers: Headers) => void;
  /** Returns true if the bytes were progress; keep-alive comments are not. The bytes are good only until it returns. */
  readonly data: (chunk: Buffer, at_ms: number) => boolean;
  /** True if the answer is complete, so that a single-use connection may be closed. */
  readonly over?: () => boolean;
  /** Why no more is worth reading, or null. Asked after each piece. */
  readonly enough?: () => Pick<HttpFailure, "code" | "message"> | null;
  /** True if the answer was complete long enough before `at_ms` that the server will not end the response any more. */
  readonly settled?: (at_ms: number) => boolean;
};

/** How an exchange ended. Times in milliseconds from the line before dispatch. */
export type HttpEnd = {
  readonly started_at: string;
  /** DNS, TCP and TLS; null on a reused connection. */
  readonly connect_ms: number | null;
  readonly headers_ms: number | null;
  readonly total_ms: number;
  /** Null if the response arrived completely, or was complete by its own account. */
  readonly failure: HttpFailure | null;
};

/** What the exchanges of one thread share. */
export type ExchangeHub = {
  readonly gate: FloodGate;
  /** undici is about to write this request's headers. */
  readonly starting: (exchange: HttpExchange) => void;
  /** Takes an exchange out of those that are active; false if it was not among them any more. */
  readonly leave: (exchange: HttpExchange) => boolean;
};

type ExchangeSetup = {
  readonly receiver: Receiver;
  readonly signal: AbortSignal;
  readonly deadlines: Deadlines;
  readonly resolve: (end: HttpEnd) => void;
};

/**
 * One request and its response, as undici's handler. A class, because a request in flight outlives collections of the young
 * generation, and each closure of it would be copied twice. For the same reason it lets go of whatever reads the response
 * as soon as that has ended: what an old object points to is kept, even if nobody needs either.
 */
export class HttpExchange implements Dispatcher.DispatchHandler, DeliveryHooks, BodySink {
  readonly receiver: Receiver;
  readonly signal: AbortSignal;
  readonly deadlines: Deadlines;
  readonly #hub: ExchangeHub;
  readonly #resolve: (end: HttpEnd) => void;
  readonly #began = Date.now();
  /** Of `performance.now()`, the last thing that happens before dispatch. */
  readonly start: number;
  /** Of `performance.now()`; before anything came, minus infinity: a number from the start is changed where it stands. */
  lastProgress = Number.NEGATIVE_INFINITY;
  connect_ms: number | null = null;
  headers_ms: number | null = null;
  /** Of the socket on which it was sent, while that is read directly and the response lasts. */
  reads: SocketReads | null = null;
  controller: Dispatcher.DispatchController | null = null;
  failure: HttpFailure | null = null;
  /** Made when the response begins. */
  #delivery: ResponseDelivery | null = null;

  constructor(hub: ExchangeHub, { receiver, signal, deadlines, resolve }: ExchangeSetup) {
    this.#hub = hub;
    this.receiver = receiver;
    this.signal = signal;
    this.deadlines = deadlines;
    this.#resolve = resolve;
    this.start = performance.now();
  }

  get gate(): FloodGate {
    return this.#hub.gate;
  }

  progress(now: number): void {
    this.lastProgress = now;
  }

  /** A request still waiting for a socket is settled at once, and aborted when it would start. */
  fail(failure: HttpFailure): void {
    this.failure ??= failure;
    if (this.controller === null) this.settle(this.failure);
    else this.controller.abort(new Error(failure.message));
  }

  settle(failure: HttpFailure | null): void {
    if (!this.#hub.leave(this)) return;
    this.#delivery?.stop();
    this.#delivery = null;
    this.#leaveBody();
    const total_ms = performance.now() - this.start;
    const started_at = new Date(this.#began).toISOString();
    const { connect_ms, headers_ms } = this;
    this.#resolve({ started_at, connect_ms, headers_ms, total_ms, failure });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    this.#hub.starting(this);
    if (this.failure !== null) controller.abort(new Error(this.failure.message));
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Headers,
  ): void {
    // The bytes of all headers, which nobody asks for and undici keeps with the request.
    controller.rawHeaders = null;
    // Interim responses precede the response; 101 is a WebSocket's.
    if (status < 200 && status !== 101) return;
    this.headers_ms = this.#readAt() - this.start;
    if (this.reads !== null) expectBody(this.reads, this);
    this.#delivery = createDelivery(this.receiver, this);
    this.#delivery.head(headers);
    this.receiver.head(status, headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.reads !== null) this.reads.passedTo = chunk.byteOffset + chunk.length;
    this.#delivery?.data(controller, chunk, this.#readAt());
  }

  /** The same for a chunk that undici does not see. */
  take(piece: Buffer, at: number): boolean {
    const { controller } = this;
    if (controller === null) return false;
    try {
      this.#delivery?.data(controller, piece, at);
    } catch (error) {
      controller.abort(error instanceof Error ? error : new Error(String(error)));
    }
    return this.#delivery !== null && !controller.paused;
  }

  onResponseEnd(): void {
    this.#leaveBody();
    if (this.#delivery === null) this.settle(this.failure);
    else this.#delivery.end(() => this.settle(this.failure));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.settle(this.failure ?? failureOf(error));
  }

  /** What one read of a socket brings came at one time. */
  #readAt(): number {
    const { reads } = this;
    return reads !== null && reads.telling ? reads.at : performance.now();
  }

  #leaveBody(): void {
    if (this.reads !== null) leaveBody(this.reads, this);
    this.reads = null;
  }
}
