import type { Group } from "./group.ts";
import type { Labels } from "./labels.ts";

import { groupAt } from "./group.ts";

const lineStart =
  /[ \t]{0,8}(?:>[ \t]?)?(?:[-*•][ \t]+)?(?:#+[ \t]*)?[*_`"'“‘$]{0,4}(?:选项|选|第)?[ \t]?[([【〖『《{*]{0,3}["'“‘]{0,2}/y;
const lineRest = /[ \t)\]】〗』》}*_`"'”’$。.,!;]{0,8}(?:<[^>\n]{0,8}>)?[ \t]{0,8}(?=\n|$)/y;

/** The labels at the start of a line. */
export function groupInLine(text: string, start: number, labels: Labels): Group | null {
  lineStart.lastIndex = start;
  return lineStart.test(text) ? groupAt(text, lineStart.lastIndex, labels, true) : null;
}

export const firstGroup = (text: string, labels: Labels): Group | null =>
  groupInLine(text, Math.max(0, text.search(/\S/)), labels);

/** True where their line contains nothing but these labels. */
export function isAlone(text: string, group: Group): boolean {
  lineRest.lastIndex = group.end;
  return lineRest.test(text);
}

/** The labels of consecutive lines with nothing else, from `from` on; null where there is no such line. */
export function letterLinesFrom(text: string, from: number, labels: Labels): Group | null {
  let found: Group | null = null;
  let at = from;
  while (at < text.length) {
    const group = groupInLine(text, at, labels);
    const end = lineEnd(text, at);
    if (group !== null && group.end <= end && isAlone(text, group)) found = joined(found, group);
    else if (!empty.test(text.slice(at, end))) break;
    at = end + 1;
  }
  return found;
}

/** A blank line, or one that opens or closes a code block. */
const empty = /^\s*(?:`{3,}[a-z]{0,10}\s*)?$/;

/** The same for the last lines. */
export function lastLetterLines(text: string, labels: Labels): Group | null {
  let found: Group | null = null;
  const ink = lastInk(text, text.length);
  let end = text.startsWith("```", ink - 3) ? lastInk(text, ink - 3) : ink;
  while (end > 0) {
    const start = text.lastIndexOf("\n", end - 1) + 1;
    const group = groupInLine(text, start, labels);
    if (group === null || group.end > end || !isAlone(text, group)) break;
    found = joined(group, found);
    end = lastInk(text, start);
  }
  return found;
}

/** End of the text before an offset, white space ignored. */
function lastInk(text: string, before: number): number {
  let end = before;
  while (end > 0 && /\s/.test(text.charAt(end - 1))) end--;
  return end;
}

function joined(first: Group | null, second: Group | null): Group {
  const all = [first, second].filter((each) => each !== null);
  return {
    start: Math.min(...all.map(({ start }) => start)),
    end: Math.max(...all.map(({ end }) => end)),
    letters: [...new Set(all.flatMap(({ letters }) => letters))].toSorted(),
    hedged: all.some(({ hedged }) => hedged),
    outside: all.some(({ outside }) => outside),
  };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

const listMark =
  /(?:(?:^|[\n,。;:])[ \t]*(?:[-*•][ \t]+)?(?:首先|其次|再看|然后|接着|最后|对于|关于)?,?[*(（【]{0,3}(?:选项)?[ ]?([A-Z])(?![A-Za-z])[)）】*]{0,3}[ \t]?(?:选?项)?中?[ \t]?[.。、:,)是的正错不对“"'‘]|、[ ]?([A-Z])[.:])[ \t]*/g;

/** The labels of a list of options: two or more, ascending, from the start of the text. */
export function enumeration(text: string, labels: Labels): readonly string[] {
  const letters: string[] = [];
  let first = -1;
  listMark.lastIndex = 0;
  for (let mark = listMark.exec(text); mark !== null; mark = listMark.exec(text)) {
    const letter = mark[1] ?? mark[2] ?? "";
    if (!labels.list.includes(letter)) continue;
    if (first < 0) first = mark.index;
    if (letters.includes(letter)) continue;
    if (letter < (letters.at(-1) ?? "")) return [];
    letters.push(letter);
  }
  if (first < 0 || letters.length < 2) return [];
  return text.slice(0, first).trim().length <= 30 ? letters : [];
}
