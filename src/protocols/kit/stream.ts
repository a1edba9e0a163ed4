import type { Reply, Timing } from "../../domain/call.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { Dropped } from "../../domain/params.ts";
import { readUsage, type UsageMap } from "../../domain/usage.ts";
import type { Headers, WireEnd, WireRequest } from "../../wire/http.ts";
import { createSseParser, type SseParser } from "../../wire/sse.ts";
import { createDraft, type Draft, type VendorError } from "./draft.ts";
import { outcomeOf, retryAfterMs } from "./failure.ts";
import type { Ask, AskContext } from "../protocol.ts";

/** How a protocol over HTTP reads what comes back. Both functions may throw on nonsense: it is `malformed`. */
export type Codec = {
  /** One server-sent event. */
  readonly event: (data: string, name: string, draft: Draft) => void;
  /** A whole JSON body that is an answer: some servers answer a stream request so. */
  readonly body: (json: unknown, draft: Draft) => void;
  /** The error that a JSON body tells, or null where it tells none. */
  readonly error: (json: unknown) => VendorError | null;
};

/** What stands for the vendor's usage map where its file says nothing. */
export type Exchanged = {
  readonly request: WireRequest;
  readonly dropped: readonly Dropped[];
  readonly usage: UsageMap;
};

const maxBodyCharacters = 8_000_000;
type Shape = "unknown" | "sse" | "text";

/** Sends a request and reads an SSE stream, a JSON body or an error page, whatever the server makes of it. */
export async function attemptStream(
  ask: Ask,
  context: AskContext,
  codec: Codec,
  { request, dropped, usage }: Exchanged,
): Promise<Reply> {
  const reader = createReader(codec);
  const sealed = await context.authorize(request);
  const end = await context.http.exchange(sealed, reader.receiver, context);
  const result = reader.finish();
  const { draft } = result;
  const verdict = judge(ask, end, result);
  const { text, reasoning, marks } = result.timed.read();
  const timing: Timing = {
    started_at: end.started_at,
    queued_ms: context.queued_ms,
    connect_ms: end.connect_ms,
    headers_ms: end.headers_ms,
    total_ms: end.total_ms,
    in_flight: context.in_flight,
    ...marks,
  };
  return {
    outcome: verdict.outcome,
    text,
    reasoning,
    finish: draft.finish,
    usage: readUsage(draft.usage, { ...usage, ...ask.endpoint.usage }),
    model_returned: draft.model,
    fingerprint: draft.fingerprint,
    request_id: headerOf(result.headers, "x-request-id") ?? draft.id,
    dropped,
    status: result.status,
    code: verdict.code,
    message: verdict.message,
    retry_after_ms: retryAfterMs(result.headers, new Date()),
    simulated: headerOf(result.headers, "x-baimo-simulated") !== null,
    timing,
  };
}

type Result = {
  readonly status: number | null;
  readonly headers: Headers;
  readonly shape: Shape;
  readonly draft: Draft;
  readonly timed: ReturnType<typeof createDraft>;
  readonly body: string;
  /** What the codec threw, if it did. */
  readonly fault: string | null;
};

function createReader(codec: Codec) {
  const timed = createDraft();
  const { draft } = timed;
  const decoder = new TextDecoder("utf-8");
  const pieces: string[] = [];
  let status: number | null = null;
  let headers: Headers = {};
  let shape: Shape = "unknown";
  let length = 0;
  let fault: string | null = null;
  let sse: SseParser | null = null;

  const guarded = (action: () => void): void => {
    try {
      action();
    } catch (error) {
      fault ??= error instanceof Error ? error.message : String(error);
    }
  };
  const startSse = (): SseParser =>
    createSseParser({ event: (data, name) => guarded(() => codec.event(data, name, draft)) });

  /** The body's shape by its first visible character, because content types are not to be trusted. */
  const sniff = (chunk: Buffer): void => {
    const first = chunk.toString("latin1").trimStart()[0];
    if (first === undefined) return;
    shape = first === "{" || first === "[" || first === "<" ? "text" : "sse";
    if (shape === "sse") sse = startSse();
  };

  return {
    receiver: {
      head: (code: number, received: Headers) => {
        status = code;
        headers = received;
        const type = headerOf(received, "content-type") ?? "";
        if (type.includes("text/event-stream")) {
          shape = "sse";
          sse = startSse();
        }
      },
      data: (chunk: Buffer, at_ms: number): boolean => {
        timed.at(at_ms);
        if (shape === "unknown") sniff(chunk);
        if (sse !== null) {
          sse.push(chunk);
          return timed.progressed();
        }
        length += chunk.length;
        if (length <= maxBodyCharacters) pieces.push(decoder.decode(chunk, { stream: true }));
        return shape === "text";
      },
    },
    finish: (): Result => {
      sse?.end();
      const body = pieces.join("") + decoder.decode();
      if (shape === "text") guarded(() => readBody(codec, body, draft));
      return { status, headers, shape, draft, timed, body, fault };
    },
  };
}

function readBody(codec: Codec, body: string, draft: Draft): void {
  const json: unknown = JSON.parse(body);
  const error = codec.error(json);
  if (error === null) {
    codec.body(json, draft);
    draft.done = true;
  } else {
    draft.error = error;
  }
}

type Judged = {
  readonly outcome: Outcome;
  readonly code: string | null;
  readonly message: string | null;
};

/** What to call the attempt. The socket's word comes first, then the vendor's, then the shape of the stream. */
function judge(ask: Ask, end: WireEnd, result: Result): Judged {
  const { draft, status } = result;
  const rows = ask.endpoint.errors;
  if (draft.error !== null && status !== null) {
    const { code, message, body } = draft.error;
    return { outcome: outcomeOf(rows, { status, code, message, body }), code, message };
  }
  if (end.failure !== null) return end.failure;
  if (status === null) return malformed("no status");
  if (status < 200 || status > 299) {
    const message = excerpt(result.body);
    return {
      outcome: outcomeOf(rows, { status, code: null, message, body: null }),
      code: null,
      message,
    };
  }
  if (result.shape === "text" && result.body.trimStart().startsWith("<")) {
    return malformed(`a web page instead of an answer: ${excerpt(result.body)}`);
  }
  if (result.fault !== null) return malformed(result.fault);
  return judgeFinish(rows, result);
}

function judgeFinish(rows: Ask["endpoint"]["errors"], { draft, status }: Result): Judged {
  const finish = draft.finish;
  if (finish === null) {
    return draft.done
      ? { outcome: "ok", code: null, message: null }
      : malformed("the stream broke off");
  }
  if (finish.reason === "length") return { outcome: "length", code: null, message: null };
  if (finish.reason === "filter") {
    return { outcome: "filtered-output", code: finish.raw, message: null };
  }
  if (finish.reason === "other" || finish.reason === "error") {
    const facts = { status: status ?? 200, code: finish.raw, message: "", body: null };
    const known = rows.some((row) => row.code !== undefined && row.code === finish.raw);
    if (known || finish.reason === "error") {
      return { outcome: outcomeOf(rows, facts), code: finish.raw, message: null };
    }
  }
  return { outcome: "ok", code: null, message: null };
}

const malformed = (message: string): Judged => ({ outcome: "malformed", code: null, message });

/** The first words of a body, without tags. */
const excerpt = (body: string): string =>
  body
    .slice(0, 4000)
    .replaceAll(/<(style|script)[\s\S]*?<\/\1>/gi, " ")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, 300);

function headerOf(headers: Headers, name: string): string | null {
  const value = headers[name];
  return typeof value === "string" ? value : (value?.[0] ?? null);
}
