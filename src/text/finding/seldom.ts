import { neededCharacters } from "./needed-characters.ts";

/** What is asked of a pattern for one text; `may` is false where it is certainly not found, and runs nothing. */
export type Finder = {
  readonly pattern: RegExp;
  readonly may: (text: string) => boolean;
  readonly test: (text: string) => boolean;
  readonly exec: (text: string) => RegExpExecArray | null;
};

/** Questions after which a pattern is prepared: a run of a few items would pay more for the characters of its patterns than for the patterns. */
export const enough = 512;
/** Patterns, in words of 32. */
const words = 14;
/** Texts that are looked at by turns: a reply, a part of it, a sentence, a clause. */
const kept = 4;

/** Of each UTF-16 unit its row in `rows`, whose bits are the patterns that need it among others; 0 for most. */
const rowOf = new Uint16Array(0x1_0000);
let rows = new Uint32Array(words * 256);
let rowCount = 1;
let enrolled = 0;

const texts: (string | null)[] = Array.from({ length: kept }, () => null);
const found = new Uint32Array(words * kept);
let next = 0;

/**
 * A pattern that few texts hold, for texts that are looked at for many such patterns: one scan of a text tells of all of them
 * which may be found in it, by the characters that they need, and only those are run. It finds what the pattern finds; of one
 * with the flag g or y only `may` may be asked.
 */
export function seldom(pattern: RegExp): Finder {
  let asked = 0;
  let [word, bit] = [-1, 0];
  const may = (text: string): boolean => {
    if (word >= 0) return ((found[placeOf(text) + word] ?? 0) & bit) !== 0;
    if (asked < enough && ++asked === enough) [word, bit] = enrol(pattern);
    return true;
  };
  return {
    pattern,
    may,
    test: (text) => may(text) && pattern.test(text),
    exec: (text) => (may(text) ? pattern.exec(text) : null),
  };
}

function enrol(pattern: RegExp): [word: number, bit: number] {
  const needed = neededCharacters(pattern);
  if (needed === null || enrolled >= words * 32) return [-1, 0];
  const [word, bit] = [enrolled >> 5, 1 << (enrolled & 31)];
  enrolled += 1;
  for (const char of needed) {
    const code = char.charCodeAt(0);
    const row = rowOf[code] || addedRow(code);
    rows[row * words + word] = (rows[row * words + word] ?? 0) | bit;
  }
  texts.fill(null);
  return [word, bit];
}

function addedRow(code: number): number {
  const row = rowCount++;
  if (rowCount * words > rows.length) {
    const larger = new Uint32Array(rows.length * 2);
    larger.set(rows);
    rows = larger;
  }
  rowOf[code] = row;
  return row;
}

/** Where in `found` the patterns of a text stand. */
function placeOf(text: string): number {
  for (let at = 0; at < kept; at++) if (texts[at] === text) return at * words;
  const at = next;
  next = (next + 1) % kept;
  texts[at] = text;
  const place = at * words;
  found.fill(0, place, place + words);
  for (let index = 0; index < text.length; index++) {
    const row = rowOf[text.charCodeAt(index)] ?? 0;
    if (row === 0) continue;
    for (let word = 0; word < words; word++)
      found[place + word] = (found[place + word] ?? 0) | (rows[row * words + word] ?? 0);
  }
  return place;
}
