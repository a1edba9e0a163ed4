import type { Headers } from "../../transport/http.ts";
import type { ReplyDraft, VendorError } from "./draft.ts";
import type { RepeatedEvents } from "./repeated-event.ts";

import { createSseParser, type SseListener, type SseParser } from "../../transport/sse.ts";
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
  (event: ReadEvent, repeats?: () => RepeatedEvents): Codec["stream"] =>
  (draft, guard) => {
    const stream = new EventStream(event, draft, guard, repeats?.() ?? null);
    return repeats === undefined ? stream : new RepeatingStream(stream, draft, guard);
  };

type ReadEvent = (json: unknown, draft: ReplyDraft, around: Around) => void;

/** Events as they come, one after another. Classes, because every reply has them and they last as long as it. */
class EventStream implements StreamParser, SseListener {
  readonly repeated: RepeatedEvents | null;
  readonly parser: SseParser;
  /** Events since somebody set it to 0, and whether the last only added text. */
  events = 0;
  isText = false;
  readonly #read: ReadEvent;
  readonly #draft: ReplyDraft;
  readonly #guard: Guard;
  #note = "";

  constructor(read: ReadEvent, draft: ReplyDraft, guard: Guard, repeated: RepeatedEvents | null) {
    this.#read = read;
    this.#draft = draft;
    this.#guard = guard;
    this.repeated = repeated;
    this.parser = createSseParser(this);
  }

  push(chunk: Uint8Array, at_ms: number): void {
    this.parser.push(chunk, at_ms);
  }

  rest(): void {
    this.parser.rest();
  }

  end(): void {
    this.parser.end();
  }

  held(): number {
    return this.parser.held();
  }

  event(data: string, name: string, at_ms: number): void {
    this.#draft.arrived(at_ms);
    this.events += 1;
    this.#guard(take, this, data, name);
  }

  comment(text: string): void {
    this.#note = text.trim();
  }

  take(data: string, name: string): void {
    const draft = this.#draft;
    const text = data.trim();
    const more = name === "" ? (this.repeated?.textIn(text) ?? null) : null;
    this.isText = more !== null;
    if (more !== null) draft.text(more);
    else if (!text.startsWith("{") && doneMark.test(text)) draft.done = true;
    else if (text === "") return;
    else if (isSentence(text, name)) draft.error ??= { code: null, message: text, body: text };
    else {
      const json: unknown = JSON.parse(text);
      this.#read(json, draft, { name, note: this.#note });
      if (name === "") this.repeated?.learn(text, json);
    }
  }
}

const take = (stream: EventStream, data: string, name: string): void => stream.take(data, name);

/** The same, where chunks that differ from earlier ones in their text alone are recognised. */
class RepeatingStream implements StreamParser {
  readonly chunks = new RepeatedChunks();
  readonly #events: EventStream;
  readonly #draft: ReplyDraft;
  readonly #guard: Guard;

  constructor(events: EventStream, draft: ReplyDraft, guard: Guard) {
    this.#events = events;
    this.#draft = draft;
    this.#guard = guard;
  }

  push(chunk: Uint8Array, at_ms: number): void {
    this.settle();
    this.#read(chunk, at_ms);
    this.chunks.follow(this.#events.parser.isBetween() ? this.#draft.flow() : null);
  }

  settle(): void {
    const run = this.chunks.read();
    if (run !== null) this.#draft.run(run);
  }

  rest(): void {
    this.#events.rest();
  }

  end(): void {
    this.settle();
    this.#events.end();
  }

  held(): number {
    return this.#events.held();
  }

  #read(chunk: Uint8Array, at_ms: number): void {
    const events = this.#events;
    const isBetween = events.parser.isBetween();
    const text = isBetween ? this.chunks.textIn(chunk) : null;
    if (text !== null) {
      this.#draft.arrived(at_ms);
      this.#guard(addText, this.#draft, text);
      return;
    }
    this.chunks.forget();
    events.events = 0;
    events.isText = false;
    events.push(chunk, at_ms);
    const isPlain = isBetween && events.events === 1 && events.isText && events.parser.isBetween();
    const halves = isPlain ? (events.repeated?.halves() ?? null) : null;
    if (halves !== null) this.chunks.learn(chunk, halves.before, halves.after);
  }
}

const addText = (draft: ReplyDraft, text: string): void => draft.text(text);

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
