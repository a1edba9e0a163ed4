import type { IncomingHttpHeaders } from "node:http";

import type { Answer, ChatRequest, Paced, Trouble } from "./exchange.ts";

import { loadPlugin, pluginIds } from "../../plugins.ts";

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

/** Monotonic server times in ms (CLOCK_MONOTONIC), carried by frames where stamps are on. */
export type Stamp = { readonly received: number; readonly now: number };

/** One event of a stream. It is rendered when it is sent, so that its stamp is accurate. */
export type Frame = {
  readonly kind: FrameKind;
  readonly at_ms: number;
  readonly render: (stamp: Stamp | null) => string | Uint8Array;
};

/** Metadata of a response. */
export type Meta = {
  readonly request_id: string;
  /** Unix time in seconds. */
  readonly created: number;
  readonly stamp: Stamp | null;
  /** The vendor named in the path (`/via/<vendor>/…`), or null. */
  readonly vendor?: string | null;
};

type Route = "chat" | "models";
export type ServedModel = { readonly id: string; readonly owner: string };

/**
 * A wire protocol of the simulated vendors is one file in `src/simulator/protocols/` that exports `protocol`;
 * the file's name is its id. It knows nothing about models, pace or faults.
 */
export type ServedProtocol = {
  readonly id: string;
  /** `uncounted`: the usage has no reasoning tokens; `unsaid`: the format cannot carry reasoning at all. */
  readonly reasoning?: "uncounted" | "unsaid";
  /** Uses a WebSocket: the first message is the request's body. */
  readonly upgrades?: boolean;
  /** What the path requests; null where it does not belong to this protocol. */
  readonly route: (method: string, path: string) => Route | null;
  /** Checks the credential; null where it is accepted. */
  readonly authorise: (request: ReceivedHttp) => Trouble | null;
  readonly decode: (
    request: ReceivedHttp,
  ) => { readonly chat: ChatRequest } | { readonly trouble: Trouble };
  readonly trouble: (trouble: Trouble, meta: Meta) => SentHttp;
  readonly models: (models: readonly ServedModel[], meta: Meta) => SentHttp;
  readonly whole: (chat: ChatRequest, answer: Answer, meta: Meta) => SentHttp;
  readonly stream_headers: Readonly<Record<string, string>>;
  readonly frames: (
    chat: ChatRequest,
    answer: Answer,
    paced: Paced,
    meta: Meta,
  ) => readonly Frame[];
  /** An error as an event in the middle of a stream. */
  readonly trouble_frame: (trouble: Trouble, meta: Meta) => string | Uint8Array;
  /** Answers requests that need no model, such as for a token; null where they do not belong to this protocol. */
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
