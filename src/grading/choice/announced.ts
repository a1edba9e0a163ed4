import type { Group } from "./group.ts";
import type { Announcement } from "./markers.ts";
import type { Candidate, ChoiceReading, Found } from "./reading.ts";

import { enumeration, letterLinesFrom } from "./group.ts";
import { announcementAt, kindOf, triggersFromLast } from "./markers.ts";
import { optionBegun, optionOfNumbers, optionSaid, optionsListed } from "./option-text.ts";

/** The last announcement that is no supposition; weak ones are kept until stronger ways have given nothing. */
export function announcedChoices(reading: ChoiceReading, strong: boolean): readonly Candidate[] {
  const { text, labels, stem } = reading;
  let supposed: readonly Candidate[] = [];
  for (const word of strong ? triggersFromLast(text) : reading.weak) {
    const kind = kindOf(word, text, stem);
    if (kind === null) continue;
    if (kind.strong !== strong) {
      reading.weak.push(word);
      continue;
    }
    const each = announcementAt(word, kind, text, labels);
    const found = each === null ? null : announcedChoice(each, reading);
    if (found === null) continue;
    const candidate = { ...found, at: word.start, strength: strong ? "said" : "judged" } as const;
    if (!isSupposed(text, word.start)) return [candidate];
    if (supposed.length === 0) supposed = [candidate];
  }
  return supposed;
}

const supposition = /(?:如果|假如|倘若|要是|若)[^。\n!?;]{0,12}(?:题|问|改|换成|看成|说的|指的)/;

const codes = (chars: string): ReadonlySet<number> =>
  new Set(Array.from(chars, (char) => char.charCodeAt(0)));
const sentenceEnds = codes("。\n!?;");
const suppositionStarts = codes("如假倘要若");

/** 如果题目问的是黄河，答案就是A: another question's answer. */
function isSupposed(text: string, start: number): boolean {
  let from = start;
  let isOpen = false;
  for (; from > 0 && start - from < 60; from--) {
    const char = text.charCodeAt(from - 1);
    if (sentenceEnds.has(char)) break;
    isOpen ||= suppositionStarts.has(char);
  }
  return isOpen && supposition.test(text.slice(from, start));
}

function announcedChoice(each: Announcement, reading: ChoiceReading): Found | null {
  if (each.group !== null) {
    const listed =
      reading.several && each.group.letters.length === 1 ? listedAt(each, reading) : null;
    return listed ?? choiceOf(each.group, each.why, reading);
  }
  if (each.ordinal !== null) return { letters: [each.ordinal], why: `${each.why}: ordinal` };
  const several = reading.several ? textsAt(each.at, reading) : [];
  if (several.length > 0) return { letters: several, why: `${each.why}: option texts` };
  const words = optionAt(each.at, each.why, reading);
  if (words !== null) return { letters: [words], why: `${each.why}: option text` };
  if (each.none) return { letters: [], why: `${each.why}: none` };
  return reading.several ? listedAt(each, reading) : null;
}

export function choiceOf(group: Group, why: string, { several }: ChoiceReading): Found {
  if (group.hedged) return { letters: [], why: `${why}: hedged` };
  if (group.outside) return { letters: [], why: `${why}: outside the options` };
  if (group.letters.length > 1 && !several) return { letters: [], why: `${why}: several letters` };
  return { letters: group.letters, why };
}

/** The option whose words begin here and reach to the end of the clause or line. */
function optionAt(at: number, why: string, { text, gold }: ChoiceReading): string | null {
  const lineEnd = text.indexOf("\n", at);
  const line = text.slice(at, Math.min(lineEnd < 0 ? text.length : lineEnd, at + 300));
  if (why === "boxed") return optionSaid(boxedIn(line), gold);
  // 选 is a common verb: its object must be an option's words and nothing else.
  if (why === "conclusion") return optionSaid(line.split(/[。;,(!]/)[0] ?? "", gold);
  return optionBegun(line, gold) ?? optionOfNumbers(line.split(/[。;!?]/)[0] ?? "", gold);
}

/** The options whose words are listed here, up to the end of the sentence. */
const textsAt = (at: number, { text, gold }: ChoiceReading): readonly string[] =>
  optionsListed(text.slice(at, at + 300).split(/[。!\n]/)[0] ?? "", gold);

/** The content of the braces at the start. */
function boxedIn(line: string): string {
  let depth = 0;
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    if (char === "{") depth++;
    if (char === "}") depth--;
    if (depth === 0) return line.slice(1, at);
  }
  return line;
}

/** Options listed one per line after an announcement: 答案：\nA. …\nC. …. */
function listedAt({ at, why }: Announcement, { text, labels }: ChoiceReading): Found | null {
  const block = text.slice(text.lastIndexOf("\n", at) + 1);
  const lines = letterLinesFrom(block, 0, labels)?.letters ?? [];
  const letters = lines.length > 1 ? lines : enumeration(text.slice(at), labels);
  return letters.length === 0 ? null : { letters, why: `${why}: listed` };
}
