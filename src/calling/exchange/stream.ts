import type { Reply, Timing } from "../../domain/call.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { Dropped, Params } from "../../domain/params.ts";
import type { ErrorRow } from "../../domain/provider.ts";
import type { Usage } from "../../domain/run-file/usage-counts.ts";
import type { Headers, HttpEnd, HttpRequest } from "../../transport/http.ts";
import type { CallRequest, AttemptContext } from "../protocol.ts";
import type { Codec } from "./codec.ts";
import type { VendorError } from "./draft.ts";

import { isGraded } from "../../domain/outcome.ts";
import { whole } from "../../domain/schema/whole.ts";
import { unknownUsage, type UsageMap } from "../../domain/usage.ts";
import { CredentialError } from "../auth/credential-error.ts";
import { classifyOutcome, type Classified, hasAnswer } from "../classify-outcome.ts";
import { redirectOf } from "../errors/redirect.ts";
import { waitInBody, waitInWords } from "../errors/wait-words.ts";
import { claimOf, missingTokens } from "../evidence/usage-claim.ts";
import { isGood, retryAfterMs } from "../failure.ts";
import { cutTo, responseLimits, tooLongCode } from "../limits/response-limits.ts";
import { leastTokens } from "../truncation.ts";
import { createReader, type Result } from "./reader.ts";

export type Exchanged = {
  readonly request: HttpRequest;
  readonly dropped: readonly Dropped[];
  /** The usage map, unless the vendor's file overrides it. */
  readonly usage: UsageMap;
  /** Error rows of the protocol, after those of the vendor's file. */
  readonly errors?: readonly ErrorRow[];
  /** Another request without what the vendor refused, or null. Called at most once. */
  readonly relax?: (error: VendorError) => Pick<Exchanged, "request" | "dropped"> | null;
};

const clockToleranceS = 200;

type Read = { readonly reply: Reply; readonly error: VendorError | null };

/**
 * Sends a request and reads whatever the server returns: a stream, a JSON body or an error page. Mostly one function waits for it
 * and no more: what each other one keeps would be copied by the collections that a request in flight outlives.
 */
export async function attemptStream(
  call: CallRequest,
  context: AttemptContext,
  codec: Codec,
  exchanged: Exchanged,
): Promise<Reply> {
  const sealed = await sealedOr(context, exchanged.request);
  if (sealed instanceof CredentialError) return unsent(sealed, exchanged);
  const request = sealed ?? exchanged.request;
  const reader = readerFor(call, codec, exchanged);
  const ended = await context.http.exchange(request, reader, optionsOf(call, context));
  const first = readReply(call, context, exchanged, ended, reader.finish());
  // By outcome, not by status: some report it inside HTTP 200.
  const { outcome } = first.reply;
  return outcome === "auth" || outcome === "bad-request"
    ? again(call, context, codec, exchanged, request, first)
    : first.reply;
}

/** Asks once more with another credential, and without what the vendor does not take. */
async function again(
  call: CallRequest,
  context: AttemptContext,
  codec: Codec,
  exchanged: Exchanged,
  request: HttpRequest,
  first: Read,
): Promise<Reply> {
  const { reply, error } =
    first.reply.outcome === "auth"
      ? await withRenewed(call, context, codec, exchanged, request, first)
      : first;
  if (reply.outcome !== "bad-request" || error === null) return reply;
  const relaxed = exchanged.relax?.(error) ?? null;
  if (relaxed === null) return reply;
  const { usage, errors = [] } = exchanged;
  return attemptStream(call, context, codec, { usage, errors, ...relaxed });
}

/** A token may be revoked before it expires: fetches another and repeats the request once. */
async function withRenewed(
  call: CallRequest,
  context: AttemptContext,
  codec: Codec,
  exchanged: Exchanged,
  refused: HttpRequest,
  first: Read,
): Promise<Read> {
  const renewed = await sealedOr(context, exchanged.request, refused);
  if (renewed === null || renewed instanceof CredentialError) return first;
  const reader = readerFor(call, codec, exchanged);
  const ended = await context.http.exchange(renewed, reader, optionsOf(call, context));
  return readReply(call, context, exchanged, ended, reader.finish());
}

const readerFor = (
  { endpoint, params }: CallRequest,
  codec: Codec,
  { dropped }: Exchanged,
): ReturnType<typeof createReader> =>
  createReader(
    codec,
    responseLimits(boundOf(params, dropped), endpoint.response_characters ?? null),
  );

const optionsOf = (
  { endpoint: { network } }: CallRequest,
  { deadlines, signal }: AttemptContext,
): Parameters<AttemptContext["http"]["exchange"]>[2] => ({ deadlines, signal, network });

function readReply(
  call: CallRequest,
  context: AttemptContext,
  exchanged: Exchanged,
  ended: HttpEnd,
  result: Result,
): Read {
  // An endless error page is still an error, and an answer that was complete before still one.
  const isKnown = !isGood(result.status) || result.timed.end() !== null;
  const end = isKnown && ended.failure?.code === tooLongCode ? { ...ended, failure: null } : ended;
  return { reply: replyOf(call, context, exchanged, end, result), error: result.draft.error };
}

async function sealedOr(
  { authorize }: AttemptContext,
  request: HttpRequest,
  refused?: HttpRequest,
): Promise<HttpRequest | CredentialError | null> {
  try {
    return await authorize(request, refused);
  } catch (error) {
    if (error instanceof CredentialError) return error;
    throw error;
  }
}

/** The reply when nothing was sent to the vendor for lack of a credential. */
const unsent = (error: CredentialError, { dropped }: Exchanged): Reply => ({
  outcome: error.outcome,
  text: "",
  reasoning: "",
  finish: null,
  usage: unknownUsage,
  model_returned: null,
  fingerprint: null,
  request_id: null,
  dropped,
  status: error.status,
  code: error.code,
  message: error.message,
  retry_after_ms: null,
  simulated: false,
  timing: null,
});

function replyOf(
  { endpoint, messages, params }: CallRequest,
  context: AttemptContext,
  { request, dropped, usage, errors = [] }: Exchanged,
  end: HttpEnd,
  result: Result,
): Reply {
  const { draft, headers } = result;
  const content = result.timed.read();
  const { text, reasoning, tool_calls, passages, marks } = content;
  const claim = claimOf(result.timed.usage, { ...usage, ...endpoint.usage }, content, messages);
  const { usage: counts, doubt } = claim;
  const isCut = isFull(result, boundOf(params, dropped), counts);
  const judged =
    redirectOf(result.status, headers, request.url) ??
    classifyOutcome([...endpoint.errors, ...errors], end, result, {
      content,
      isFull: isCut,
      missing: missingTokens(counts, content, isCut || draft.finish?.reason === "length"),
    });
  const cut = isGraded(judged.outcome) && doubt === null ? cutShort(messages, counts) : null;
  const verdict = cut ?? judged;
  const total_ms = hasAnswer(result) ? (result.timed.told_ms() ?? end.total_ms) : end.total_ms;
  const timing: Timing = {
    started_at: end.started_at,
    queued_ms: toMicrosecond(context.queued_ms),
    connect_ms: toMicrosecond(end.connect_ms),
    headers_ms: toMicrosecond(end.headers_ms),
    total_ms: toMicrosecond(total_ms),
    in_flight: context.in_flight,
    first_token_ms: toMicrosecond(marks.first_token_ms),
    first_answer_ms: toMicrosecond(marks.first_answer_ms),
    last_token_ms: toMicrosecond(marks.last_token_ms),
    chunks: marks.chunks,
    max_gap_ms: toMicrosecond(marks.max_gap_ms),
    first_chars: marks.first_chars,
  };
  return whole<Reply>({
    outcome: verdict.outcome,
    text,
    reasoning,
    finish: draft.finish,
    tool_calls: tool_calls.length === 0 ? undefined : tool_calls,
    passages: passages.length === 0 ? undefined : passages,
    usage: counts,
    usage_doubt: doubt ?? undefined,
    model_returned: short(draft.model, 500),
    first_token: draft.first_token ?? undefined,
    fingerprint: short(draft.fingerprint, 500),
    request_id: short(requestId(headers) ?? draft.id, 500),
    dropped,
    status: result.status,
    code: short(verdict.code, 200),
    message: short(
      verdict.outcome === "auth" ? timely(verdict.message, headers) : verdict.message,
      2_000,
    ),
    retry_after_ms: isAnswered(verdict.outcome) ? null : waitOf(result, judged.message),
    simulated: headerOf(headers, "x-baimo-simulated") !== null,
    timing,
  });
}

/** The wait that the vendor asks for: headers before the body, members before words. */
function waitOf({ headers, status, draft }: Result, message: string | null): number | null {
  const { error } = draft;
  const now = new Date();
  return (
    retryAfterMs(headers, now, status) ??
    error?.retry_after_ms ??
    waitInBody(error?.body) ??
    waitInWords(error?.message ?? message ?? "", now)
  );
}

/** Digits beyond that are floating-point noise. */
function toMicrosecond(ms: number): number;
function toMicrosecond(ms: number | null): number | null;
function toMicrosecond(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 1000) / 1000;
}

/** Signatures fail if the clocks differ, which the vendor's own message seldom says. */
function timely(message: string | null, headers: Headers): string | null {
  const theirs = Date.parse(headerOf(headers, "date") ?? "");
  const apart_s = Math.round((Date.now() - theirs) / 1000);
  if (!(Math.abs(apart_s) > clockToleranceS)) return message;
  return `${message ?? ""} (our clock is ${apart_s} s off the vendor's)`.trim();
}

/** The token limit that was sent, including the thinking budget if the vendor counts it in; null if none. */
function boundOf({ max_tokens }: Params, dropped: readonly Dropped[]): number | null {
  const change = dropped.find(({ param }) => param === "max_tokens");
  if (change === undefined) return max_tokens ?? null;
  return typeof change.effective === "number" ? change.effective : null;
}

/** An answer that reached its limit, from a vendor that gives no finish reason. */
const isFull = ({ draft, timed }: Result, bound: number | null, { output }: Usage): boolean =>
  (draft.done || timed.endsWithUsage()) &&
  draft.finish === null &&
  bound !== null &&
  output !== null &&
  output >= bound;

/** The verdict if the vendor's count shows that it did not read the whole prompt, else null. */
function cutShort(messages: CallRequest["messages"], { input }: Usage): Classified | null {
  const least = input === null ? null : leastTokens(messages);
  if (input === null || least === null || input >= least) return null;
  const message = `the vendor counted ${input} input tokens where the prompt has at least ${least}: it was cut`;
  return { outcome: "context-overflow", code: "silent-truncation", message };
}

/** A text of the vendor's that no reader needs in full. */
const short = (text: string | null, length: number): string | null =>
  text === null || text.length <= length ? text : `${cutTo(text, length)}…`;

/** After an answer no wait applies. */
const isAnswered = (outcome: Outcome): boolean => outcome === "ok" || outcome === "length";

/** Headers in which vendors send the request id that their support asks for. */
const requestIdHeaders = [
  "x-request-id",
  "request-id",
  "x-amzn-requestid",
  "opc-request-id",
  "apim-request-id",
  "x-generation-id",
  "x-tc-requestid",
] as const;

function requestId(headers: Headers): string | null {
  const name = requestIdHeaders.find((each) => headerOf(headers, each) !== null);
  return name === undefined ? null : headerOf(headers, name);
}

/** The first value of a header, or null. */
export function headerOf(headers: Headers, name: string): string | null {
  const value = headers[name];
  return typeof value === "string" ? value : (value?.[0] ?? null);
}
