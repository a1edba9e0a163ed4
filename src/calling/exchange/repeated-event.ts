/** Recognises events that differ from an earlier one of the stream in nothing but their text. */
export type RepeatedEvents = {
  /** The text of such an event, without parsing it; null for any other. */
  readonly textIn: (data: string) => string | null;
  /** Takes an event that was parsed, as what others may repeat. */
  readonly learn: (data: string, json: unknown) => void;
};

/** After so many in vain, the stream's events are taken to have no common form. */
const mostTries = 3;

/** What a JSON string cannot hold as it stands. */
const escaped = /["\\\p{Cc}]/u;

/**
 * Most events of a stream are one JSON text around the next few characters. `textOf` returns the text of an event that brings
 * that text under `member` and, where an event of this form came before, nothing else; null for other events. Whether the
 * characters between the two halves of an event are the whole of that text is tried once, with others in their place: what
 * holds of one run of plain characters inside a JSON string holds of all.
 */
export function createRepeatedEvents(
  member: string,
  textOf: (json: unknown) => string | null,
): RepeatedEvents {
  let before = "";
  let after = "";
  let tries = 0;

  return {
    textIn: (data) => {
      if (after === "" || data.length <= before.length + after.length) return null;
      if (!data.startsWith(before) || !data.endsWith(after)) return null;
      const text = data.slice(before.length, data.length - after.length);
      if (escaped.test(text)) return null;
      tries = 0;
      return text;
    },
    learn: (data, json) => {
      if (tries >= mostTries) return;
      const text = textOf(json);
      if (text === null || text === "" || escaped.test(text)) return;
      tries += 1;
      const start = `"${member}":"`;
      const at = data.indexOf(`${start}${text}"`);
      if (at < 0) return;
      const head = data.slice(0, at + start.length);
      const tail = data.slice(at + start.length + text.length);
      const other = `${text}。`;
      if (textOf(JSON.parse(head + other + tail)) !== other) return;
      before = head;
      after = tail;
    },
  };
}
