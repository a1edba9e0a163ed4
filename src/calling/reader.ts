import type { Headers, Receiver } from "../transport/http.ts";
import type { Codec, StreamParser } from "./codec.ts";

import { parsePrefix } from "../text/json-prefix.ts";
import { createDraft, type ReplyDraft, type TimedDraft } from "./draft.ts";
import { isGood } from "./failure.ts";

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

const maxBodyCharacters = 8_000_000;

/**
 * Reads a response in whatever form it comes: the protocol's stream, one JSON body, or a web page. The form is
 * recognised by the status and the first visible character, because content types cannot be trusted.
 */
export function createReader(codec: Codec): {
  readonly receiver: Receiver;
  readonly finish: () => Result;
} {
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

  const note = (error: unknown): void => {
    if (timed.end() !== null && !draft.isSilent()) return;
    fault ??= error instanceof Error ? error.message : String(error);
  };
  const guard = (action: () => void): void => {
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
    if (length === triedLength || length > maxBodyCharacters) return false;
    triedLength = length;
    try {
      parsePrefix(pieces.join(""));
      return true;
    } catch {
      return false;
    }
  };
  const isSettled = (at_ms: number): boolean => {
    const end = timed.end();
    if (isBody) return at_ms - arrived_ms > graceMs.end && isWholeBody();
    return end !== null && at_ms - (timed.told_ms() ?? at_ms) > graceMs[end];
  };
  const readBody = (body: string): void => {
    const first = body.trimStart()[0];
    if (first === "{" || first === "[") {
      guard(() => readJson(codec, parsePrefix(body), headers, draft, isGood(status)));
    } else if (/^(?:data|event|id|:)/m.test(body)) {
      // An error status whose body is an event.
      const events = codec.stream(draft, guard);
      events.push(new TextEncoder().encode(body));
      events.end();
    }
  };

  return {
    receiver: {
      head: (code, received) => {
        status = code;
        headers = received;
      },
      data: (chunk, at_ms) => {
        timed.at(at_ms);
        if (stream === null && !isBody) sniff(chunk);
        if (stream !== null) {
          // No `guard` here, to avoid a closure per chunk.
          try {
            stream.push(chunk);
          } catch (error) {
            note(error);
          }
          return timed.progressed();
        }
        const isProgress = isBody && !isBlank(chunk);
        if (isProgress) arrived_ms = at_ms;
        length += chunk.length;
        decoder ??= new TextDecoder("utf-8");
        if (length <= maxBodyCharacters) pieces.push(decoder.decode(chunk, { stream: true }));
        return isProgress;
      },
      over: () => draft.done,
      settled: isSettled,
    },
    finish: () => {
      guard(() => stream?.end());
      const body = isBody ? pieces.join("") + (decoder?.decode() ?? "") : null;
      if (isBody) timed.at(arrived_ms);
      if (body !== null) readBody(body);
      return { status, headers, draft, timed, body, fault };
    },
  };
}

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
  const error = codec.error(json, headers);
  if (error !== null) {
    draft.error = error;
  } else if (mayAnswer) {
    codec.body(json, draft);
    draft.done = true;
  }
}
