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
export function createSseParser(listener: SseListener): SseParser {
  // Costs a tenth of a stateful TextDecoder, of which every stream would need one.
  const decoder = new StringDecoder("utf8");
  /** The decoder may hold the beginning of a character. */
  let isOpen = false;
  let begun = false;
  let rest = "";
  let afterReturn = false;
  let pending: PendingEvent | null = null;
  let name = "";
  let now = 0;
  let heldLines = 0;
  /** The vendor does not put blank lines between events. */
  let unseparated = false;

  const deliver = (event: PendingEvent, called: string): void => {
    pending = null;
    name = "";
    heldLines = 0;
    listener.event(event.lines.join("\n"), called, event.at_ms);
  };
  const blank = (): void => {
    if (pending === null) name = "";
    else deliver(pending, pending.lateName ?? pending.name);
  };
  const nameLine = (value: string): void => {
    if (pending === null || !isWhole(pending)) {
      if (pending === null) name = value;
      else pending = { ...pending, name: value };
      return;
    }
    if (!unseparated) {
      pending.lateName = value;
      return;
    }
    deliver(pending, pending.name);
    name = value;
  };
  const dataLine = (value: string): void => {
    if (pending !== null && isWhole(pending)) {
      const { lateName } = pending;
      deliver(pending, pending.name);
      name = lateName ?? "";
      unseparated = true;
    }
    heldLines += value.length + lineCost;
    pending ??= { lines: [], name, lateName: null, at_ms: now, scanner: null, scanned: 0 };
    // A vendor that breaks the line after `data:` means one value.
    if (pending.lines.length === 1 && pending.lines[0] === "" && value.startsWith("{"))
      pending.lines.pop();
    pending.lines.push(value);
    pending.at_ms = now;
    // Nothing belongs to an end mark, and servers that never close may not send its blank line either.
    if (pending.lines.length === 1 && value === "[DONE]") deliver(pending, pending.name);
  };

  const line = (text: string): void => {
    if (text === "") return blank();
    if (text.startsWith(":")) return listener.comment?.(text.slice(1));
    if (text.startsWith("{")) return dataLine(text);
    const colon = text.indexOf(":");
    const field = colon === -1 ? text : text.slice(0, colon);
    if (field !== "event" && field !== "data") return undefined;
    const value = colon === -1 ? "" : text.slice(text[colon + 1] === " " ? colon + 2 : colon + 1);
    return field === "event" ? nameLine(value) : dataLine(value);
  };

  const feed = (written: string): void => {
    const decoded = begun || !written.startsWith("\uFEFF") ? written : written.slice(1);
    if (written !== "") begun = true;
    const text = afterReturn && decoded.startsWith("\n") ? decoded.slice(1) : decoded;
    if (decoded !== "") afterReturn = decoded.endsWith("\r");
    const unified = text.includes("\r")
      ? text.replaceAll("\r\n", "\n").replaceAll("\r", "\n")
      : text;
    let from = 0;
    let end = unified.indexOf("\n");
    while (end !== -1) {
      line(rest + unified.slice(from, end));
      rest = "";
      from = end + 1;
      end = unified.indexOf("\n", from);
    }
    rest += unified.slice(from);
  };

  // Most chunks end with a newline, and one that begins and ends with a whole character needs no decoder state.
  const decoded = (chunk: Uint8Array): string => {
    const ends = (chunk[chunk.length - 1] ?? 0) < 0x80;
    const text =
      ends && !isOpen && Buffer.isBuffer(chunk) ? chunk.toString("utf8") : decoder.write(chunk);
    if (chunk.length > 0) isOpen = !ends;
    return text;
  };
  const deliverWhole = (): void => {
    if (pending !== null && rest === "" && isWhole(pending)) {
      deliver(pending, pending.lateName ?? pending.name);
    }
  };

  return {
    push: (chunk, at_ms = 0) => {
      now = at_ms;
      feed(decoded(chunk));
      if (unseparated) deliverWhole();
    },
    rest: deliverWhole,
    end: () => {
      feed(decoder.end());
      if (rest !== "") line(rest);
      rest = "";
      blank();
    },
    held: () => rest.length + heldLines,
    isBetween: () =>
      begun &&
      rest === "" &&
      pending === null &&
      name === "" &&
      !isOpen &&
      !afterReturn &&
      !unseparated,
  };
}

function isWhole(event: PendingEvent): boolean {
  if (event.lines[0]?.startsWith("{") !== true) return false;
  event.scanner ??= createObjectScanner();
  for (; event.scanned < event.lines.length; event.scanned += 1) {
    event.scanner.push(`${event.lines[event.scanned] ?? ""}\n`);
  }
  return event.scanner.isWhole();
}
