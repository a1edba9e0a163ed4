/** Recognises events that differ from an earlier one of the stream in nothing but their text. */
export type RepeatedEvents = {
  /** The text of such an event, without parsing it; null for any other. */
  readonly textIn: (data: string) => string | null;
  /** Takes an event that was parsed, as what others may repeat. */
  readonly learn: (data: string, json: unknown) => void;
  /** What events have around their text, once one was repeated. */
  readonly halves: () => Pick<Form, "before" | "after"> | null;
};

/** After so many in vain, the stream's events are taken to have no common form. */
const mostTries = 3;

/** What a JSON string cannot hold as it stands. */
const escaped = /["\\\p{Cc}]/u;

/** The two halves of an event around its text. */
type Form = {
  readonly before: string;
  readonly text: string;
  readonly after: string;
  /** Null until an event of this form comes. */
  holds: boolean | null;
};

/**
 * Most events of a stream are one JSON text around the next few characters. `textOf` returns the text of an event that brings
 * that text under `member` and, where an event of this form came before, nothing else; null for other events. Whether the
 * characters between the two halves of an event are the whole of that text is tried once, with others in their place, when the
 * first event comes that looks like it: what holds of one run of plain characters inside a JSON string holds of all.
 */
export function createRepeatedEvents(
  member: string,
  textOf: (json: unknown) => string | null,
): RepeatedEvents {
  let form: Form | null = null;
  let tries = 0;
  const start = `"${member}":"`;
  const isForm = ({ before, text, after }: Form): boolean => {
    const other = `${text}。`;
    return textOf(JSON.parse(before + other + after)) === other;
  };

  return {
    textIn: (data) => {
      if (form === null || data.length <= form.before.length + form.after.length) return null;
      if (!data.startsWith(form.before) || !data.endsWith(form.after)) return null;
      form.holds ??= isForm(form);
      if (!form.holds) return null;
      const text = data.slice(form.before.length, data.length - form.after.length);
      if (escaped.test(text)) return null;
      tries = 0;
      return text;
    },
    learn: (data, json) => {
      if (tries >= mostTries) return;
      const text = textOf(json);
      if (text === null || text === "" || escaped.test(text)) return;
      tries += 1;
      const at = data.indexOf(`${start}${text}"`);
      if (at < 0) return;
      const from = at + start.length;
      const after = data.slice(from + text.length);
      form = { before: data.slice(0, from), text, after, holds: null };
    },
    halves: () => (form?.holds === true ? form : null),
  };
}
