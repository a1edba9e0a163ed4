import { StringDecoder } from "node:string_decoder";

/** Receives events once they are complete. `name` is the `event:` field, or "" if there is none. */
export type SseListener = {
  readonly event: (data: string, name: string) => void;
  /** The first event, already delivered, turns out to have this name: its field stood after the data. */
  readonly named?: (name: string) => void;
  readonly comment?: (text: string) => void;
};

export type SseParser = {
  /** Feeds bytes in pieces of any size. */
  readonly push: (chunk: Uint8Array) => void;
  /** Ends the stream and delivers a last event that lacks its blank line. */
  readonly end: () => void;
};

/**
 * Server-sent events by the WHATWG rules, with the leniency that vendors require: UTF-8 characters split anywhere, LF,
 * CRLF and CR, `data:` with or without a space, a JSON object without `data:` (Baidu's errors), comments, and events not
 * separated by a blank line. An event of the last kind counts as complete as soon as its data is a whole JSON object or
 * `[DONE]`, so that its time of arrival is right; which kind a stream has is seen after its first event. Events do not
 * depend on how the bytes are cut.
 */
export function createSseParser(listener: SseListener): SseParser {
  // Costs a tenth of a stateful TextDecoder, of which every stream would need one.
  const decoder = new StringDecoder("utf8");
  /** The decoder may hold the beginning of a character. */
  let isOpen = false;
  let begun = false;
  let rest = "";
  let afterReturn = false;
  let data: string | null = null;
  let name = "";
  /** The name when the data began: without blank lines a later one belongs to the next event. */
  let nameAtData = "";
  /** Blank lines separate the events; null until it shows what follows the first one. */
  let isParted: boolean | null = null;
  let isFirstOut = false;

  const deliver = (event: string): void => {
    const complete = data;
    data = null;
    if (complete !== null) listener.event(complete, event);
  };
  const blank = (): void => {
    if (isFirstOut && isParted === null && name !== "") listener.named?.(name);
    if (isFirstOut || data !== null) isParted ??= true;
    const event = name;
    name = "";
    deliver(event);
  };
  const take = (value: string): void => {
    if (isFirstOut) isParted ??= false;
    if (data !== null && isWhole(data)) deliver(nameAtData);
    if (data === null) nameAtData = name;
    data = data === null ? value : `${data}\n${value}`;
    if (isParted === true ? data !== doneMark : !isWhole(data)) return;
    isFirstOut = true;
    name = "";
    deliver(nameAtData);
  };

  const line = (text: string): void => {
    if (text === "") return blank();
    if (text.startsWith(":")) return listener.comment?.(text.slice(1));
    if (text.startsWith("{")) return take(text);
    const colon = text.indexOf(":");
    const field = colon === -1 ? text : text.slice(0, colon);
    const value = colon === -1 ? "" : text.slice(text[colon + 1] === " " ? colon + 2 : colon + 1);
    if (field === "event") name = value;
    return field === "data" ? take(value) : undefined;
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

  return {
    push: (chunk) => feed(decoded(chunk)),
    end: () => {
      feed(decoder.end());
      if (rest !== "") line(rest);
      rest = "";
      deliver(name);
    },
  };
}

const doneMark = "[DONE]";

function isWhole(text: string): boolean {
  if (text === doneMark) return true;
  if (!text.startsWith("{") || !text.trimEnd().endsWith("}")) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
