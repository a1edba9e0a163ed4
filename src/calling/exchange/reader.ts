import type { Headers, Receiver } from "../../transport/http.ts";
import type { Codec, StreamParser } from "./codec.ts";

import { parsePrefix } from "../../text/json-prefix.ts";
import { knownOutcome } from "../errors/known-errors.ts";
import { foreignError } from "../errors/openai-error.ts";
import { isGood } from "../failure.ts";
import {
  cutTo,
  excessOf,
  harmlessBytes,
  tooLongCode,
  type ResponseLimits,
  type ResponseSize,
} from "../limits/response-limits.ts";
import {
  createDraft,
  type ReplyContent,
  type ReplyDraft,
  type TimedDraft,
  type VendorError,
} from "./draft.ts";

/** Everything that came back for one request. */
export type Result = {
  readonly status: number | null;
  readonly headers: Headers;
  readonly draft: ReplyDraft;
  readonly timed: TimedDraft;
  /** The body, if it was not a stream. */
  readonly body: string | null;
  /** What the codec threw before the reply was complete, if it did. */
  readonly fault: string | null;
};

/**
 * How long an exchange goes on after the reply has said its end, for the server to end it: what may still follow are
 * counts after a finish word. Servers that never close would else cost an idle deadline and the answer with it.
 */
const graceMs = { end: 300, finish: 2_000 };

type Reader = {
  readonly receiver: Receiver;
  readonly finish: () => Result;
};

/**
 * Reads a response in whatever form it comes: the protocol's stream, one JSON body, or a web page. The form is
 * recognised by the status and the first visible character, because content types cannot be trusted. What reading needs
 * is made when the response begins: made with the request, it would survive two collections while nothing comes.
 */
export function createReader(codec: Codec, limits: ResponseLimits): Reader {
  let reader: ReturnType<typeof readerOf> | null = null;
  const open = (): ReturnType<typeof readerOf> => (reader ??= readerOf(codec, limits));
  return {
    receiver: {
      head: (status, headers) => open().head(status, headers),
      data: (chunk, at_ms) => open().data(chunk, at_ms),
      over: () => reader?.over() ?? false,
      enough: () => reader?.enough() ?? null,
      settled: (at_ms) => reader?.settled(at_ms) ?? false,
    },
    finish: () => open().finish(),
  };
}

function readerOf(
  codec: Codec,
  limits: ResponseLimits,
): Required<Receiver> & Pick<Reader, "finish"> {
  const timed = createDraft();
  const { draft } = timed;
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  const pieces: string[] = [];
  let status: number | null = null;
  let headers: Headers = {};
  let stream: StreamParser | null = null;
  let isBody = false;
  let length = 0;
  let arrived_ms = 0;
  let fault: string | null = null;
  /** What came before the first event. */
  let opening = "";
  let events = 0;
  let bytes = 0;
  /** Up to so many, nothing can be too long. */
  let harmless = 0;

  const note = (error: unknown): void => {
    if (timed.end() !== null && !draft.isSilent()) return;
    fault ??= error instanceof Error ? error.message : String(error);
  };
  const guard = (action: () => void): void => {
    events += 1;
    try {
      action();
    } catch (error) {
      note(error);
    }
  };
  const sniff = (chunk: Buffer): void => {
    const first = chunk.toString("latin1").trimStart()[0];
    if (first === undefined) return;
    const isJson = first === "{" || first === "[";
    isBody = !isGood(status) || first === "<" || (isJson && codec.json_lines !== true);
    if (!isBody) stream = codec.stream(draft, guard);
  };
  /** A body that is one whole JSON value needs no end of the connection. Tried once for each pause of the server. */
  let triedLength = 0;
  const isWholeBody = (): boolean => {
    if (length === triedLength) return false;
    triedLength = length;
    try {
      parsePrefix(pieces.join(""));
      return true;
    } catch {
      return false;
    }
  };
  const isSettled = (at_ms: number): boolean => {
    const isQuiet = at_ms - arrived_ms > graceMs.end;
    if (isBody) return isQuiet && isWholeBody();
    if (isQuiet) stream?.rest?.();
    const end = timed.end();
    return end !== null && at_ms - (timed.told_ms() ?? at_ms) > graceMs[end];
  };
  const readBody = (body: string): void => {
    const first = body.trimStart()[0];
    if (first === "{" || first === "[") {
      guard(() => readJson(codec, parsePrefix(body), headers, draft, isGood(status)));
    } else if (/^(?:data|event|id|:)/m.test(body)) {
      // An error status whose body is an event.
      const events = codec.stream(draft, guard);
      events.push(new TextEncoder().encode(body), arrived_ms);
      events.end();
    }
  };

  const sizeNow = (): ResponseSize => ({
    ...timed.size(),
    bytes,
    events,
    line: stream === null ? length : stream.held(),
  });

  return {
    head: (code, received) => {
      status = code;
      headers = received;
    },
    data: (chunk, at_ms) => {
      timed.at(at_ms);
      bytes += chunk.length;
      if (stream === null && !isBody) sniff(chunk);
      if (stream !== null) {
        // No `guard` here, to avoid a closure per chunk.
        arrived_ms = at_ms;
        if (events === 0 && opening.length < mostOpening) opening += chunk.toString("utf8");
        try {
          stream.push(chunk, at_ms);
        } catch (error) {
          note(error);
        }
        return timed.progressed();
      }
      const isProgress = isBody && !isBlank(chunk);
      if (isProgress) arrived_ms = at_ms;
      length += chunk.length;
      decoder ??= new TextDecoder("utf-8");
      pieces.push(decoder.decode(chunk, { stream: true }));
      return isProgress;
    },
    over: () => draft.done,
    enough: () => {
      if (bytes > harmless) {
        const size = sizeNow();
        const message = excessOf(size, limits);
        if (message !== null) return { code: tooLongCode, message };
        harmless = bytes + harmlessBytes(size, limits);
      }
      return stream?.broken?.() === true ? { code: "broken", message: fault ?? "" } : null;
    },
    settled: isSettled,
    finish: () => {
      if (stream !== null) guard(stream.end);
      if (stream !== null && events === 1) draft.error ??= sentenceIn(opening);
      const body = isBody ? pieces.join("") + (decoder?.decode() ?? "") : null;
      if (isBody) timed.at(arrived_ms);
      if (body !== null) readBody(body);
      const read = (): ReplyContent => cutContent(timed.read(), limits);
      return { status, headers, draft, timed: { ...timed, read }, body, fault };
    },
  };
}

const mostOpening = 500;

/** Some gateways put an error as plain words into HTTP 200. */
function sentenceIn(opening: string): VendorError | null {
  const message = opening.trim().slice(0, mostOpening);
  const isKnown = knownOutcome({ codes: [], text: message, status: 200 }) !== null;
  return isKnown ? { code: null, message, body: message } : null;
}

/** What came of a response that was ended for its length, no longer than the limits allow. */
function cutContent(content: ReplyContent, limits: ResponseLimits): ReplyContent {
  return {
    ...content,
    text: cutTo(content.text, limits.text),
    reasoning: cutTo(content.reasoning, limits.reasoning),
    tool_calls: content.tool_calls.map((call) => ({
      ...call,
      id: call.id === null ? null : cutTo(call.id, mostName),
      name: cutTo(call.name, mostName),
      arguments: cutTo(call.arguments, limits.tools),
    })),
  };
}

/** Characters of an id or a name: beyond that it is none. */
const mostName = 500;
/** A sign of life between the pieces of a body, most likely. */
const isBlank = (chunk: Buffer): boolean =>
  chunk.length <= longestBlank && chunk.toString("latin1").trim() === "";
const longestBlank = 16;

function readJson(
  codec: Codec,
  json: unknown,
  headers: Headers,
  draft: ReplyDraft,
  mayAnswer: boolean,
): void {
  // Whatever stands in front of a vendor has an envelope of its own.
  const error = codec.error(json, headers) ?? (mayAnswer ? null : foreignError(json));
  if (error !== null) {
    draft.error = error;
  } else if (mayAnswer) {
    codec.body(json, draft);
    draft.done = true;
  }
}
