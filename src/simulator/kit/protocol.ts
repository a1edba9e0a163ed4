import type { IncomingHttpHeaders } from "node:http";

import { loadPlugin, pluginIds } from "../../plugins.ts";

import type { Answer, ChatRequest, Paced, Trouble } from "./exchange.ts";

/** A request as it came from the socket. */
export type ReceivedHttp = {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

export type SentHttp = {
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
export type ServedProtocol = {
  readonly id: string;
  /** The format counts no reasoning, or has no place for it at all; else both. */
  readonly reasoning?: "uncounted" | "unsaid";
  /** It is spoken over a WebSocket: the body of a request is its first message. */
  readonly upgrades?: boolean;
  /** What the path asks for; null where it is none of this protocol's. */
  readonly route: (method: string, path: string) => Route | null;
  /** Checks the credential; null where it is good. */
  readonly authorise: (request: ReceivedHttp) => Trouble | null;
  readonly decode: (
    request: ReceivedHttp,
  ) => { readonly ask: ChatRequest } | { readonly trouble: Trouble };
  readonly trouble: (trouble: Trouble, meta: Meta) => SentHttp;
  readonly models: (models: readonly ServedModel[], meta: Meta) => SentHttp;
  readonly whole: (ask: ChatRequest, answer: Answer, meta: Meta) => SentHttp;
  readonly stream_headers: Readonly<Record<string, string>>;
  readonly frames: (ask: ChatRequest, answer: Answer, paced: Paced, meta: Meta) => readonly Frame[];
  /** An error as one event of a stream that began well. */
  readonly trouble_frame: (trouble: Trouble, meta: Meta) => string | Uint8Array;
  /** Answers what is asked of no model, such as a token; null where it is none of this protocol's. */
  readonly side?: (request: ReceivedHttp) => SentHttp | null;
};

/** Every wire protocol of the simulated vendors. */
export async function loadServedProtocols(): Promise<readonly ServedProtocol[]> {
  const loaded = await Promise.all(
    pluginIds("simulator/protocols").map((id) =>
      loadPlugin<ServedProtocol>("simulator/protocols", id),
    ),
  );
  return loaded.filter((protocol) => protocol !== null);
}
