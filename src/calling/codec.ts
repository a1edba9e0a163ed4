import type { Headers } from "../transport/http.ts";
import type { ReplyDraft, VendorError } from "./draft.ts";

import { createSseParser } from "../transport/sse.ts";

/** Takes the bytes of a stream in pieces of any size. */
export type StreamParser = {
  readonly push: (chunk: Uint8Array) => void;
  readonly end: () => void;
};

/** Runs an action and records what it throws: garbage in an event is `malformed`, never an exception. */
type Guard = (action: () => void) => void;

/** How a protocol over HTTP reads responses. All functions may throw on garbage, which then counts as `malformed`. */
export type Codec = {
  /** Opens a parser of the stream form. */
  readonly stream: (draft: ReplyDraft, guard: Guard) => StreamParser;
  /** The stream consists of JSON lines, so a body that begins with `{` is a stream. */
  readonly json_lines?: boolean;
  /** Reads an answer from a complete JSON body: some servers reply to a stream request with one. */
  readonly body: (json: unknown, draft: ReplyDraft) => void;
  /** The error in a JSON body, or null if it holds none. */
  readonly error: (json: unknown, headers: Headers) => VendorError | null;
};

/** The context of an event: its name and the latest comment before it. */
type Around = { readonly name: string; readonly note: string };

/** Some gateways quote it. */
const doneMark = /^"?\[done\]"?$/i;

/** A stream of server-sent events that hold JSON; `[DONE]` marks its end. */
export const sseStream =
  (event: (json: unknown, draft: ReplyDraft, around: Around) => void): Codec["stream"] =>
  (draft, guard) => {
    let note = "";
    const take = (data: string, name: string): void => {
      const text = data.trim();
      if (!text.startsWith("{") && doneMark.test(text)) draft.done = true;
      else if (text !== "") event(JSON.parse(text), draft, { name, note });
    };
    let first = "";
    return createSseParser({
      event: (data, name) => {
        if (first === "") first = data;
        guard(() => take(data, name));
      },
      // An error that says so only after its data.
      named: (name) => {
        if (name === "error") guard(() => take(first, name));
      },
      comment: (text) => {
        note = text.trim();
      },
    });
  };

/** A stream of JSON values, one per line. */
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
