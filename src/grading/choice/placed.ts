import type { Labels } from "./question/labels.ts";
import type { Candidate, ChoiceReading, Found } from "./reading.ts";

import { choiceOf } from "./announced.ts";
import { lastLetterLines, letterLinesFrom } from "./label-lines.ts";
import { asCandidate } from "./reading.ts";
import { sortedOut } from "./sides/sorted.ts";

/** One or more first or last lines with nothing but labels. */
export function letterLines(reading: ChoiceReading): readonly Candidate[] {
  const { text, labels } = reading;
  const last = lastLetterLines(text, labels);
  const sorted = reading.several && last !== null ? sortedOut(reading) : null;
  if (sorted !== null) return placed(sorted);
  if (last !== null) return placed(choiceOf(last, "letter line", reading));
  // A single line is also the last one, which has been checked.
  const start = labels.latin && text.includes("\n") ? text.search(/\S/) : -1;
  const first = start < 0 ? null : letterLinesFrom(text, start, labels);
  if (first === null || goesOn(text, first.end, labels)) return [];
  return placed(choiceOf(first, "letter line", reading));
}

/** Further options follow, each with more than its label: a list of what the question offers. */
function goesOn(text: string, from: number, labels: Labels): boolean {
  const next = /\n\s*(?:[-*•]\s+)?[*(【]{0,3}([A-Z])[.、:)】]/y;
  next.lastIndex = text.indexOf("\n", from);
  const label = next.lastIndex < 0 ? undefined : next.exec(text)?.[1];
  return label !== undefined && labels.list.includes(label);
}

/** B。理由如下: an answer, and then why. */
export function reasoned({ text, labels, several }: ChoiceReading): readonly Candidate[] {
  const letter = reasons.exec(text.slice(0, 40))?.[1];
  return several || letter === undefined || !labels.list.includes(letter)
    ? []
    : placed({ letters: [letter], why: "leading letter" });
}

const reasons =
  /^[\s*(【"“]{0,6}([A-Z])(?:选?项)?[)】"”*]{0,4}[ ]?[.。,:;\n][\s*]{0,6}(?:理由|原因|解析|分析|因为|because)/i;

/** One line with nothing but a label, amid others: 首都是：\n\nC\n\nA 是最大的城市. */
export function loneLine({ text, labels, several }: ChoiceReading): readonly Candidate[] {
  if (several || !labels.latin || text.length > 4_000 || !text.includes("\n")) return [];
  const alone = new Set<string>();
  for (let at = 0, end = 0; at < text.length; at = end + 1) {
    end = text.indexOf("\n", at);
    if (end < 0) end = text.length;
    if (end === at || end - at > longestLine) continue;
    const group = letterLinesFrom(text.slice(at, end), 0, labels);
    for (const letter of group?.letters ?? []) alone.add(letter);
  }
  return alone.size === 1 ? placed({ letters: [...alone], why: "letter line" }) : [];
}

/** The reply ends in a clause that is nothing but a label: …才对，D。, 判断——B. */
export function finalLabel({ text, labels, several }: ChoiceReading): readonly Candidate[] {
  const letter = several || !labels.latin ? undefined : final.exec(text.trimEnd().slice(-24))?.[1];
  if (letter === undefined || !labels.list.includes(letter)) return [];
  const before = text.trimEnd().slice(-60);
  return /还是|或者?|可能|也许|不是|非|顺序|次序|排|第 ?[\d一二三四五]名/.test(before)
    ? []
    : placed({ letters: [letter], why: "last label", doubtful: true });
}

const final =
  /(?<![A-H][ ]?)(?:[,:;!]|[—–]{1,2})[ ]?(?:(?:于是|因此|所以|因而|那么|那就|故)(?:只能|就)?[选是为]?)?[ ]?["“(*]{0,3}([A-H])[)”"*]{0,3}[。.!~]{0,2}$/;

/** A line with a label, its marks and perhaps a word before it. */
const longestLine = 24;

const placed = (found: Found): readonly Candidate[] => asCandidate(found, "placed", 0);
