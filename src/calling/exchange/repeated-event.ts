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
export const createRepeatedEvents = (
  member: string,
  textOf: (json: unknown) => string | null,
): RepeatedEvents => new Repeated(member, textOf);

class Repeated implements RepeatedEvents {
  readonly #start: string;
  readonly #textOf: (json: unknown) => string | null;
  #form: Form | null = null;
  #tries = 0;

  constructor(member: string, textOf: (json: unknown) => string | null) {
    this.#start = `"${member}":"`;
    this.#textOf = textOf;
  }

  textIn(data: string): string | null {
    const form = this.#form;
    if (form === null || data.length <= form.before.length + form.after.length) return null;
    if (!data.startsWith(form.before) || !data.endsWith(form.after)) return null;
    form.holds ??= this.#isForm(form);
    if (!form.holds) return null;
    const text = data.slice(form.before.length, data.length - form.after.length);
    if (escaped.test(text)) return null;
    this.#tries = 0;
    return text;
  }

  learn(data: string, json: unknown): void {
    if (this.#tries >= mostTries) return;
    const text = this.#textOf(json);
    if (text === null || text === "" || escaped.test(text)) return;
    this.#tries += 1;
    const at = data.indexOf(`${this.#start}${text}"`);
    if (at < 0) return;
    const from = at + this.#start.length;
    const after = data.slice(from + text.length);
    this.#form = { before: data.slice(0, from), text, after, holds: null };
  }

  halves(): Pick<Form, "before" | "after"> | null {
    return this.#form?.holds === true ? this.#form : null;
  }

  #isForm({ before, text, after }: Form): boolean {
    const other = `${text}。`;
    return this.#textOf(JSON.parse(before + other + after)) === other;
  }
}
