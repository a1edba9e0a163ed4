import { createSseParser } from "../transport/sse.ts";
import type { Headers } from "../transport/http.ts";
import type { ReplyDraft, VendorError } from "./draft.ts";

/** Takes the bytes of a stream, however they were cut. */
export type StreamParser = {
  readonly push: (chunk: Uint8Array) => void;
  readonly end: () => void;
};

/** Runs an action and keeps what it throws: nonsense in one event is `malformed`, never an exception. */
export type Guard = (action: () => void) => void;

/** How a protocol over HTTP reads what comes back. All functions may throw on nonsense: it is `malformed`. */
export type Codec = {
  /** Opens a parser of the stream form. */
  readonly stream: (draft: ReplyDraft, guard: Guard) => StreamParser;
  /** The stream form is lines of JSON, so a body that begins with `{` is a stream. */
  readonly json_lines?: boolean;
  /** A whole JSON body that is an answer: some servers answer a stream request so. */
  readonly body: (json: unknown, draft: ReplyDraft) => void;
  /** The error that a JSON body tells, or null where it tells none. */
  readonly error: (json: unknown, headers: Headers) => VendorError | null;
};

/** What stands around an event: its name, and the newest comment before it. */
type Around = { readonly name: string; readonly note: string };

/** A stream of server-sent events that hold JSON; `[DONE]` is the sender's word that it is over. */
export const sseStream =
  (event: (json: unknown, draft: ReplyDraft, around: Around) => void): Codec["stream"] =>
  (draft, guard) => {
    let note = "";
    const take = (data: string, name: string): void => {
      const text = data.trim();
      if (text === "[DONE]") draft.done = true;
      else if (text !== "") event(JSON.parse(text), draft, { name, note });
    };
    return createSseParser({
      event: (data, name) => guard(() => take(data, name)),
      comment: (text) => {
        note = text.trim();
      },
    });
  };

/** A stream of JSON values, one a line. */
export const linesStream =
  (event: (json: unknown, draft: ReplyDraft) => void): Codec["stream"] =>
  (draft, guard) => {
    const decoder = new TextDecoder("utf-8");
    let rest = "";
    const take = (line: string): void => {
      if (line.trim() !== "") guard(() => event(JSON.parse(line), draft));
    };
    const feed = (text: string): void => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      lines.forEach(take);
    };
    return {
      push: (chunk) => feed(decoder.decode(chunk, { stream: true })),
      end: () => {
        feed(decoder.decode());
        take(rest);
      },
    };
  };
