import type { App, LocalCommand } from "../domain/app/app.ts";
import type { ChatMessage, Reply } from "../domain/call.ts";
import type { Params } from "../domain/params.ts";
import type { ErrorRow, RequestQuirks, UsagePaths } from "../domain/provider.ts";
import type { Auth } from "../domain/request/auth.ts";
import type { Tool } from "../domain/suite.ts";
import type { Variables } from "../domain/variables/variables.ts";
import type { Deadlines, Http } from "../transport/http.ts";
import type { Network } from "../transport/network.ts";
import type { Authorize } from "./auth/authorizer.ts";

import { loadPlugin } from "../plugins.ts";

/** Where and how a target is reached: a provider's file with its models' overrides applied, without secrets. */
export type Endpoint = {
  readonly provider: string;
  readonly base_url: string;
  readonly path: string | null;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly auth: Auth;
  readonly request: RequestQuirks;
  readonly usage: UsagePaths;
  /** The most characters of answer, and of reasoning, that a response may bring; without it, by `max_tokens`. */
  readonly response_characters?: number;
  /** The model's rows come before the provider's. */
  readonly errors: readonly ErrorRow[];
  /** Proxy, trusted certificates and own certificate, secrets included. Without it, requests go directly. */
  readonly network?: Network;
  /** How an application is asked and read, for protocols that are no model's API. */
  readonly app?: App;
  /** A program of the user's own, which answers instead of a server, with the environment that it gets. */
  readonly command?: LocalCommand & { readonly environment: Readonly<Record<string, string>> };
};

/** One attempt at one request. */
export type CallRequest = {
  readonly endpoint: Endpoint;
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly params: Params;
  /** Functions that the model may call. */
  readonly tools?: readonly Tool[] | undefined;
  /** JSON Schema of the reply, for protocols and vendors that can hold it to one (`request.structured`). */
  readonly schema?: Readonly<Record<string, unknown>> | undefined;
  /** The item's variables, which templates of applications may name. */
  readonly vars?: Variables | undefined;
};

/** Everything a protocol may touch: no clock, environment or socket of its own. */
export type AttemptContext = {
  readonly http: Http;
  /** Adds the endpoint's credentials to a finished request. */
  readonly authorize: Authorize;
  readonly deadlines: Deadlines;
  readonly signal: AbortSignal;
  /** Copied into the timing. */
  readonly queued_ms: number;
  readonly in_flight: number;
};

/**
 * A wire format. One file in `src/protocols/` that exports `protocol`; the file's name is its id.
 * `attempt` turns whatever the vendor does into a value and rejects only for bugs of our own.
 */
export type Protocol = {
  readonly id: string;
  readonly attempt: (call: CallRequest, context: AttemptContext) => Promise<Reply>;
};

/** A protocol, or null if there is none of that name. Looked up for each attempt, so it is cached. */
export const loadProtocol = (id: string): Promise<Protocol | null> => loadPlugin("protocols", id);
