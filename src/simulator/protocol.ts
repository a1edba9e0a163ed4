import type { IncomingHttpHeaders } from "node:http";

import type { Answer, Ask, Paced, Trouble } from "./ask.ts";

/** A request as it came from the socket. */
export type WireRequest = {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

export type WireResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type FrameKind =
  | "role"
  | "reasoning"
  | "text"
  | "finish"
  | "usage"
  | "done"
  | "error"
  | "comment"
  | "raw";

/** Monotonic server times in ms (CLOCK_MONOTONIC) that a frame carries where stamps are on. */
export type Stamp = { readonly received: number; readonly now: number };

/** One event of a stream. It is rendered at the moment it is sent, so that a stamp tells the truth. */
export type Frame = {
  readonly kind: FrameKind;
  readonly at_ms: number;
  readonly render: (stamp: Stamp | null) => string | Uint8Array;
};

/** What a response says about itself. */
export type Meta = {
  readonly request_id: string;
  /** Unix time in seconds. */
  readonly created: number;
  readonly stamp: Stamp | null;
  /** The vendor whose corner of the simulator was asked (`/via/<vendor>/…`), or null. */
  readonly vendor?: string | null;
};

type Route = "chat" | "models";
export type ServedModel = { readonly id: string; readonly owner: string };

/**
 * A wire protocol of the simulated vendors is one file in `src/simulator/protocols/` that exports `protocol`;
 * the file's name is its id. It knows nothing of models, pace or faults.
 */
export type Protocol = {
  readonly id: string;
  /** The format counts no reasoning, or has no place for it at all; else both. */
  readonly reasoning?: "uncounted" | "unsaid";
  /** It is spoken over a WebSocket: the body of a request is its first message. */
  readonly upgrades?: boolean;
  /** What the path asks for; null where it is none of this protocol's. */
  readonly route: (method: string, path: string) => Route | null;
  /** Checks the credential; null where it is good. */
  readonly authorise: (request: WireRequest) => Trouble | null;
  readonly decode: (request: WireRequest) => { readonly ask: Ask } | { readonly trouble: Trouble };
  readonly trouble: (trouble: Trouble, meta: Meta) => WireResponse;
  readonly models: (models: readonly ServedModel[], meta: Meta) => WireResponse;
  readonly whole: (ask: Ask, answer: Answer, meta: Meta) => WireResponse;
  readonly stream_headers: Readonly<Record<string, string>>;
  readonly frames: (ask: Ask, answer: Answer, paced: Paced, meta: Meta) => readonly Frame[];
  /** An error as one event of a stream that began well. */
  readonly trouble_frame: (trouble: Trouble, meta: Meta) => string | Uint8Array;
  /** Answers what is asked of no model, such as a token; null where it is none of this protocol's. */
  readonly side?: (request: WireRequest) => WireResponse | null;
};
