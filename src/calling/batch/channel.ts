import type { Outcome } from "../../domain/outcome.ts";
import type { Headers, HttpRequest } from "../../transport/http.ts";
import type { Endpoint } from "../protocol.ts";

import { foreignError } from "../errors/openai-error.ts";
import { outcomeOf, isGood } from "../failure.ts";

/** A response that was read to its end. */
export type WholeResponse = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
};

/** Where batches of one model go. `send` adds the credentials; it rejects with a `BatchError` if the socket fails. */
export type BatchChannel = {
  readonly endpoint: Endpoint;
  readonly model: string;
  readonly send: (request: HttpRequest) => Promise<WholeResponse>;
};

/** Why a batch could not be handed in, looked at or fetched. */
export class BatchError extends Error {
  override readonly name = "BatchError";
  readonly outcome: Outcome;
  readonly status: number | null;
  readonly code: string | null;
  constructor(
    outcome: Outcome,
    message: string,
    { status = null, code = null }: { status?: number | null; code?: string | null } = {},
  ) {
    super(message);
    this.outcome = outcome;
    this.status = status;
    this.code = code;
  }
}

/** Sends a request that concerns a batch and resolves to the text of a good response. */
export async function textFrom(channel: BatchChannel, request: HttpRequest): Promise<string> {
  const { status, headers, text } = await channel.send(request);
  if (isGood(status)) return text;
  const error = foreignError(parsedOr(text));
  const code = error?.code ?? null;
  const message = error?.message ?? text.trim().slice(0, 300);
  const facts = { status, code, message, body: error?.body ?? null, headers };
  throw new BatchError(outcomeOf(channel.endpoint.errors, facts), message, { status, code });
}

/** The same, read as JSON. */
export async function jsonFrom(channel: BatchChannel, request: HttpRequest): Promise<unknown> {
  const text = await textFrom(channel, request);
  const json = parsedOr(text);
  if (json === null) throw new BatchError("malformed", `no JSON: ${text.trim().slice(0, 200)}`);
  return json;
}

/** The values of JSON lines. A line that holds none is left out: its request then counts as not answered. */
export const linesOf = (text: string): readonly unknown[] =>
  text
    .split("\n")
    .map(parsedOr)
    .filter((json) => json !== null);

/** The URL of a part of the interface, with the vendor's own query. */
export function partUrl({ base_url, query }: Endpoint, path: string): string {
  const url = new URL(base_url.replace(/\/+$/, "") + path);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

export const getOf = ({ endpoint }: BatchChannel, path: string): HttpRequest => ({
  method: "GET",
  url: partUrl(endpoint, path),
  headers: { accept: "application/json", ...endpoint.headers },
  body: null,
});

export const postOf = ({ endpoint }: BatchChannel, path: string, body: unknown): HttpRequest => ({
  method: "POST",
  url: partUrl(endpoint, path),
  headers: {
    "content-type": "application/json",
    accept: "application/json",
    ...endpoint.headers,
  },
  body: JSON.stringify(body),
});

/** The body of a request without what only streams have: batches are answered whole. */
export function wholeBody({ body }: HttpRequest): Readonly<Record<string, unknown>> {
  const json = parsedOr(body ?? "");
  const {
    stream: _stream,
    stream_options: _options,
    ...rest
  } = { ...(json as object) } as Record<string, unknown>;
  return rest;
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
