import type { Headers } from "../../transport/http.ts";
import type { ReplyDraft, VendorError } from "./draft.ts";
import type { RepeatedEvents } from "./repeated-event.ts";

import { createSseParser } from "../../transport/sse.ts";
import { knownOutcome } from "../errors/known-errors.ts";
import { RepeatedChunks } from "./repeated-chunk.ts";

/** Takes the bytes of a stream in pieces of any size. What it reads depends on the bytes alone, not on their cuts. */
export type StreamParser = {
  readonly push: (chunk: Uint8Array, at_ms: number) => void;
  /** Nothing has come for a while, so what is held may be complete. */
  readonly rest?: () => void;
  readonly end: () => void;
  /** Nothing more can be read. */
  readonly broken?: () => boolean;
  /** Bytes or characters kept for an event that is not complete. */
  readonly held: () => number;
  /** Keeps chunks of nothing but more text instead of having them pushed; `settle` reads what it kept. */
  readonly chunks?: RepeatedChunks;
  readonly settle?: () => void;
};

/**
 * Runs an action, one for each event, and records what it throws: garbage in an event is `malformed`, never an
 * exception. What the action takes is passed along, so that no event needs a closure.
 */
export type Guard = <Given extends readonly unknown[]>(
  action: (...given: Given) => void,
  ...given: Given
) => void;

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

/**
 * A stream of server-sent events that hold JSON; `[DONE]` marks its end. `repeats` recognises, for each stream anew, events
 * without a name that only add text, which need not be parsed.
 */
export const sseStream =
  (
    event: (json: unknown, draft: ReplyDraft, around: Around) => void,
    repeats?: () => RepeatedEvents,
  ): Codec["stream"] =>
  (draft, guard) => {
    let note = "";
    const repeated = repeats?.() ?? null;
    const chunks = new RepeatedChunks();
    const add = (text: string): void => draft.text(text);
    /** Events of one chunk, and whether the last only added text. */
    let [events, isText] = [0, false];
    const parsed = (text: string, name: string): void => {
      const json: unknown = JSON.parse(text);
      event(json, draft, { name, note });
      if (name === "") repeated?.learn(text, json);
    };
    const take = (data: string, name: string): void => {
      const text = data.trim();
      const more = name === "" ? (repeated?.textIn(text) ?? null) : null;
      isText = more !== null;
      if (more !== null) return draft.text(more);
      if (!text.startsWith("{") && doneMark.test(text)) draft.done = true;
      else if (text === "") return;
      else if (isSentence(text, name)) draft.error ??= { code: null, message: text, body: text };
      else parsed(text, name);
      return undefined;
    };
    const parser = createSseParser({
      event: (data, name, at_ms) => {
        draft.arrived(at_ms);
        events += 1;
        guard(take, data, name);
      },
      comment: (text) => {
        note = text.trim();
      },
    });
    if (repeated === null) return parser;
    const settle = (): void => {
      const run = chunks.read();
      if (run !== null) draft.run(run);
    };
    const read = (chunk: Uint8Array, at_ms: number): void => {
      const isBetween = parser.isBetween();
      const text = isBetween ? chunks.textIn(chunk) : null;
      if (text !== null) {
        draft.arrived(at_ms);
        return guard(add, text);
      }
      chunks.forget();
      [events, isText] = [0, false];
      parser.push(chunk, at_ms);
      if (!isBetween || events !== 1 || !isText || !parser.isBetween()) return undefined;
      const halves = repeated.halves();
      if (halves !== null) chunks.learn(chunk, halves.before, halves.after);
      return undefined;
    };
    return {
      ...parser,
      chunks,
      settle,
      push: (chunk, at_ms) => {
        settle();
        read(chunk, at_ms);
        chunks.follow(parser.isBetween() ? draft.flow() : null);
      },
      end: () => {
        settle();
        parser.end();
      },
    };
  };

/** Some gateways write an error as plain words into the stream. */
const isSentence = (text: string, name: string): boolean =>
  !/^[[{"\d-]/.test(text) &&
  (name === "error" || knownOutcome({ codes: [], text, status: 200 }) !== null);

/** A stream of JSON values, one per line. */
export const linesStream =
  (event: (json: unknown, draft: ReplyDraft) => void): Codec["stream"] =>
  (draft, guard) => {
    const decoder = new TextDecoder("utf-8");
    let rest = "";
    const read = (line: string): void => event(JSON.parse(line), draft);
    const take = (line: string): void => {
      if (line.trim() !== "") guard(read, line);
    };
    const feed = (text: string): void => {
      let from = 0;
      let end = text.indexOf("\n");
      while (end !== -1) {
        take(rest + text.slice(from, end));
        rest = "";
        from = end + 1;
        end = text.indexOf("\n", from);
      }
      rest += text.slice(from);
    };
    return {
      push: (chunk) => feed(decoder.decode(chunk, { stream: true })),
      end: () => {
        feed(decoder.decode());
        take(rest);
        rest = "";
      },
      held: () => rest.length,
    };
  };
