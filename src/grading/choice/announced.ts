import type { Gold } from "../../domain/grader.ts";
import type { Group } from "./group.ts";
import type { Announcement } from "./markers.ts";
import type { Candidate, ChoiceReading, Found } from "./reading.ts";
import type { Trigger } from "./remarks.ts";

import { enumeration } from "./enumeration.ts";
import { glossOf } from "./in-words/letters.ts";
import { letterLinesFrom } from "./label-lines.ts";
import { announcementAt, kindOf, triggersFromLast } from "./markers.ts";
import { optionBegun, optionOfNumbers, optionSaid, optionsListed } from "./option-text.ts";
import { optionOfNumber } from "./question/option-words.ts";
import { isAskedForm, isBeside, isDrawn } from "./remarks.ts";

const firstLine =
  /^[\s>#*_]{0,8}(?:【|\[)?(?:最终|正确|参考|我的)?答案(?:】|\])?(?:是|为|应为)?[*_]{0,2}[:：]?[*_\s]{0,4}(?:选项?)?[(["“【*]{0,3}([A-Z])(?=[\s。.,;!)*】"”(]|$)(?![,、][ ]?[A-Z])/;
/** The characters with which such a line can begin. */
const opens = new Set(Array.from(" \t\n>#*_[最正参我答", (char) => char.charCodeAt(0)));
const mayOpen = (text: string): boolean =>
  opens.has(text.charCodeAt(text.charAt(0) === "【" ? 1 : 0));
/** Words after which a reply may name another option without contradicting itself. */
const turns =
  /但|然而|不过|其实|实际|起初|最初|一开始|初步|更正|修正|改|错|误|重新|再|不对|等等|等一?下|稍等|且慢|慢着|再[想看算检核审]|漏|如果|若|假|wait|actually|however|but |correct|mistake|类似|另|不好意思|抱歉|看成|当成|[哦噢啊]不|[看想弄搞记]反|sorry|hmm|reconsider|re-?check|second thought|oops|scratch/i;

/** The answer with which a reply opens; another announcement without a turn in between contradicts it. */
export function openingChoice(
  { text, labels, several }: ChoiceReading,
  last: Candidate | undefined,
): Candidate | null {
  if (several || last === undefined || !mayOpen(text)) return null;
  const letter = firstLine.exec(text)?.[1];
  if (letter === undefined || !labels.list.includes(letter) || last.letters[0] === letter)
    return null;
  if (last.at < 12 || turns.test(text.slice(0, last.at + 20))) return null;
  return { letters: [letter], why: "first line", at: 0, strength: "said", firm: true };
}

/**
 * The last announcement that is no supposition. One in another
 * form than prompts ask for yields to an earlier one in that form: 答案：B, and then 选 C of something else. Where it
 * concludes (故选 C), and nothing was taken back in between, the two contradict each other.
 */
export function announcedChoices(reading: ChoiceReading): readonly Candidate[] {
  const { text, labels, stem } = reading;
  let later: { readonly choice: Candidate; readonly word: Trigger } | null = null;
  for (const word of triggersFromLast(text)) {
    const kind = kindOf(word, text, stem);
    if (kind?.strong !== true) continue;
    const each = announcementAt(word, kind, text, labels);
    const found = each === null ? null : announcedChoice(each, reading);
    if (found === null) continue;
    const candidate: Candidate = {
      letters: found.letters,
      why: found.why,
      at: word.start,
      strength: "said",
      end: each?.group?.end ?? -1,
    };
    if (isSupposed(text, word.start) || isBeside(text, word.start)) continue;
    const isAsked = isAskedForm(word, text);
    if (later === null) {
      if (isAsked || candidate.letters.length === 0 || !mayBeAsked(text)) return [candidate];
      later = { choice: candidate, word };
    } else if (isAsked && candidate.letters.length > 0) {
      return [outOfTwo(candidate, later, text)];
    }
  }
  return later === null ? [] : [later.choice];
}

const mayBeAsked = (text: string): boolean => /答[案桉]|boxed|answer/i.test(text);

/** An announcement in the asked form, or the other one after it. */
function outOfTwo(
  asked: Candidate,
  later: { readonly choice: Candidate; readonly word: Trigger },
  text: string,
): Candidate {
  const { choice, word } = later;
  if (asked.letters.join("") === choice.letters.join("")) return choice;
  if (turns.test(text.slice(asked.at, choice.at + 20))) return choice;
  if (!isDrawn(word, text)) return asked;
  const [first, second] = [asked, choice].map(({ letters, why }) => `${letters.join("")} (${why})`);
  return { ...choice, letters: [], why: `conflict: ${first ?? ""}, ${second ?? ""}` };
}

const supposition = /(?:如果|假如|倘若|要是|若)[^。\n!?;]{0,12}(?:题|问|改|换成|看成|说的|指的)/;

const codes = (chars: string): ReadonlySet<number> =>
  new Set(Array.from(chars, (char) => char.charCodeAt(0)));
const sentenceEnds = codes("。\n!?;");
const suppositionStarts = codes("如假倘要若");

/** 如果题目问的是黄河，答案就是A: another question's answer. */
export function isSupposed(text: string, start: number): boolean {
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
    // 正确选项为 A、B、D, where the wrong one is asked.
    if (
      reading.stem === "wrong" &&
      each.group.letters.length > 1 &&
      !reading.several &&
      each.form.includes("正确")
    )
      return null;
    const listed =
      reading.several && each.group.letters.length === 1
        ? (listedAt(each, reading) ?? repeatedWith(each, reading))
        : null;
    return (
      glossedOtherwise(each.group, each.why, reading) ??
      listed ??
      choiceOf(each.group, each.why, reading)
    );
  }
  if (
    each.ordinal !== null &&
    reading.several &&
    furtherPlace.test(reading.text.slice(each.at, each.at + 24))
  )
    return null;
  if (each.ordinal !== null) return { letters: [each.ordinal], why: `${each.why}: ordinal` };
  const several = reading.several ? textsAt(each.at, reading) : [];
  if (several.length > 0) return { letters: several, why: `${each.why}: option texts` };
  const words = optionAt(each.at, each.why, reading);
  if (words !== null) return { letters: [words], why: `${each.why}: option text` };
  if (each.none) return { letters: [], why: `${each.why}: none` };
  return reading.several ? listedAt(each, reading) : null;
}

/** 第一项、第三项: the places are read together. */
const furtherPlace = /第[^,、和与\n]{1,8}[,、和与及]{1,2} ?第/;

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
  if (why === "boxed") return boxedOption(boxedIn(line).replaceAll("\\%", "%"), gold);
  // 选 is a common verb: its object must be an option's words and nothing else.
  if (why === "conclusion") return optionSaid(line.split(/[。;,(!]/)[0] ?? "", gold);
  const unnumbered = line.replace(/^\d{1,2}[.、)][ ]?(?=\p{L})/u, "");
  return optionBegun(unnumbered, gold) ?? optionOfNumbers(line.split(/[。;!?]/)[0] ?? "", gold);
}

/** The options whose words are listed here, up to the end of the sentence. */
const textsAt = (at: number, { text, gold }: ChoiceReading): readonly string[] =>
  optionsListed(text.slice(at, at + 300).split(/[。!\n]/)[0] ?? "", gold);

const boxedOption = (words: string, gold: Gold): string | null =>
  optionSaid(words, gold) ?? optionOfNumber(words, gold);

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

/** Options listed one per line after an announcement: 答案：\nA. …\nC. …; or on its line: 答案：A. 河水、C. 海水. */
function listedAt({ at, why }: Announcement, { text, labels }: ChoiceReading): Found | null {
  const lineEnd = text.indexOf("\n", at);
  const line = text.slice(at, lineEnd < 0 ? text.length : lineEnd).split("。")[0] ?? "";
  const begins = lineStart(text, at);
  const block = begins === null ? "" : text.slice(begins);
  const lines = block === "" ? [] : (letterLinesFrom(block, 0, labels)?.letters ?? []);
  const inLines = lines.length > 1 ? lines : enumeration(paragraph(block), labels);
  const below = begins === null ? (letterLinesFrom(text.slice(at), 0, labels)?.letters ?? []) : [];
  if (below.length > 1) return { letters: below, why: `${why}: listed` };
  const letters = inLines.length > 1 ? inLines : enumeration(line, labels);
  return letters.length < 2 ? null : { letters, why: `${why}: listed` };
}

/** The start of the line whose first words begin at `at`; null where other words stand before them. */
function lineStart(text: string, at: number): number | null {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  return start > 0 && /^[\s>#*_\-•([【"“\d.)]{0,12}$/.test(text.slice(start, at)) ? start : null;
}

const paragraph = (text: string): string => text.split(/\n[ \t]*\n/)[0] ?? "";

/** One announcement for each option: \boxed{A}\boxed{C}; ① 选A：…；② 选C：…. */
function repeatedWith({ why }: Announcement, { text, labels, stem }: ChoiceReading): Found | null {
  if (why !== "boxed" && why !== "conclusion") return null;
  const letters: string[] = [];
  for (const word of triggersFromLast(text)) {
    const kind = kindOf(word, text, stem);
    if (kind?.why !== why || !(kind.strong || why === "conclusion")) continue;
    const each = announcementAt(word, kind, text, labels);
    if (each?.group?.letters.length !== 1 || each.group.hedged || each.group.outside) continue;
    letters.push(...each.group.letters);
  }
  const distinct = [...new Set(letters)].toSorted();
  return distinct.length > 1 && distinct.length === letters.length
    ? { letters: distinct, why: `${why}: each` }
    : null;
}

/** A letter beside another option's words contradicts itself: 答案：A. 堪培拉, where C is 堪培拉. */
function glossedOtherwise(
  group: Group,
  why: string,
  { text, gold, labels }: ChoiceReading,
): Found | null {
  const [letter, second] = group.letters;
  if (letter === undefined || second !== undefined || !labels.latin) return null;
  const other = glossOf(text, group.end, letter, gold);
  return other === null
    ? null
    : { letters: [], why: `conflict: ${letter} (${why}), ${other} (its words)` };
}
