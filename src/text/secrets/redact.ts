import { type Escaping, escapedForms } from "./escaped-forms.ts";

/** Shorter secrets would turn ordinary words into stars. */
const leastSecret = 4;
/** And so would the base64 of short ones, of which only the middle is the same everywhere. */
const leastEncoded = 8;

/**
 * Removes secrets from a vendor's message: the texts in `hide`, and whatever looks like a secret, because some
 * vendors repeat the key in their message.
 */
export function redact(text: string, hide: readonly string[] = []): string {
  return hideKnown(text, hide)
    .replaceAll(/\b(?:sk|ak|pk|AKIA|LTAI|AKID|AIza)[-_]?[\w*.-]{12,}/g, "***")
    .replaceAll(/\b((?:bearer|basic)\s+)[\w.~+/=*-]{8,}/gi, "$1***")
    .replaceAll(/\b((?:api[-_ ]?key|secret|token)["']?\s*[:=]\s*["']?)[\w.~+/=*-]{8,}/gi, "$1***");
}

/** Removes the texts in `hide`, verbatim, escaped or encoded; see `createHider`. */
export const hideKnown = (text: string, hide: readonly string[]): string => createHider(hide)(text);

/** What `createHider` gives where there is no secret, by which can be told that no text has to be looked at. */
export const hideNothing = (text: string): string => text;

/**
 * `hideKnown` for many texts: the patterns of the secrets are made once. Finds a secret verbatim; escaped character by
 * character as in URLs, JSON and HTML, twice over too; in hexadecimal; and in base64 of either alphabet, also within the
 * base64 of a longer text. The time is linear in the length of the text.
 */
export function createHider(hide: readonly string[]): (text: string) => string {
  const secrets = [...new Set(hide.map((secret) => secret.toWellFormed()))]
    .filter((secret) => secret.length >= leastSecret)
    // The longest first, or what a shorter one leaves of it would stay.
    .toSorted((left, right) => right.length - left.length);
  if (secrets.length === 0) return hideNothing;
  const least = Math.min(...secrets.map(({ length }) => length));
  const patterns = secrets.flatMap((secret) =>
    escapings(secret).flatMap((escaping) => escapedForms(secret, escaping)),
  );
  return (text) =>
    text.length < least
      ? text
      : patterns.reduce((shown, pattern) => shown.replaceAll(pattern, "***"), text);
}

const escapings = ({ length }: string): readonly Escaping[] =>
  length < leastEncoded ? ["characters"] : ["characters", "hexadecimal", "base64"];

/**
 * A value with every text in it, names of properties included, shown by `show`; numbers and the like stay. A value in
 * which nothing changes is returned as it is, which is nearly always: every line of a run comes through here.
 */
export function showAll(value: unknown, show: (text: string) => string): unknown {
  if (typeof value === "string") return show(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const at = value.findIndex((each: unknown) => showAll(each, show) !== each);
    return at === -1 ? value : value.map((each) => showAll(each, show));
  }
  for (const name in value) {
    const each: unknown = Reflect.get(value, name);
    if (show(name) !== name || showAll(each, show) !== each) return shownMembers(value, show);
  }
  return value;
}

const shownMembers = (value: object, show: (text: string) => string): object =>
  Object.fromEntries(
    Object.entries(value).map(([name, each]) => [show(name), showAll(each, show)]),
  );
