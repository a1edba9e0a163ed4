import { StringDecoder } from "node:string_decoder";

/** Receives events once they are complete. `name` is the `event:` field, or "" if there is none. */
export type SseListener = {
  readonly event: (data: string, name: string) => void;
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
 * separated by a blank line. An event of the last kind counts as complete when its data is a whole JSON object and either
 * another `data:` line or the end of the chunk follows; so its time of arrival is right as well.
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

  const deliver = (): void => {
    const complete = data;
    const event = name;
    data = null;
    name = "";
    if (complete !== null) listener.event(complete, event);
  };

  const line = (text: string): void => {
    if (text === "") return deliver();
    if (text.startsWith(":")) return listener.comment?.(text.slice(1));
    const bare = text.startsWith("{");
    const colon = text.indexOf(":");
    const field = bare ? "data" : colon === -1 ? text : text.slice(0, colon);
    const value = bare
      ? text
      : colon === -1
        ? ""
        : text.slice(text[colon + 1] === " " ? colon + 2 : colon + 1);
    if (field === "event") name = value;
    if (field !== "data") return undefined;
    if (data !== null && isWholeObject(data)) {
      const next = name;
      deliver();
      name = next;
    }
    data = data === null ? value : `${data}\n${value}`;
    return undefined;
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
    push: (chunk) => {
      feed(decoded(chunk));
      if (data !== null && rest === "" && isWholeObject(data)) deliver();
    },
    end: () => {
      feed(decoder.end());
      if (rest !== "") line(rest);
      rest = "";
      deliver();
    },
  };
}

function isWholeObject(text: string): boolean {
  if (!text.startsWith("{") || !text.trimEnd().endsWith("}")) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
