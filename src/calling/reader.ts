import type { Headers, Receiver } from "../transport/http.ts";
import type { Codec, StreamParser } from "./codec.ts";

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
  /** What the codec threw, if it did. */
  readonly fault: string | null;
};

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
  let fault: string | null = null;

  const note = (error: unknown): void => {
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
  const readBody = (body: string): void => {
    const first = body.trimStart()[0];
    if (first === "{" || first === "[") {
      guard(() => readJson(codec, JSON.parse(body), headers, draft, isGood(status)));
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
        length += chunk.length;
        decoder ??= new TextDecoder("utf-8");
        if (length <= maxBodyCharacters) pieces.push(decoder.decode(chunk, { stream: true }));
        return isBody;
      },
      over: () => draft.done,
    },
    finish: () => {
      guard(() => stream?.end());
      const body = isBody ? pieces.join("") + (decoder?.decode() ?? "") : null;
      if (body !== null) readBody(body);
      return { status, headers, draft, timed, body, fault };
    },
  };
}

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
