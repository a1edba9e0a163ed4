/** A text whose quotations stand as one private character each, so that no rule looks into them. */
export type Shielded = {
  readonly text: string;
  readonly quotes: readonly string[];
  /** The same with their marks, as the text has them. */
  readonly raw: readonly string[];
};

/** A shielded quotation, for patterns. */
export const quoteMark = "[\uE000-\uF8FF]";
/** One quotation or a list of them. */
export const quoteList = `${quoteMark}(?:(?:[、和与及或]|以及|或者|，)*${quoteMark})*`;

const first = 0xe000;
const mostQuotes = 0xf8ff - first;

/** A quotation holds no line end, unless it is nothing but line ends. Apostrophes within Latin words open none. */
const quotation =
  /“([^“”\n]{1,80}|\s+)”|‘([^‘’\n]{1,80}|\s+)’|"([^"\n]{1,80}|\s+)"|(?<![A-Za-z])'([^'\n]{1,80}|\s+)'|「([^「」\n]{1,80})」/gu;

/** Replaces quotations, in whatever marks, by private characters in order. Private characters of the text itself are dropped. */
export function shield(given: string): Shielded {
  const quotes: string[] = [];
  const raw: string[] = [];
  const bare = given.replaceAll(/[\uE000-\uF8FF]/gu, "");
  const text = bare.replaceAll(quotation, (whole: string, ...groups: readonly unknown[]) => {
    const inner = groups.slice(0, 5).find((group) => typeof group === "string");
    if (typeof inner !== "string" || quotes.length >= mostQuotes) return whole;
    quotes.push(inner);
    raw.push(whole);
    return String.fromCodePoint(first + quotes.length - 1);
  });
  return { text, quotes, raw };
}

/** The quotations of a stretch of shielded text, in order. */
export const quotesIn = (stretch: string, quotes: readonly string[]): readonly string[] =>
  Array.from(stretch).flatMap((point) => quotes[(point.codePointAt(0) ?? 0) - first] ?? []);

/** The stretch as the text has it; `raw` are its quotations with their marks. */
export const unshielded = (stretch: string, raw: readonly string[]): string =>
  stretch.replaceAll(
    new RegExp(quoteMark, "gu"),
    (point) => raw[(point.codePointAt(0) ?? 0) - first] ?? "",
  );
