import type { Gold } from "../../domain/grader.ts";
import type { Group } from "./group.ts";
import type { Labels } from "./labels.ts";
import type { Announcement } from "./markers.ts";
import type { Stem } from "./stem.ts";

import { groupAt, mentions } from "./group.ts";
import { announcementAt, triggersFromLast } from "./markers.ts";
import { optionBegun, optionReached, optionSaid, optionWithin } from "./option-text.ts";
import { optionOfNumbers, optionOfStatements } from "./statements.ts";
import { stemOf } from "./stem.ts";
import { chosenBy, judge } from "./verdicts.ts";

/** What a reply chose. No letters: it says that there is no answer, or does not decide. */
export type Found = { readonly letters: readonly string[]; readonly why: string };

type Reading = {
  readonly text: string;
  readonly gold: Gold;
  readonly labels: Labels;
  readonly several: boolean;
  readonly stem: Stem;
};

/**
 * Reads the choice out of a folded reply. The cascade, first that decides: the last announcement (答案：, 故选, boxed);
 * a line that is a label alone; a label before a discussion; verdicts on the options; an option's own words;
 * a conclusion that names one option; a single option named at all.
 */
export function findChoice(text: string, gold: Gold, labels: Labels, several: boolean): Found {
  const short = shortReply(text, labels);
  if (short !== null) return { letters: [short], why: "marker" };
  const reading = { text, gold, labels, several, stem: stemOf(gold.question) };
  return (
    lastAnnounced(reading, true) ??
    letterLine(reading) ??
    discussed(reading) ??
    lastAnnounced(reading, false) ??
    concluded(reading) ?? { letters: [], why: "no answer found" }
  );
}

const announcedLetter = /^(?:[Aa]nswer|答案)?[ ]?[:是]?[ ]?([A-Z])[.。]?$/;

/** The commonest short form, without the cascade. */
function shortReply(text: string, labels: Labels): string | null {
  if (text.length > 12) return null;
  const letter = announcedLetter.exec(text)?.[1];
  return letter !== undefined && labels.list.includes(letter) ? letter : null;
}

function lastAnnounced(reading: Reading, strong: boolean): Found | null {
  const { text, labels, stem } = reading;
  for (const word of triggersFromLast(text)) {
    const each = announcementAt(word, text, labels, stem, strong);
    const found = each === null ? null : announcedChoice(each, reading);
    if (found !== null) return found;
  }
  return null;
}

function announcedChoice(each: Announcement, reading: Reading): Found | null {
  if (each.group !== null) {
    const listed =
      reading.several && each.group.letters.length === 1 ? listedAt(each, reading) : null;
    return listed ?? choiceOf(each.group, each.why, reading);
  }
  if (each.ordinal !== null) return { letters: [each.ordinal], why: `${each.why}: ordinal` };
  const words = each.why === "conclusion" ? null : optionAt(each.at, reading);
  if (words !== null) return { letters: [words], why: `${each.why}: option text` };
  if (each.none) return { letters: [], why: `${each.why}: none` };
  return reading.several ? listedAt(each, reading) : null;
}

function choiceOf(group: Group, why: string, { several }: Reading): Found {
  if (group.hedged) return { letters: [], why: `${why}: hedged` };
  if (group.outside) return { letters: [], why: `${why}: outside the options` };
  if (group.letters.length > 1 && !several) return { letters: [], why: `${why}: several letters` };
  return { letters: group.letters, why };
}

/** The option whose words stand at this place up to the end of the clause or line. */
function optionAt(at: number, { text, gold }: Reading): string | null {
  const lineEnd = text.indexOf("\n", at);
  const line = text.slice(at, Math.min(lineEnd < 0 ? text.length : lineEnd, at + 300));
  return optionBegun(line, gold) ?? optionOfNumbers(line.split(/[。;!?]/)[0] ?? "", gold);
}

const lineStart =
  /[ \t]{0,8}(?:[-*•][ \t]+)?(?:#+[ \t]*)?[*_`"'“‘$]{0,4}(?:选项|选|第)?[ \t]?[([【{*]{0,3}/y;
const lineRest = /[ \t)\]】}*_`"'”’$。.,!;]{0,8}(?:<[^>\n]{0,8}>)?[ \t]{0,8}(?=\n|$)/y;

/** A first or last line that is nothing but labels. */
function letterLine(reading: Reading): Found | null {
  const { text, labels } = reading;
  const last = groupInLine(reading, text.lastIndexOf("\n", text.trimEnd().length - 1) + 1);
  if (last !== null && isAlone(text, last)) return choiceOf(last, "letter line", reading);
  const first = labels.latin ? firstGroup(reading) : null;
  return first !== null && isAlone(text, first) ? choiceOf(first, "letter line", reading) : null;
}

function isAlone(text: string, group: Group): boolean {
  lineRest.lastIndex = group.end;
  return lineRest.test(text);
}

const firstGroup = (reading: Reading): Group | null =>
  groupInLine(reading, Math.max(0, reading.text.search(/\S/)));

/** The labels at the start of a line. */
function groupInLine({ text, labels }: Reading, start: number): Group | null {
  lineStart.lastIndex = start;
  return lineStart.test(text) ? groupAt(text, lineStart.lastIndex, labels, true) : null;
}

/** Replies without an announcement: a label first, or options taken one by one. */
function discussed(reading: Reading): Found | null {
  const { text, labels, stem, several } = reading;
  const groups = mentions(text, labels);
  const judged = judge(text, groups);
  const lead = leadingGroup(reading);
  const listed = lead === null && !several ? [] : enumeration(reading);
  const single = listed.length === 0 && lead !== null;
  const counted = judged.truth.size + judged.picked.size;
  if (single && !(several && lead.letters.length === 1 && counted > 1)) {
    const chosen = chosenBy(judged, labels, stem, false);
    const agrees = chosen === null || chosen.letters[0] === lead.letters[0];
    if (several || agrees || counted < 2 || !contradicts(judged, lead, stem)) {
      return choiceOf(lead, "leading letter", reading);
    }
  }
  const chosen = chosenBy(judged, labels, stem, several);
  if (chosen !== null) return chosen;
  if (several && listed.length > 0 && counted === 0)
    return { letters: listed, why: "listed options" };
  return null;
}

/** The reply itself calls its leading option one that is not asked for. */
function contradicts(judged: ReturnType<typeof judge>, lead: Group, stem: Stem): boolean {
  const [letter = ""] = lead.letters;
  if (judged.picked.get(letter) === false) return true;
  return stem !== "not" && judged.truth.get(letter) === (stem === "wrong");
}

const leadRest =
  /[ \t)\]】}*_`"'”’$]{0,6}(?:选?项)?[ \t]?(?:[.。、:,;(—-]|\n|$|是?正确|[ \t]?[^A-Za-z\d\s])/y;

/** The labels that the reply begins with, unless they are called wrong. */
function leadingGroup(reading: Reading): Group | null {
  const first = firstGroup(reading);
  if (first === null) return null;
  leadRest.lastIndex = first.end;
  return leadRest.test(reading.text) ? first : null;
}

const listMark =
  /(?:^|[\n,。;:])[ \t]*(?:[-*•][ \t]+)?(?:首先|其次|再看|然后|接着|最后|对于|关于)?,?[*(（【]{0,3}(?:选项)?[ ]?([A-Z])(?![A-Za-z])[)）】*]{0,3}[ \t]?(?:选?项)?中?[ \t]?[.。、:,)是的正错不对“"'‘][ \t]*/g;

/** The labels of a list of options: two or more, ascending, from the start of the reply. */
function enumeration({ text, labels }: Reading): readonly string[] {
  const marks = [...text.matchAll(listMark)].filter((mark) => labels.list.includes(mark[1] ?? ""));
  const first = marks[0];
  const letters: string[] = [];
  for (const mark of marks) {
    const letter = mark[1] ?? "";
    if (letters.includes(letter)) continue;
    if (letter < (letters.at(-1) ?? "")) return [];
    letters.push(letter);
  }
  if (first === undefined || letters.length < 2) return [];
  return text.slice(0, first.index).trim().length <= 30 ? letters : [];
}

/** Options listed one a line behind an announcement: 答案：\nA. …\nC. …. */
function listedAt({ at, why }: Announcement, reading: Reading): Found | null {
  const letters = enumeration({ ...reading, text: reading.text.slice(at) });
  return letters.length === 0 ? null : { letters, why: `${why}: listed` };
}

const conclusion =
  /因此|所以|综上|综合|故|总之|可见|因而|最终|显然|可知|[Tt]herefore|[Tt]hus|[Hh]ence|\b[Ss]o\b/;
const uncertain =
  /(?:无法|不能|难以|没法)(?:准确)?(?:确定|判断|回答|选择|给出|得出)|不确定|不知道|不清楚|都有可能|[Cc]an't|[Cc]annot/;

/** Last resorts: an option's own words or value, a conclusion that names one option, one option named at all. */
function concluded(reading: Reading): Found | null {
  const { text, gold } = reading;
  const sentences = text.split(/[。\n!?;]|\.\s/).filter((part) => part.trim() !== "");
  const last = sentences.at(-1) ?? "";
  const whole = text.length <= 300 ? optionSaid(text, gold) : null;
  if (whole !== null) return { letters: [whole], why: "option text" };
  const value = enumeration(reading).length > 1 ? null : optionReached(last, gold);
  if (value !== null) return { letters: [value], why: "option value" };
  const numbers = optionOfStatements(text, gold, reading.stem);
  if (numbers !== null) return { letters: [numbers], why: "statements" };
  const closing = sentences.slice(-2).findLast((sentence) => conclusion.test(sentence)) ?? last;
  const named = one(closing, "conclusion", reading);
  if (named !== null) return named;
  const words = sentences.length === 1 || conclusion.test(last) ? optionWithin(last, gold) : null;
  if (words !== null) return { letters: [words], why: "option text" };
  if (uncertain.test(text)) return { letters: [], why: "undecided" };
  return one(text, "only letter", reading);
}

const optionBefore = /(?:选项|选|[是为即:(有]|["“「【])[ \t*$"'“(【]{0,4}$/;
const optionAfter = /^[ \t)*$】"'”]{0,4}(?:选?项|[.。,;!、]|$|正确|符合|最|更|对)/;

/** The one option that a passage names as an option and without calling it wrong. */
function one(passage: string, why: string, { labels, stem, several }: Reading): Found | null {
  const groups = mentions(passage, labels);
  const letters = new Set(groups.flatMap((group) => group.letters));
  const [only] = letters;
  if (only === undefined || letters.size > 1 || several) return null;
  if (!groups.some((group) => looksLikeOption(passage, group))) return null;
  const { truth, picked } = judge(passage, groups);
  const denied = picked.get(only) === false || truth.get(only) === (stem === "wrong");
  return denied || groups.some(({ hedged }) => hedged) ? null : { letters: [only], why };
}

/** Letters also name sets, points and curves. */
function looksLikeOption(passage: string, { start, end }: Group): boolean {
  const before = passage.slice(Math.max(0, start - 8), start);
  const after = passage.slice(end, end + 30);
  if (/选项[ \t("'*$]{0,3}$/.test(before) && !/不|没|无|错|排除/.test(after)) return true;
  return optionBefore.test(before) && optionAfter.test(after);
}
