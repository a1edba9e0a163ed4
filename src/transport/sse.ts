import { StringDecoder } from "node:string_decoder";

import { createObjectScanner, type ObjectScanner } from "./json-end.ts";

/**
 * Receives events. `name` is the `event:` field, or "" if there is none; `at_ms` is the time of the piece with which the
 * event's data was complete, which may be earlier than the piece that shows it.
 */
export type SseListener = {
  readonly event: (data: string, name: string, at_ms: number) => void;
  readonly comment?: (text: string) => void;
};

export type SseParser = {
  /** Feeds bytes in pieces of any size, with the time of their arrival. */
  readonly push: (chunk: Uint8Array, at_ms?: number) => void;
  /** Nothing has come for a while: delivers an event that only lacks its blank line. */
  readonly rest: () => void;
  /** Ends the stream and delivers a last event that lacks its blank line. */
  readonly end: () => void;
  /** Characters kept, with what their lines cost, for an event that is not complete. */
  readonly held: () => number;
  /** Something was read, and what comes next begins an event: of what came before nothing is kept. */
  readonly isBetween: () => boolean;
};

/** What a line takes beside its characters. */
const lineCost = 8;

type PendingEvent = {
  readonly lines: string[];
  readonly name: string;
  /** A name that came after whole data: this event's if a blank line follows, the next one's if data does. */
  lateName: string | null;
  at_ms: number;
  /** Made when somebody asks whether the data is whole, which for separated events is never. */
  scanner: ObjectScanner | null;
  /** Lines that the scanner has seen. */
  scanned: number;
};

/**
 * Server-sent events by the WHATWG rules, with the leniency that vendors require: UTF-8 characters split anywhere, LF,
 * CRLF and CR, `data:` with or without a space, a JSON object without `data:` (Baidu's errors), comments, and events not
 * separated by a blank line. An event of the last kind is complete when its data is a whole JSON object and another event
 * begins; after the first of them, also at the end of a piece. What is delivered depends on the bytes alone and never on
 * where they were cut, and no byte is looked at more than a few times.
 */
export const createSseParser = (listener: SseListener): SseParser => new Parser(listener);

/** A class, because a closure for each of its functions would be made for every stream, and copied twice while it lasts. */
class Parser implements SseParser {
  readonly #listener: SseListener;
  /** Made for a stream that cuts a character; costs a tenth of a stateful TextDecoder. */
  #decoder: StringDecoder | null = null;
  /** The decoder may hold the beginning of a character. */
  #isOpen = false;
  #begun = false;
  #rest = "";
  #afterReturn = false;
  #pending: PendingEvent | null = null;
  #name = "";
  #now = 0;
  #heldLines = 0;
  /** The vendor does not put blank lines between events. */
  #unseparated = false;

  constructor(listener: SseListener) {
    this.#listener = listener;
  }

  push(chunk: Uint8Array, at_ms = 0): void {
    this.#now = at_ms;
    this.#feed(this.#decoded(chunk));
    if (this.#unseparated) this.rest();
  }

  rest(): void {
    const pending = this.#pending;
    if (pending !== null && this.#rest === "" && isWhole(pending)) {
      this.#deliver(pending, pending.lateName ?? pending.name);
    }
  }

  end(): void {
    if (this.#decoder !== null) this.#feed(this.#decoder.end());
    if (this.#rest !== "") this.#line(this.#rest);
    this.#rest = "";
    this.#blank();
  }

  held(): number {
    return this.#rest.length + this.#heldLines;
  }

  isBetween(): boolean {
    return (
      this.#begun &&
      this.#rest === "" &&
      this.#pending === null &&
      this.#name === "" &&
      !this.#isOpen &&
      !this.#afterReturn &&
      !this.#unseparated
    );
  }

  #deliver(event: PendingEvent, name: string): void {
    this.#pending = null;
    this.#name = "";
    this.#heldLines = 0;
    this.#listener.event(event.lines.join("\n"), name, event.at_ms);
  }

  #blank(): void {
    const pending = this.#pending;
    if (pending === null) this.#name = "";
    else this.#deliver(pending, pending.lateName ?? pending.name);
  }

  #nameLine(value: string): void {
    const pending = this.#pending;
    if (pending === null || !isWhole(pending)) {
      if (pending === null) this.#name = value;
      else this.#pending = { ...pending, name: value };
      return;
    }
    if (!this.#unseparated) {
      pending.lateName = value;
      return;
    }
    this.#deliver(pending, pending.name);
    this.#name = value;
  }

  #dataLine(value: string): void {
    const known = this.#pending;
    if (known !== null && isWhole(known)) {
      const { lateName } = known;
      this.#deliver(known, known.name);
      this.#name = lateName ?? "";
      this.#unseparated = true;
    }
    this.#heldLines += value.length + lineCost;
    const pending = (this.#pending ??= {
      lines: [],
      name: this.#name,
      lateName: null,
      at_ms: this.#now,
      scanner: null,
      scanned: 0,
    });
    // A vendor that breaks the line after `data:` means one value.
    if (pending.lines.length === 1 && pending.lines[0] === "" && value.startsWith("{"))
      pending.lines.pop();
    pending.lines.push(value);
    pending.at_ms = this.#now;
    // Nothing belongs to an end mark, and servers that never close may not send its blank line either.
    if (pending.lines.length === 1 && value === "[DONE]") this.#deliver(pending, pending.name);
  }

  #line(text: string): void {
    if (text === "") return this.#blank();
    if (text.startsWith(":")) return this.#listener.comment?.(text.slice(1));
    if (text.startsWith("{")) return this.#dataLine(text);
    const colon = text.indexOf(":");
    const field = colon === -1 ? text : text.slice(0, colon);
    if (field !== "event" && field !== "data") return undefined;
    const value = colon === -1 ? "" : text.slice(text[colon + 1] === " " ? colon + 2 : colon + 1);
    return field === "event" ? this.#nameLine(value) : this.#dataLine(value);
  }

  #feed(written: string): void {
    const decoded = this.#begun || !written.startsWith("\uFEFF") ? written : written.slice(1);
    if (written !== "") this.#begun = true;
    const text = this.#afterReturn && decoded.startsWith("\n") ? decoded.slice(1) : decoded;
    if (decoded !== "") this.#afterReturn = decoded.endsWith("\r");
    const unified = text.includes("\r")
      ? text.replaceAll("\r\n", "\n").replaceAll("\r", "\n")
      : text;
    let from = 0;
    let end = unified.indexOf("\n");
    while (end !== -1) {
      this.#line(this.#rest + unified.slice(from, end));
      this.#rest = "";
      from = end + 1;
      end = unified.indexOf("\n", from);
    }
    this.#rest += unified.slice(from);
  }

  /** Most chunks end with a newline, and one that begins and ends with a whole character needs no decoder's state. */
  #decoded(chunk: Uint8Array): string {
    const ends = (chunk[chunk.length - 1] ?? 0) < 0x80;
    const isPlain = ends && !this.#isOpen && Buffer.isBuffer(chunk);
    const text = isPlain
      ? chunk.toString("utf8")
      : (this.#decoder ??= new StringDecoder("utf8")).write(chunk);
    if (chunk.length > 0) this.#isOpen = !ends;
    return text;
  }
}

function isWhole(event: PendingEvent): boolean {
  if (event.lines[0]?.startsWith("{") !== true) return false;
  event.scanner ??= createObjectScanner();
  for (; event.scanned < event.lines.length; event.scanned += 1) {
    event.scanner.push(`${event.lines[event.scanned] ?? ""}\n`);
  }
  return event.scanner.isWhole();
}
