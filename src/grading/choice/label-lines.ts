import type { Group } from "./group.ts";
import type { Labels } from "./question/labels.ts";

import { groupAt } from "./group.ts";

export const firstGroup = (text: string, labels: Labels): Group | null =>
  groupInLine(text, Math.max(0, text.search(/\S/)), labels);

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

const lineStart =
  /[ \t]{0,8}(?:>[ \t]?)?(?:[-*•][ \t]+)?(?:#+[ \t]*)?(?:(?![❌❎✗✘✖👎🙅🚫⛔])[\p{So}\ufe0f∴⇒→][ \t]?){0,3}(?:(?:\d{1,2}[.)、]|[①-⑧])[ \t]?)?[*_`"'“‘「$]{0,4}(?:[Oo]ption |[Cc]hoice |[Aa]nswer |答|选项|选|第|故|所以|因此)?[ \t]?[([【〖『《「{*]{0,3}["'“‘]{0,2}/uy;

const lineRest = /[ \t)\]】〗』》」}*_`"'”’$。.,!;]{0,8}(?:<[^>\n]{0,8}>)?[ \t]{0,8}(?=\n|$)/y;

/** The labels at the start of a line. */
function groupInLine(text: string, start: number, labels: Labels): Group | null {
  lineStart.lastIndex = start;
  return lineStart.test(text) ? groupAt(text, lineStart.lastIndex, labels, true) : null;
}

/** True where their line contains nothing but these labels. */
function isAlone(text: string, group: Group): boolean {
  lineRest.lastIndex = group.end;
  return lineRest.test(text);
}

/** A blank line, or one that opens or closes a code block. */
const empty = /^\s*(?:`{3,}[a-z]{0,10}\s*)?$/;

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
