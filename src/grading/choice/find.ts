import type { Gold } from "../../domain/grader.ts";
import type { Labels } from "./question/labels.ts";
import type { Candidate, ChoiceReading, Found } from "./reading.ts";

import { announcedChoices, choiceOf, openingChoice } from "./announced.ts";
import { bodyOf, undressed } from "./body.ts";
import { allBut, concluded, inOwnWords, onlyNamed } from "./concluded.ts";
import { correctedChoices } from "./corrected.ts";
import { decide } from "./decide.ts";
import { discussed } from "./discussed.ts";
import { echoedChoices } from "./echoed.ts";
import { leftOver, unfaulted } from "./elimination.ts";
import { lastLetterLines, letterLinesFrom } from "./group.ts";
import { fitting, mended } from "./in-words/fitting.ts";
import { inLetters, withoutGloss } from "./in-words/letters.ts";
import { withProperty } from "./property.ts";
import { stemOf } from "./question/stem.ts";
import { asCandidate } from "./reading.ts";
import { mayBeBeside, noSigns, signsOf } from "./signs.ts";
import { ranked, ticked } from "./ticks.ts";
import { truthSaid } from "./truth.ts";
import { isUnfinished } from "./unfinished.ts";
import { wrappedChoices } from "./wrapped.ts";

/**
 * Reads the choice of a folded reply. Every way to read it gives candidates with their place and strength; `decide` takes
 * the strongest that nothing contradicts. Weaker ways are only tried where the stronger ones gave none.
 */
export function findChoice(text: string, gold: Gold, labels: Labels, several: boolean): Found {
  const short = shortReply(text, labels);
  if (short !== null) return { letters: [short], why: "marker" };
  const words = exactOption(text, gold, labels);
  if (words !== null) return { letters: [words], why: "option text" };
  const whole = {
    text,
    gold,
    labels,
    several,
    stem: stemOf(gold.question),
    signs: noSigns,
    weak: [],
  };
  const plain = endingChoice(whole);
  if (plain !== null) return plain;
  const signs = signsOf(text);
  const body = withoutGloss(undressed(signs.tail ? bodyOf(text) : text), gold, labels);
  if (body !== text && isEcho(body, labels)) return { letters: [], why: "options repeated" };
  const reading: ChoiceReading = { ...whole, text: body, signs, weak: [] };
  return read(reading) ?? { letters: [], why: "no answer found" };
}

/** All options with their words in one line: the question repeated. */
const isEcho = (body: string, labels: Labels): boolean =>
  body.length < 8 * labels.list.length &&
  labels.known &&
  labels.latin &&
  !body.trim().includes("\n") &&
  body.replaceAll(/[\s.、:;,*]/g, "") === labels.list.join("");

/** An announcement that ends the reply, where nothing but another one at its start could contradict it. */
function endingChoice(reading: ChoiceReading): Found | null {
  const announced = announcedChoices(reading, true);
  const [last] = announced;
  if (last?.end === undefined || last.end < 0 || last.letters.length === 0) return null;
  const { text } = reading;
  if (text.length - last.end > 16 || !ends(text, last.end)) return null;
  if (mayBeBeside(text, last.at)) return null;
  const opening = openingChoice(reading, last);
  return opening === null ? last : decide([opening, last], reading.several);
}

const closing = new Set(Array.from(' \n。.!*_)]】"”$}`', (char) => char.charCodeAt(0)));
const ending =
  /(?:选?项)?(?:符合(?:题意|要求)|正确|满足题意)?[\s。.!*_)\]】"”$}`]*(?:<\/?[a-z]{1,8}>)?\s*$/y;

/** Nothing but closing marks follows, or that the option fits. */
function ends(text: string, from: number): boolean {
  let at = from;
  while (at < text.length && closing.has(text.charCodeAt(at))) at++;
  if (at === text.length) return true;
  ending.lastIndex = from;
  return ending.test(text);
}

function read(reading: ChoiceReading): Found | null {
  for (const [index, way] of ways.entries()) {
    if (index === sure && isUnfinished(reading.text)) return { letters: [], why: "refused or cut" };
    const found = decide(way(reading), reading.several);
    if (found !== null && (found.letters.length > 0 || !isOpen(found))) return found;
  }
  return null;
}

type Way = (reading: ChoiceReading) => readonly Candidate[];

/** Ways that read what a reply states as its choice; the others infer it, for which the reply must be whole. */
const sure = 4;

/** From the strongest to the weakest. */
const ways: readonly Way[] = [
  said,
  (reading) => asCandidate(ticked(reading), "placed", 0),
  letterLines,
  loneLine,
  (reading) => asCandidate(allBut(reading) ?? ranked(reading), "judged", 0),
  echoedChoices,
  (reading) => asCandidate(truthSaid(reading.text, reading.gold), "judged", 0),
  (reading) => asCandidate(discussed(reading), "judged", 0),
  (reading) => announcedChoices(reading, false),
  (reading) => asCandidate(inOwnWords(reading), "concluded", 0),
  inWordsForLetters,
  (reading) => asCandidate(concluded(reading), "concluded", 0),
  (reading) =>
    asCandidate(leftOver(reading) ?? unfaulted(reading) ?? withProperty(reading), "concluded", 0),
  onlyInWords,
  (reading) => asCandidate(mended(reading) ?? fitting(reading), "concluded", 0),
];

function said(reading: ChoiceReading): readonly Candidate[] {
  const announced = announcedChoices(reading, true);
  if (announced.length > 0 && !reading.signs.turn && !reading.signs.wrapper)
    return withOpening(reading, announced);
  return [
    ...wrappedChoices(reading),
    ...withOpening(reading, announced),
    ...correctedChoices(reading),
  ];
}

function withOpening(
  reading: ChoiceReading,
  announced: readonly Candidate[],
): readonly Candidate[] {
  const opening = openingChoice(reading, announced[0]);
  return opening === null ? announced : [opening, ...announced];
}

/** One line with nothing but a label, amid others: 首都是：\n\nC\n\nA 是最大的城市. */
function loneLine({ text, labels, several }: ChoiceReading): readonly Candidate[] {
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

/** A line with a label, its marks and perhaps a word before it. */
const longestLine = 24;

/** Several labels at the start of a reply may be what it rejects or compares: other ways may still decide. */
const isOpen = ({ why }: Found): boolean =>
  why === "leading letter: several letters" || why === "leading letter: outside the options";

/** The same ways once more, with options named by their words, position or number. */
function inWordsForLetters(reading: ChoiceReading): readonly Candidate[] {
  const text = inLetters(reading.text, reading.gold, reading.labels);
  if (text === reading.text) return [];
  const named: ChoiceReading = { ...reading, text, weak: [] };
  for (const way of namedWays) {
    const found = way(named);
    if (found !== null && found.letters.length > 0) return byWords(found);
  }
  return [];
}

const namedWays: readonly ((named: ChoiceReading) => Found | null)[] = [
  (named) => decide([...wrappedChoices(named), ...announcedChoices(named, true)], named.several),
  (named) => decide(letterLines(named), named.several),
  allBut,
  (named) => (named.several ? decide(echoedChoices(named), true) : null),
  discussed,
  leftOver,
];

const byWords = (found: Found | null): readonly Candidate[] =>
  found === null || found.letters.length === 0
    ? []
    : [{ ...found, why: `words: ${found.why}`, doubtful: true, strength: "concluded", at: 0 }];

function onlyInWords(reading: ChoiceReading): readonly Candidate[] {
  const text = inLetters(reading.text, reading.gold, reading.labels);
  const named: ChoiceReading = { ...reading, text, weak: [] };
  return text === reading.text ? [] : byWords(withProperty(named) ?? onlyNamed(named));
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

/** One or more first or last lines with nothing but labels. */
function letterLines(reading: ChoiceReading): readonly Candidate[] {
  const { text, labels } = reading;
  const last = lastLetterLines(text, labels);
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

const placed = (found: Found): readonly Candidate[] => asCandidate(found, "placed", 0);
