import type { Draw } from "../draw.ts";

import { pairs, rhymeGroups, toneClasses, verbs } from "./words.ts";

export type ToneBook = keyof typeof toneClasses;
export type VerseSize = 5 | 7;

/** A verse: its lines, their patterns (平, 仄, or 中 for either), which of them rhyme, and what is wrong with it. */
export type FaultyVerse = {
  readonly lines: readonly string[];
  readonly patterns: readonly string[];
  readonly rhyming: readonly number[];
  /** In the book's own words. */
  readonly rhyme: string;
  /** Characters, in the order of the verse, each of which stands in it once. */
  readonly faults: readonly string[];
};

const shapes = { a: "中仄中平仄", b: "平平中仄平", c: "中平平仄仄", d: "中仄仄平平" } as const;
export type Shape = keyof typeof shapes;
const orders: readonly string[] = ["abcd", "dbcd", "cdab", "bdab"];

const patternOf = (shape: Shape, size: VerseSize): string => {
  const five = shapes[shape];
  return size === 5 ? five : `中${five[1] === "平" ? "仄" : "平"}${five}`;
};

const group = (character: string, book: ToneBook): string | null => {
  const found = rhymeGroups.find(({ characters }) => characters.includes(character));
  if (found === undefined) return null;
  return book === "今音" ? found.modern : found.old;
};

const fits = (character: string, tone: string | undefined, book: ToneBook): boolean =>
  tone === "中" || toneClasses[book][tone === "平" ? "平" : "仄"].includes(character);

/** What fits a stretch of a pattern, and ends on a rhyme where one is asked for. */
function wordFor(
  draw: Draw,
  pattern: string,
  {
    book,
    taken,
    rhyme,
  }: { book: ToneBook; taken: string; rhyme: ((own: string | null) => boolean) | null },
): string | null {
  const from = pattern.length === 1 ? verbs : pairs;
  const found = from.filter((word) => {
    for (let at = 0; at < word.length; at += 1)
      if (!fits(word[at] ?? "", pattern[at], book) || taken.includes(word[at] ?? "")) return false;
    return rhyme === null || rhyme(group(word.at(-1) ?? "", book));
  });
  return found.length === 0 ? null : draw.pick(found);
}

const cutsOf = (size: VerseSize): readonly (readonly [number, number])[] =>
  size === 5
    ? [
        [0, 2],
        [2, 3],
        [3, 5],
      ]
    : [
        [0, 2],
        [2, 4],
        [4, 5],
        [5, 7],
      ];

/** The four patterns of a line of seven characters. */
export const linePatterns: Readonly<Record<Shape, string>> = {
  a: patternOf("a", 7),
  b: patternOf("b", 7),
  c: patternOf("c", 7),
  d: patternOf("d", 7),
};

/** After 平水韵; null where the group is not known for certain. */
const rhymeOf = (character: string): string | null => group(character, "平水韵");

/**
 * A line of seven characters after a pattern, which ends on the rhyme where the pattern rhymes and has no character of
 * `taken`; a faulty one breaks its pattern in the second, fourth or sixth place. Null where the words do not suffice.
 */
export function drawLine(
  draw: Draw,
  {
    shape,
    rhyme,
    taken,
    isFaulty,
  }: { shape: Shape; rhyme: string; taken: string; isFaulty: boolean },
): string | null {
  const own = Array.from(linePatterns[shape]);
  const fault = isFaulty ? draw.pick([1, 3, 5]) : null;
  const asked = own.map((tone, at) => (at === fault ? flipped(tone) : tone)).join("");
  const isRhyming = asked.endsWith("平");
  let line = "";
  for (const [from, to] of cutsOf(7)) {
    const words = wordsOf(asked.slice(from, to), isRhyming && to === 7 ? rhyme : null);
    const isFree = (word: string): boolean =>
      Array.from(word).every((each) => !taken.includes(each) && !line.includes(each));
    const free = words.filter(isFree);
    if (free.length === 0) return null;
    line += draw.pick(free);
  }
  return line;
}

const knownWords = new Map<string, readonly string[]>();

/** Words that fit a stretch of a pattern by 平水韵, and the rhyme. */
function wordsOf(pattern: string, rhyme: string | null): readonly string[] {
  const key = `${pattern} ${rhyme ?? ""}`;
  const known = knownWords.get(key);
  if (known !== undefined) return known;
  const found = (pattern.length === 1 ? verbs : pairs).filter(
    (word) =>
      Array.from(word).every((each, at) => fits(each, pattern[at], "平水韵")) &&
      (rhyme === null || rhymeOf(word.at(-1) ?? "") === rhyme),
  );
  knownWords.set(key, found);
  return found;
}

/** The second half of eight lines never has a rhyme in its first. */
const wholeOrder = (order: string): string =>
  `${order}${order.startsWith("a") || order.startsWith("d") ? "abcd" : "cdab"}`;

/** A verse of so many lines with so many faults; null where the words do not suffice for the draw. */
export function drawVerse(
  draw: Draw,
  {
    book,
    size,
    length,
    faults,
  }: { book: ToneBook; size: VerseSize; length: 4 | 8; faults: number },
): FaultyVerse | null {
  const order = draw.pick(orders);
  const all = length === 4 ? order : wholeOrder(order);
  const patterns = Array.from(all, (shape) => patternOf(shape as Shape, size));
  const rhyming = patterns.flatMap((pattern, at) => (pattern.endsWith("平") ? [at] : []));
  const { old, modern } = draw.pick(rhymeGroups);
  const rhyme = book === "今音" ? modern : old;
  const cells = patterns.flatMap((pattern, line) =>
    cutsOf(size).map(([from, to]) => ({ line, from, to, pattern: pattern.slice(from, to) })),
  );
  const planted = draw.sample(
    cells.flatMap((cell, at) =>
      Array.from(cell.pattern).flatMap((tone, place) => {
        const isEnd = cell.from + place === size - 1;
        if (isEnd) return rhyming.includes(cell.line) ? [{ at, place, isRhyme: true }] : [];
        return tone === "中" ? [] : [{ at, place, isRhyme: false }];
      }),
    ),
    faults,
  );
  if (new Set(planted.map(({ at }) => at)).size < faults) return null;
  const words: string[] = [];
  const wrong: string[] = [];
  for (const [at, { line, to, pattern }] of cells.entries()) {
    const fault = planted.find((each) => each.at === at);
    const isRhymeWord = to === size && rhyming.includes(line);
    const ownRhyme = (own: string | null): boolean =>
      fault?.isRhyme === true ? own !== null && own !== rhyme : own === rhyme;
    const asked = Array.from(pattern)
      .map((tone, place) =>
        fault?.isRhyme === false && fault.place === place ? flipped(tone) : tone,
      )
      .join("");
    const word = wordFor(draw, asked, {
      book,
      taken: words.join(""),
      rhyme: isRhymeWord ? ownRhyme : null,
    });
    if (word === null) return null;
    words.push(word);
    if (fault !== undefined) wrong.push(Array.from(word)[fault.place] ?? "");
  }
  const perLine = cutsOf(size).length;
  const lines = patterns.map((_, at) => words.slice(at * perLine, (at + 1) * perLine).join(""));
  return { lines, patterns, rhyming, rhyme, faults: wrong };
}

const flipped = (tone: string): string => (tone === "平" ? "仄" : "平");
