import type { Gold } from "../../domain/grader.ts";
import type { Group } from "./group.ts";
import type { Labels, Stem } from "./labels.ts";
import type { Announcement } from "./markers.ts";
import type { Found, ChoiceReading } from "./reading.ts";
import type { OptionVerdicts } from "./verdicts.ts";

import { concluded, correctedAfter } from "./concluded.ts";
import { mentions, enumeration, firstGroup, lastLetterLines, letterLinesFrom } from "./group.ts";
import { stemOf } from "./labels.ts";
import { announcementAt, kindOf, triggersFromLast } from "./markers.ts";
import { optionBegun, optionSaid, optionsListed, optionOfNumbers } from "./option-text.ts";
import { chosenBy, readOptionVerdicts, verdictBehind } from "./verdicts.ts";

/**
 * Extracts the choice from a folded reply. The first of these that decides: the last announcement (答案：, 故选, boxed);
 * a line with only a label; a label before a discussion; verdicts on the options; an option's own words; a conclusion
 * that names one option; only one option mentioned at all.
 */
export function findChoice(text: string, gold: Gold, labels: Labels, several: boolean): Found {
  const short = shortReply(text, labels);
  if (short !== null) return { letters: [short], why: "marker" };
  const words = exactOption(text, gold, labels);
  if (words !== null) return { letters: [words], why: "option text" };
  const reading = { text, gold, labels, several, stem: stemOf(gold.question), weak: [] };
  return (
    lastAnnounced(reading, true) ??
    letterLine(reading) ??
    discussed(reading) ??
    lastAnnounced(reading, false) ??
    concluded(reading) ?? { letters: [], why: "no answer found" }
  );
}

const announcedLetter =
  /^(?:(?:\*\*|【)?(?:[Aa]nswer|(?:最终|正确|参考)?答案)】?[ ]?[:是为]?(?:\*\*)?|故选)?[ ]?(?<!^\*\*)([A-Z])[.。]?(?:\*\*)?[.。]?$/;

const boxedLetter = /^\$*\\boxed\{([A-Z])\}\$*$/;

/** The most common short forms, without the cascade. */
function shortReply(text: string, labels: Labels): string | null {
  if (text.length > 16) return null;
  const letter = (announcedLetter.exec(text) ?? boxedLetter.exec(text))?.[1];
  return letter !== undefined && labels.list.includes(letter) ? letter : null;
}

/** The one option that the reply equals, character for character. */
function exactOption(text: string, { options }: Gold, labels: Labels): string | null {
  if (options === null || text.length > 60) return null;
  let found: string | null = null;
  for (const label of labels.list) {
    if (options[label] !== text) continue;
    if (found !== null) return null;
    found = label;
  }
  return found;
}

function lastAnnounced(reading: ChoiceReading, strong: boolean): Found | null {
  const { text, labels, stem } = reading;
  let supposed: Found | null = null;
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
    if (!isSupposed(text, word.start))
      return correctedAfter(each?.group?.end ?? text.length, reading) ?? found;
    supposed ??= found;
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

function choiceOf(group: Group, why: string, { several }: ChoiceReading): Found {
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

/** One or more first or last lines with nothing but labels. */
function letterLine(reading: ChoiceReading): Found | null {
  const { text, labels } = reading;
  const last = lastLetterLines(text, labels);
  if (last !== null) return choiceOf(last, "letter line", reading);
  // A single line is also the last one, which has been checked.
  const start = labels.latin && text.includes("\n") ? text.search(/\S/) : -1;
  const first = start < 0 ? null : letterLinesFrom(text, start, labels);
  return first === null ? null : choiceOf(first, "letter line", reading);
}

/** Replies without an announcement: a label first, or options taken one by one. */
function discussed(reading: ChoiceReading): Found | null {
  const { text, labels, stem, several } = reading;
  const groups = mentions(text, labels);
  const lead = leadingGroup(reading);
  const named = namedIn(groups);
  // A label with no other mentioned: the most common form of all.
  if (lead !== null && !several && named < 2 && verdictBehind(text, lead) === null)
    return choiceOf(lead, "leading letter", reading);
  if (named > 1 && !several && hedges(text, groups)) return { letters: [], why: "hedged" };
  const judged = readOptionVerdicts(text, groups, stem, several);
  const listed = named < 2 || (lead === null && !several) ? [] : enumeration(text, labels);
  const counted = judged.truth.size + judged.picked.size;
  const chosen = chosenBy(judged, labels, stem, several);
  if (
    lead !== null &&
    listed.length === 0 &&
    !(several && lead.letters.length === 1 && counted > 1) &&
    (several || leads(lead, judged, chosen?.letters[0] ?? null, stem))
  ) {
    return choiceOf(lead, "leading letter", reading);
  }
  if (chosen !== null) return chosen;
  return several && listed.length > 0 && counted === 0
    ? { letters: listed, why: "listed options" }
    : null;
}

/** The verdicts, where there are any, support the label that the reply begins with. */
function leads(lead: Group, judged: OptionVerdicts, chosen: string | null, stem: Stem): boolean {
  const counted = judged.truth.size + judged.picked.size;
  const isJudged = judged.direct.has(lead.letters[0] ?? "");
  if (counted < 2 && (stem === "unknown" || !isJudged)) return true;
  if (chosen !== null && chosen === lead.letters[0]) return true;
  return !contradicts(judged, lead, stem) && !isTied(judged, lead);
}

/** Number of different labels named; counting stops at two. */
function namedIn(groups: readonly Group[]): number {
  const first = groups[0]?.letters[0];
  if (first === undefined) return 0;
  return groups.every(({ letters }) => letters.length === 1 && letters[0] === first) ? 1 : 2;
}

function hedges(text: string, groups: readonly Group[]): boolean {
  if (!text.includes("可能") && !text.includes("许")) return false;
  const maybe = groups.filter((group) => mayBe(text, group)).flatMap(({ letters }) => letters);
  return new Set(maybe).size > 1;
}

const maybeSo = /[ \t)\]】*"'”]{0,6}(?:选?项)?[ \t]?(?:都|也|均)?(?:是)?有可能/y;

function mayBe(text: string, { start, end }: Group): boolean {
  maybeSo.lastIndex = end;
  return maybeSo.test(text) || perhaps.test(text.slice(Math.max(0, start - 6), start));
}

const perhaps = /(?:可能|也许|或许)(?:是|选|为)[ (*]{0,2}$/;

/** All judged options get the same verdict, so the first has no special role: A项错误，C项也错误。 */
function isTied({ truth, picked, direct }: OptionVerdicts, lead: Group): boolean {
  const [letter = ""] = lead.letters;
  const own = truth.get(letter);
  if (own === undefined || picked.size > 0 || !direct.has(letter)) return false;
  const alike = [...truth.values()].filter((value) => value === own).length;
  return alike > 1 && truth.size < 4 && [...truth.values()].every((value) => value === own);
}

/** The reply's own verdict on its leading option is not what the question asks for. */
function contradicts(judged: OptionVerdicts, lead: Group, stem: Stem): boolean {
  const [letter = ""] = lead.letters;
  if (judged.picked.get(letter) === false) return true;
  if (stem === "not") return judged.truth.get(letter) === true && judged.direct.has(letter);
  return judged.truth.get(letter) === (stem === "wrong");
}

const leadRest =
  /[ \t)\]】}*_`"'”’$]{0,6}(?:选?项)?[ \t]?(?:[.。、:,;(—-]|\n|$|是?正确|[ \t]?[^A-Za-z\d\s?])/y;

/** The labels with which the reply begins, unless the text after them makes them part of something else. */
function leadingGroup(reading: ChoiceReading): Group | null {
  const first = firstGroup(reading.text, reading.labels);
  if (first === null) return null;
  leadRest.lastIndex = first.end;
  return leadRest.test(reading.text) ? first : null;
}

/** Options listed one per line after an announcement: 答案：\nA. …\nC. …. */
function listedAt({ at, why }: Announcement, { text, labels }: ChoiceReading): Found | null {
  const block = text.slice(text.lastIndexOf("\n", at) + 1);
  const lines = letterLinesFrom(block, 0, labels)?.letters ?? [];
  const letters = lines.length > 1 ? lines : enumeration(text.slice(at), labels);
  return letters.length === 0 ? null : { letters, why: `${why}: listed` };
}
