import { z } from "zod";

/** A stretch of a text, with its offsets. */
export type Part = { readonly text: string; readonly start: number; readonly end: number };

/**
 * - paragraph: blocks between blank lines; where there is no blank line, every line
 * - line: lines that are not blank
 * - sentence: up to 。！？!? and the quotes that close after it, an English full stop, or the end of a line
 * - item: entries of a list, whatever their marks, without them
 * - part: what a mark that the item names sets apart
 */
export const PartKind = z.enum(["paragraph", "sentence", "line", "item", "part"]);
export type PartKind = z.infer<typeof PartKind>;

/** How parts are cut where the item says so: by texts between them, or after any of several characters. */
export type Cut = { readonly by: readonly string[] } | { readonly at: string };

/** The parts of a text, trimmed, without empty ones. In time linear in the text. */
export function partsOf(text: string, kind: PartKind, cut: Cut | null = null): readonly Part[] {
  if (cut !== null) return "by" in cut ? between(text, cut.by) : after(text, cut.at);
  switch (kind) {
    case "paragraph":
      return /\n[^\S\n]*\n/.test(text.trim()) ? blocks(text) : lines(text);
    case "line":
      return lines(text);
    case "sentence":
      return lines(text).flatMap(sentences);
    case "item":
      return items(text);
    case "part":
      return blocks(text);
  }
}

/** The numbers and dots that can stand before an entry of a list. */
const marker =
  /^[^\S\n]*(?:[•·●○■□◆▪]|[-–](?=\s|\p{Script=Han}|$)|[*+](?=\s|$)|(?:\*\*)?(?:\d{1,3}|[a-zA-Z])[.、)）](?!\d)|[（(](?:\d{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[)）]|[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十\d]{1,3}[，、：:]|[①-⑳])\s*/u;

/** The mark of a list's entry at the beginning of a line, or null. */
const markerOf = (line: string): string | null => marker.exec(line)?.[0] ?? null;

/** The stretch between two offsets, without white space at its ends; null where nothing else is in it. */
function trimmed(text: string, start: number, end: number): readonly Part[] {
  const raw = text.slice(start, end);
  const bare = raw.trim();
  if (bare === "") return [];
  const from = start + (raw.length - raw.trimStart().length);
  return [{ text: bare, start: from, end: from + bare.length }];
}

function between(text: string, marks: readonly string[]): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const { start, mark } of placesOf(text, marks)) {
    parts.push(...trimmed(text, from, start));
    from = start + mark.length;
  }
  return [...parts, ...trimmed(text, from, text.length)];
}

/** Where the marks stand, in order and without overlaps. */
function* placesOf(
  text: string,
  marks: readonly string[],
): Generator<{ readonly start: number; readonly mark: string }> {
  // Where two marks begin at one place, the longer one is meant.
  const longest = marks.toSorted((a, b) => b.length - a.length);
  let nexts = longest.map((mark) => text.indexOf(mark));
  for (;;) {
    const found = nexts.filter((at) => at >= 0);
    if (found.length === 0) return;
    const start = Math.min(...found);
    const mark = longest[nexts.indexOf(start)] ?? "";
    yield { start, mark };
    const reached = start + Math.max(1, mark.length);
    nexts = nexts.map((next, index) =>
      next >= 0 && next < reached ? text.indexOf(longest[index] ?? "", reached) : next,
    );
  }
}

/**
 * How many stretches marks set apart, empty ones too. Marks of different kinds with nothing but white space between them,
 * such as the one of a sentence and the one of its paragraph, are one end. In time linear in the text.
 */
export function stretchesBetween(text: string, marks: readonly string[]): number {
  let count = 1;
  let run: readonly string[] = [];
  let reached = 0;
  for (const { start, mark } of placesOf(text, marks)) {
    const isNext = run.length > 0 && text.slice(reached, start).trim() === "";
    const isSame = !isNext || run.includes(mark);
    if (isSame) count += 1;
    run = isSame ? [mark] : [...run, mark];
    reached = start + mark.length;
  }
  return count;
}

/** The marks belong to the part before them, and a run of them is one end. */
function after(text: string, marks: string): readonly Part[] {
  const ends = new Set(Array.from(marks));
  const parts: Part[] = [];
  let from = 0;
  let ended = false;
  let at = 0;
  for (const point of text) {
    const isEnd = ends.has(point);
    if (ended && !isEnd) {
      parts.push(...trimmed(text, from, at));
      from = at;
    }
    ended = isEnd;
    at += point.length;
  }
  return [...parts, ...trimmed(text, from, text.length)].filter((part) =>
    Array.from(part.text).some((point) => !ends.has(point)),
  );
}

function split(text: string, mark: RegExp): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const { index, 0: found } of text.matchAll(mark)) {
    parts.push(...trimmed(text, from, index));
    from = index + found.length;
  }
  return [...parts, ...trimmed(text, from, text.length)];
}

const lines = (text: string): readonly Part[] => split(text, /\n/g);
const blocks = (text: string): readonly Part[] => split(text, /\n(?:[^\S\n]*\n)+/g);

const sentenceEnd = /(?:[。！？!?]+|(?<=[A-Za-z\d)]{2})\.(?=\s+[A-Z"“]))[”’」』）)》"'*]*/gu;

function sentences(line: Part): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  const take = (end: number): void => {
    for (const part of trimmed(line.text, from, end))
      if (/[\p{L}\p{N}]/u.test(part.text))
        parts.push({ ...part, start: line.start + part.start, end: line.start + part.end });
    from = end;
  };
  for (const { index, 0: found } of line.text.matchAll(sentenceEnd)) take(index + found.length);
  take(line.text.length);
  return parts;
}

/** A line of a text with a list; `mark` is null where it opens no entry of the outermost level. */
export type ListLine = Part & { readonly mark: string | null; readonly isIndented: boolean };

/** The lines of a text, and which of them open entries. What is indented below an entry belongs to it, marks and all. */
export function listLines(text: string): readonly ListLine[] {
  let outermost: number | null = null;
  return lines(text).map((line) => {
    const indent = line.start - (text.lastIndexOf("\n", line.start - 1) + 1);
    const mark = markerOf(line.text);
    if (mark !== null) outermost ??= indent;
    const isIndented = indent > (outermost ?? indent);
    return { ...line, mark: isIndented ? null : mark, isIndented };
  });
}

/** Lines that follow an entry belong to it, up to the next entry or a blank line before a line that is not indented. */
function items(text: string): readonly Part[] {
  const found: Part[] = [];
  let reached = 0;
  let start: number | null = null;
  const close = (): void => {
    if (start !== null) found.push(...trimmed(text, start, reached));
    start = null;
  };
  for (const { mark, isIndented, ...line } of listLines(text)) {
    const isApart = start !== null && /\n[^\S\n]*\n/.test(text.slice(reached, line.start));
    if (mark !== null || (isApart && !isIndented)) close();
    if (mark !== null) start = line.start + mark.length;
    if (start !== null) reached = line.end;
  }
  close();
  return found;
}
