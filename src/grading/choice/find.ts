import type { Gold } from "../../domain/grader.ts";
import type { WeighedOptions } from "./clauses/weigh.ts";
import type { Labels } from "./question/labels.ts";
import type { Candidate, ChoiceReading, Found } from "./reading.ts";

import { waits } from "../waits.ts";
import { amended, withAdded } from "./added.ts";
import { announcedChoices, openingChoice } from "./announced.ts";
import { bodyOf, undressed } from "./body.ts";
import { closing as closingSentence, closingWords } from "./clauses/closing.ts";
import { byStatements } from "./clauses/statements.ts";
import { weighed } from "./clauses/weigh.ts";
import { aloneIn, calculated, concluded, inOwnWords, onlyNamed } from "./concluded.ts";
import { correctedChoices, isTakenBack } from "./corrected.ts";
import { decide } from "./deciding/decide.ts";
import { doubted } from "./deciding/doubt.ts";
import { discussed } from "./discussed.ts";
import { leftOver, unfaulted } from "./elimination.ts";
import { blanksFilled } from "./in-words/blanks.ts";
import { finalVerdict } from "./in-words/final-verdict.ts";
import { fitting } from "./in-words/fitting.ts";
import { inLetters, withoutGloss } from "./in-words/letters.ts";
import { ordinalsToLetters, withoutListing } from "./in-words/listing.ts";
import { plainly } from "./in-words/plain.ts";
import { onlyAmount } from "./in-words/quantities.ts";
import { exactOption, shortReply } from "./in-words/short.ts";
import { finalLabel, letterLines, loneLine, reasoned } from "./placed.ts";
import { numbersToLetters } from "./question/numbered.ts";
import { stemOf } from "./question/stem.ts";
import { asCandidate } from "./reading.ts";
import { measured } from "./sides/measured.ts";
import { namedAs } from "./sides/noun.ts";
import { listsOthers } from "./sides/others.ts";
import { unspoken } from "./sides/rest.ts";
import { sortedOut } from "./sides/sorted.ts";
import { judgesByLetter, ofSubject } from "./sides/subject.ts";
import { mayBeBeside, noSigns, signsOf } from "./signs.ts";
import { ticked } from "./ticks.ts";
import { truthSaid } from "./truth.ts";
import { isUnfinished, refuses } from "./unfinished.ts";
import { wrappedChoices } from "./wrapped.ts";

/**
 * Reads the choice of a folded reply. Every way to read it gives candidates with their place and strength; `decide` takes
 * the strongest that nothing contradicts. Weaker ways are only tried where the stronger ones gave none.
 */
export function findChoice(reply: string, gold: Gold, labels: Labels, several: boolean): Found {
  const spaced =
    isBlank(reply.charCodeAt(1)) && /^[A-H](?:[ \t]+[A-H])+$/.test(reply)
      ? reply.replaceAll(/\s+/g, " ")
      : reply;
  const text = ordinalsToLetters(numbersToLetters(spaced, gold), labels);
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
  };
  if (labels.latin && asksItself(text)) return { letters: [], why: "questions of its own" };
  const more = asksMore(text);
  const plain = more ? null : endingChoice(whole);
  if (plain !== null) return doubted(plain, whole);
  const signs = more ? { ...signsOf(text), tail: true } : signsOf(text);
  const body = withoutListing(
    withoutGloss(undressed(signs.tail ? bodyOf(text) : text), gold, labels),
    gold,
    labels,
  );
  if (body !== text && isEcho(body, labels)) return { letters: [], why: "options repeated" };
  const reading: ChoiceReading = { ...whole, text: body, signs };
  const found = read(reading);
  return found === null ? { letters: [], why: "no answer found" } : doubted(found, reading);
}

const isBlank = (code: number): boolean => code === 32 || code === 9;

/** Q：…A：肺。Q：…A：肾。: questions and answers, and no labels. */
const asksItself = (text: string): boolean =>
  text.startsWith("Q") && (text.match(/^Q\d?:.*\n+A\d?:/gm) ?? []).length > 1;

/** A blank of a question that the model asked itself. */
const asksMore = (text: string): boolean => text.indexOf("\n") < text.search(/\( *\)|_{3}/);

/** All options with their words in one line: the question repeated. */
const isEcho = (body: string, labels: Labels): boolean =>
  body.length < 8 * labels.list.length &&
  labels.known &&
  labels.latin &&
  !body.trim().includes("\n") &&
  body.replaceAll(/[\s.、:;,*]/g, "") === labels.list.join("");

/** An announcement that ends the reply, where nothing but another one at its start could contradict it. */
function endingChoice(reading: ChoiceReading): Found | null {
  const announced = announcedChoices(reading);
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
  const { several } = reading;
  for (const way of stating) {
    const ways = way(reading);
    const found = decide(ways, several);
    if (found === null || (found.letters.length === 0 && isOpen(found))) continue;
    const at = Math.max(...ways.map((each) => each.at));
    if (leavesOpen(reading, Math.max(at, reading.text.length - 80)))
      return { letters: [], why: "undecided" };
    if (way !== said) return found;
    if (refuses(reading.text) && found.why === "namely")
      return { letters: [], why: "refused or cut" };
    if (isTakenBack(reading, at))
      return (several ? amended(found, at, reading) : null) ?? insteadOf(found, reading);
    return several && found.letters.length > 0 ? withAdded(found, at, reading) : found;
  }
  if (isUnfinished(reading.text) || waits(reading.text))
    return { letters: [], why: "refused or cut" };
  const last = closingSentence(reading) ?? closingWords(reading) ?? calculated(reading);
  if (last !== null) return last;
  const statements = byStatements(reading);
  if (statements !== null) return statements;
  const sorted = several ? sortedOut(reading) : null;
  if (sorted !== null && !leavesOpen(reading, reading.text.length - 80)) return sorted;
  const all = inClauses(reading);
  const other = all.found?.why === "named last" ? ofSubject(reading) : null;
  if (other !== null && other.letters[0] !== all.found?.letters[0])
    return { letters: [], why: "undecided" };
  if (all.found?.why === "named last" && listsOthers(reading))
    return { letters: [], why: "undecided" };
  if (all.found !== null)
    return all.found.letters.length > 0 && leavesOpen(reading, reading.text.length - 48)
      ? { letters: [], why: "undecided" }
      : all.found;
  const apart = several ? null : (sortedOut(reading) ?? measured(reading));
  if (apart !== null && agrees(apart.letters, all)) return apart;
  for (const way of inferring) {
    const found = decide(way(reading), several);
    if (found === null || (found.letters.length === 0 && isOpen(found))) continue;
    if (found.letters.length > 0 && leavesOpen(reading, reading.text.length - 48))
      return { letters: [], why: "undecided" };
    if (found.letters.length === 0 || agrees(found.letters, all)) return found;
  }
  if (refuses(reading.text) || leavesOpen(reading, reading.text.length - 80)) return null;
  const left =
    unspoken(reading, all) ??
    (judgesByLetter(reading) ? null : ofSubject(reading)) ??
    namedAs(reading);
  return left !== null && agrees(left.letters, all) ? left : null;
}

/** What follows leaves the choice open, in words that are not those of an option: 由企业自行决定. */
const leavesOpen = ({ text, gold, labels }: ChoiceReading, from: number): boolean =>
  undecided.test(text.slice(Math.max(0, from))) &&
  !atLast.test(text.slice(Math.max(0, from))) &&
  undecided.test(inLetters(text, gold, labels).slice(-Math.max(1, text.length - from)));

/** 实在拿不准，一定要我猜，就猜B吧. */
const atLast = /(?:一定|非|硬)要[^。]{0,12}(?:就|那)[^。]{0,4}[选猜蒙填]/;

/** The last words of a reply that leaves the choice to others. */
const undecided =
  /(?:没法|无法|不能|难以|不便|没办法)[^,。]{0,4}(?:定下来|确定|判断|决定|做决定|下结论|给出|取舍|定论)|不[作做][^,。]{0,4}(?:判定|判断|结论|选择)|种(?:写法|意见|答案|说法|选法)[^,。]{0,3}都(?:可以|列|对|行|成立)|(?:哪[^,。]{0,6}|究竟|到底)取决于|拿不[准定]|见仁见智|很?难说(?:哪|谁|究竟|到底)|(?:两个|都)(?:都)?写上|[你您]自己[^,。]{0,2}$|[你您]?(?:自己|自行|来)(?:决定|定夺|看着|判断|选择|斟酌)|至少有?一[个项]|要不要(?:也?算|选|写)|(?:(?<!记)得|要|须|需要?)(?:看|视|问)[^,。;\n]{1,12}(?:怎么|如何|意思|出题人|教材|课本|老师|哪|标准|情况|而定)|不好(?:说|断言|判断|定|下)|各有(?:各的)?(?:支持|道理|依据|说法)|(?:两[个种者]|各)[^,。]{0,6}(?:有(?:一定)?道理|讲得通|说得通)|以[您你](?:们)?的?(?:老师|课本|教材)[^,。]{0,6}为准|(?:不打算|没打算|不会)替[你您]|(?:才|再)(?:能|好|可以|方便)[^,。]{0,6}(?:判断|确定|回答|选|作答|下结论|给出)|没有?(?:什么)?把握|[,。]这?取决于|没有唯一|不选任何|可选项?:|尚?无定论|莫衷一是|待定|(?:cannot|can't) (?:decide|tell|say|determine)|before I (?:can|could)|hard to say|depends on (?:which|how|what|whether)/;

const inClauses = (reading: ChoiceReading): WeighedOptions =>
  weighed({
    ...reading,
    text: inLetters(reading.text, reading.gold, reading.labels),
  });

/** What was announced and then taken back without a new label: 选A。Wait, …. */
function insteadOf(found: Found, reading: ChoiceReading): Found {
  const { found: other, no } = inClauses(reading);
  if (!isUnfinished(reading.text) && other !== null && other.letters.length > 0) return other;
  return isUnfinished(reading.text) || found.letters.some((letter) => no.includes(letter))
    ? { letters: [], why: "taken back" }
    : found;
}

/** Nothing that the reply says of its options speaks against these. */
const agrees = (letters: readonly string[], { yes, no }: WeighedOptions): boolean =>
  !letters.some((letter) => no.includes(letter)) && yes.every((letter) => letters.includes(letter));

type Way = (reading: ChoiceReading) => readonly Candidate[];

/** Ways that read what a reply states as its choice, from the strongest to the weakest. */
const stating: readonly Way[] = [
  said,
  (reading) => asCandidate(ticked(reading), "placed", 0),
  letterLines,
  reasoned,
  loneLine,
  finalLabel,
  finalVerdict,
];

/** Ways that infer it, for which the reply must be whole. */
const inferring: readonly Way[] = [
  (reading) => asCandidate(truthSaid(reading.text, reading.gold), "judged", 0),
  (reading) => asCandidate(plainly(reading), "concluded", 0),
  (reading) => asCandidate(discussed(reading), "judged", 0),
  (reading) => asCandidate(inOwnWords(reading), "concluded", 0),
  inWordsForLetters,
  (reading) => asCandidate(aloneIn(reading), "concluded", 0),
  (reading) => asCandidate(concluded(reading), "concluded", 0),
  (reading) => asCandidate(leftOver(reading) ?? unfaulted(reading), "concluded", 0),
  onlyInWords,
  (reading) =>
    asCandidate(blanksFilled(reading) ?? fitting(reading) ?? onlyAmount(reading), "concluded", 0),
];

function said(reading: ChoiceReading): readonly Candidate[] {
  const announced = announcedChoices(reading);
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

/** Several labels at the start of a reply may be what it rejects or compares: other ways may still decide. */
const isOpen = ({ why }: Found): boolean =>
  /^leading letter: several letters|: outside the options$/.test(why) &&
  !why.startsWith("marker") &&
  !why.startsWith("boxed");

/** The same ways once more, with options named by their words, position or number. */
function inWordsForLetters(reading: ChoiceReading): readonly Candidate[] {
  const text = inLetters(reading.text, reading.gold, reading.labels);
  if (text === reading.text) return [];
  const named: ChoiceReading = { ...reading, text };
  for (const way of namedWays) {
    const found = way(named);
    if (found !== null && found.letters.length > 0) return byWords(found);
  }
  return [];
}

const namedWays: readonly ((named: ChoiceReading) => Found | null)[] = [
  (named) => decide([...wrappedChoices(named), ...announcedChoices(named)], named.several),
  (named) => decide(letterLines(named), named.several),
  aloneIn,
  discussed,
  leftOver,
  flawless,
];

/** Named by their words only, options without a fault told of them are often not spoken of at all. */
function flawless(named: ChoiceReading): Found | null {
  const found = unfaulted(named);
  return found?.why === "only one without fault" ? found : null;
}

const byWords = (found: Found | null): readonly Candidate[] =>
  found === null || found.letters.length === 0
    ? []
    : [{ ...found, why: `words: ${found.why}`, doubtful: true, strength: "concluded", at: 0 }];

function onlyInWords(reading: ChoiceReading): readonly Candidate[] {
  const text = inLetters(reading.text, reading.gold, reading.labels);
  const named: ChoiceReading = { ...reading, text };
  return text === reading.text ? [] : byWords(onlyNamed(named));
}
