import { fold, simplify } from "../../text/normalise.ts";

/** A text as it is compared, with the place in the original of every character of it. */
type Key = { readonly key: string; readonly places: readonly number[] };

/** What a quotation may leave out or add: blanks, Markdown, LaTeX dress, quotation marks. */
const dress = /[\s\\$*_`~"'“”‘’「」『』\p{Cf}]/u;

/** Folded character by character, so that each can be found again in the original. */
function keyOf(text: string): Key {
  const places: number[] = [];
  let key = "";
  let at = 0;
  for (const char of text) {
    if (!dress.test(char)) {
      for (const unit of simplify(fold(char))) {
        if (dress.test(unit)) continue;
        key += unit;
        for (let each = 0; each < unit.length; each += 1) places.push(at);
      }
    }
    at += char.length;
  }
  places.push(at);
  return { key, places };
}

/** Where `part` stands in `text`, dress aside: every place as the original has it. */
export function standingsOf(part: string, text: string): readonly QuotedPlace[] {
  // Readers write the line ends and quotation marks of JSON out.
  const wanted = keyOf(part.replaceAll(/\\[nrt](?![A-Za-z])/g, " ")).key;
  if (wanted === "") return [];
  const { key, places } = keyOf(text);
  const found: QuotedPlace[] = [];
  for (let at = key.indexOf(wanted); at >= 0; at = key.indexOf(wanted, at + 1)) {
    const [from = 0, last = 0] = [places[at], places[at + wanted.length - 1]];
    const to = last + String.fromCodePoint(text.codePointAt(last) ?? 0).length;
    const [before, after] = [key.slice(0, at), key.slice(at + wanted.length)];
    found.push({ from, to, isWhole: isWhole(before, wanted, after) });
  }
  return found;
}

export type QuotedPlace = {
  readonly from: number;
  readonly to: number;
  /** False where it is a piece of a longer number or Latin word. */
  readonly isWhole: boolean;
};

/** 12 in 120, 8 in 8万, 2 in 负2 and cat in category are pieces; x in 2x is none. */
const isWhole = (before: string, part: string, after: string): boolean =>
  !(/^[\d.]/u.test(part) && /(?:\d|\d[.,]|负|(?<![\d)A-Za-z])[-−+^/])$/u.test(before)) &&
  !(/\d$/u.test(part) && /^(?:\d|[.,]\d|[%‰万亿千百十^/×]|e\d)/u.test(after)) &&
  !(/^[A-Za-z]/u.test(part) && /[A-Za-z]$/u.test(before)) &&
  !(/[A-Za-z]$/u.test(part) && /^[A-Za-z]/u.test(after));
