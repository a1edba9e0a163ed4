import type { ChoiceReading } from "../reading.ts";
import type { OptionClause } from "./sentences.ts";
import type { ClauseState, ClauseSubject, Saying } from "./state.ts";

import { corrects } from "../../../text/segments/kinds.ts";
import { mentions } from "../group.ts";
import { remarks, returns, supposes } from "../remarks.ts";
import { sideOf } from "../sides/valence.ts";
import { asksForTruth } from "../truth.ts";
import { askedWords } from "./asked-words.ts";
import { compare, isSetAgainst, turnAgainst } from "./contrast.ts";
import { wordAsked } from "./membership.ts";
import { readMention, readOn, yes } from "./mention.ts";
import { countIn, pronounsIn } from "./pronouns.ts";
import { clausesOf } from "./sentences.ts";
import { say, without } from "./state.ts";
import { asked, judgementIn } from "./words.ts";

export type Sayings = {
  readonly all: readonly Saying[];
  /** Every option that is spoken of by its own name. */
  readonly named: ReadonlySet<string>;
  readonly lastSentence: number;
  /** Sentences that conclude: 所以, 答, a heading 结论. */
  readonly concluding: ReadonlySet<number>;
  /** The sentences in which an option is named. */
  readonly places: ReadonlyMap<string, ReadonlySet<number>>;
  /** Options that it calls possible. */
  readonly possible: ReadonlySet<string>;
  /** The last options that it calls the only ones. */
  readonly only: readonly string[];
};

/** What a reply says of each option, clause by clause. Options must stand as labels in its text. */
export function sayingsIn(reading: ChoiceReading): Sayings {
  const { text, gold, labels, stem } = reading;
  const groups = mentions(text, labels);
  const subjects: readonly ClauseSubject[] = [
    ...groups.map((group) => ({ ...group, kind: "group" as const })),
    ...(labels.known ? pronounsIn(text) : []),
  ].toSorted((a, b) => a.start - b.start);
  const clauses = clausesOf(text, groups);
  const words = stem === "wrong" || asksForTruth(gold) ? [] : askedWords(gold.question, stem);
  const state: ClauseState = {
    reading,
    word: wordAsked(text, words),
    whole: words[0] ?? null,
    sayings: [],
    possible: new Set(),
    concluding: new Set(),
    places: new Map(),
    subject: [],
    judged: false,
    focus: [],
    earlier: [],
    excepted: [],
    only: [],
    beside: null,
    sentence: -1,
  };
  let next = 0;
  for (const clause of clauses) {
    const inside: ClauseSubject[] = [];
    for (; (subjects[next]?.start ?? Number.POSITIVE_INFINITY) < clause.end; next++) {
      const subject = subjects[next];
      if (subject !== undefined && subject.start >= (inside.at(-1)?.end ?? 0)) inside.push(subject);
    }
    readClause(state, clause, inside);
  }
  return {
    all: state.sayings,
    possible: state.possible,
    only: state.only,
    concluding: state.concluding,
    places: state.places,
    named: new Set(groups.flatMap(({ letters }) => letters)),
    lastSentence: clauses.at(-1)?.sentence ?? 0,
  };
}

const concedes =
  /^[\s"“(*]*(?:[A-Z](?:选?项)?[*)]*)?(?:虽|尽管|固然|即使|即便|哪怕|看似|看起来|看上去|看着|乍看|乍一看|似乎|貌似|表面|好像|诚然|听起来|有点|有些像|although|though|while)/i;
const resets =
  /^[\s"“(*—]*(?:所以|因此|因而|综上|总之|故(?!意|事)|可见|答案|正确|本题|题目|题干|这道题|而题|那么|由此|根据|依据|对照|综合|最终|最后|我|按照|Therefore|Thus|So\b|Hence|[Tt]he (?:answer|(?:right|correct|real|actual|true|best) ))/;
const concludes =
  /^[\s"“(*∴]*(?:所以|因此|因而|综上|总之|故(?!意|事)|可见|由此|这[样么]看|于是|从而|那么|答(?:案)?(?![^:是为])|结论|最终|最后|显然|[Tt]herefore|[Tt]hus|[Ss]o\b|[Hh]ence|In conclusion)/;
/** A reply that begins with nothing but an option: 最后一个。…. */
const alone = /^[\s*"“”()]*(?:选?项)?[\s*"“”()]*$/;
/** 先说结论,月球。 */
/** Nitrogen, at 78 percent. */
const detailed = /^, (?:at|with|which|because|since|as)\b/;
const copula = /^[ "“*]*(?:就|便|即|也)?(?:是|为|属于|is|are)[ "“*]*$/;
const announces = /(?:结论|答案)[,:]$/;
const assumes =
  /^[\s("“]*(?:若|如果|假如|假设|倘若|要是|万一)(?!.{0,3}(?:只能|必须|一定|非要|硬要)|要选)/;
/** 因此它是四份之中最规范的 is said of the option before. */
const pointsOn =
  /^[\s]*(?:所以|因此|因而|故|可见|由此可见|那么)?,?(?:它(?!们)|该项|此项|这一?[项个种句条份](?=[才就是也应当最便无符正]))/;
const goesOn =
  /^[\s]*(?:所以|因此|因而|故|可见|那么)?(?:它|其|这[项个]?|该项|此项|也|应|可|要|予以|被|直接)?/;

function readClause(
  state: ClauseState,
  clause: OptionClause,
  subjects: readonly ClauseSubject[],
): void {
  const { text } = state.reading;
  const words = text.slice(clause.start, clause.end);
  open(state, clause, words, subjects.length > 0);
  const inside = subjects.filter((subject, index) => !isPart(state, subject, subjects[index - 1]));
  // 如果问的是……，应选A goes on in the supposition.
  if (returns.test(words) && !(state.beside === "supposition" && /^\s*应/.test(words)))
    state.beside = null;
  if (concludes.test(words) && !remarks.test(words))
    state.concluding.add(clause.sentence + (words.trim().length < 6 ? 1 : 0));
  if (supposes.test(words) || assumes.test(words)) state.beside = "supposition";
  else if (remarks.test(words)) state.beside = "remark";
  const concession = concedes.test(words);
  if (inside.length === 0) {
    if (state.beside !== null || clause.asks) return;
    turnAgainst(state, words, text.slice(Math.max(0, clause.start - 40), clause.start));
    if (!concession) readOn(state, clause, words);
    return;
  }
  for (const [index, subject] of inside.entries()) {
    const letters = lettersOf(state, subject);
    if (letters.length === 0) state.subject = [];
    if (letters.length === 0 || isEcho(state, subject)) continue;
    const from = inside[index - 1]?.end ?? Math.max(0, clause.start - 30);
    const before = sentencePart(text.slice(Math.max(from, subject.start - 40), subject.start));
    const next = inside[index + 1]?.start;
    const follows = text.slice(subject.end, next ?? clause.end);
    // 甲是乙 says nothing of 甲 yet.
    const after = next !== undefined && copula.test(follows) ? "" : follows;
    if (subject.kind === "group") place(state, letters, clause.sentence);
    if (subject.kind === "all" || subject.kind === "these") state.focus = [...letters];
    state.subject = subject.kind === "all" || subject.kind === "these" ? [] : letters;
    state.judged = false;
    if (state.beside !== null || clause.asks || subject.hedged === true) continue;
    if (subject.kind === "all" && text.slice(subject.start, subject.end).endsWith("选")) {
      say(state, letters, yes, "chosen");
      continue;
    }
    // After all others but one had been taken one by one: 另外那一句则….
    if (subject.kind === "left") say(state, letters, yes, isApart(state) ? "judged" : "named");
    if (
      ((clause.start === 0 && alone.test(before)) ||
        (subject.start === clause.start &&
          announces.test(text.slice(Math.max(0, clause.start - 4), clause.start)))) &&
      alone.test(after) &&
      (/[。!\n.]/.test(text.charAt(clause.end)) ||
        detailed.test(text.slice(clause.end, clause.end + 10)))
    ) {
      say(state, letters, yes, "chosen");
      continue;
    }
    if (subject.kind === "others" && contrasts(state, letters, after)) continue;
    const against = index === 0 ? [] : lettersOf(state, inside[index - 1] ?? subject);
    if (subject.kind === "group" && compare(state, against, before, letters, after)) continue;
    if (letters.length === 1 && judgementIn(after)?.value !== false && !concession) {
      const said = sentencePart(text.slice(Math.max(0, subject.start - 100), subject.start));
      if (!state.reading.several && state.places.size > 1 && isSetAgainst(said))
        say(state, letters, yes, "judged");
    }
    readMention(state, { letters, before, after, concession, last: index === inside.length - 1 });
    // 这是正确的（选项C）。 closes what is told of C, and the next sentence tells of another.
    if (/\(选项 ?$/.test(before) && /^\)[。;\n]/.test(text.slice(subject.end, subject.end + 2)))
      state.subject = [];
  }
}

/** B 是三线城市，其他三个都是一线, where several are asked: the others are meant, and not those before. */
function contrasts(state: ClauseState, others: readonly string[], after: string): boolean {
  if (!state.reading.several || judgementIn(after) !== null) return false;
  const { gold, stem } = state.reading;
  if (
    sideOf(after.replace(/^[^,。;]{0,4}[是为]/, ""), gold.question, stem) !== true &&
    !/^[^,。;不没无非也]{0,6}[都均皆](?:是|算|能|可以)|^ (?:all )?(?:are|do|have) (?!not)/.test(
      after,
    )
  )
    return false;
  say(state, others, { scale: "member", value: true }, "judged");
  say(state, without(state, others), { scale: "member", value: false }, "judged");
  return true;
}

/** One choice is asked, and all options but one have been spoken of. */
const isApart = ({ places, reading: { labels, several } }: ClauseState): boolean =>
  !several && labels.list.length > 2 && places.size === labels.list.length - 1;

/** A、C、D 三项, 其余都选: the words only go on about the options before them. */
function isPart(
  state: ClauseState,
  subject: ClauseSubject,
  before: ClauseSubject | undefined,
): boolean {
  if (subject.kind !== "all") return false;
  const { text, labels } = state.reading;
  const words = text.slice(subject.start, subject.end);
  if (words.endsWith("选"))
    return (
      before !== undefined ||
      state.excepted.length > 0 ||
      (state.focus.length > 0 && state.focus.length < labels.list.length)
    );
  const count = countIn(words);
  return count !== null && count !== labels.list.length;
}

/** Names of the question's own (A、B两地), and all options in a row as the question has them. */
function isEcho({ reading }: ClauseState, subject: ClauseSubject): boolean {
  if (subject.kind !== "group") return false;
  const { text, gold, labels } = reading;
  if (
    subject.letters.length === labels.list.length &&
    labels.list.length > 2 &&
    subject.end - subject.start < 24 &&
    !/^[^,。;]{0,6}[都均全皆]/.test(text.slice(subject.end, subject.end + 8))
  )
    return true;
  const next = text.charAt(subject.end);
  return (
    /\p{Script=Han}/u.test(next) &&
    next !== "项" &&
    gold.question.includes(text.slice(subject.start, subject.end) + next)
  );
}

function place(state: ClauseState, letters: readonly string[], sentence: number): void {
  state.focus.push(...letters);
  for (const letter of letters)
    state.places.set(letter, (state.places.get(letter) ?? new Set()).add(sentence));
}

/** The part of a text after its last sentence end. */
const sentencePart = (text: string): string => text.split(/[。!?;\n]/).at(-1) ?? "";

function open(state: ClauseState, clause: OptionClause, words: string, names: boolean): void {
  const { text } = state.reading;
  const opens = clause.opens || text.charAt(clause.start - 1) === "—";
  if (opens && corrects(text.slice(clause.start, clause.start + 60))) takeBack(state.sayings);
  if (clause.opens) {
    if (state.focus.length > 0) state.earlier = state.focus;
    state.focus = [];
    state.excepted = [];
    state.beside = null;
  }
  state.sentence = clause.sentence;
  // A line goes on about the option of a heading only.
  if (clause.opensLine && state.judged) state.subject = [];
  if (clause.afterBlank || (clause.opensLine && /^[\s>]*(?:[-*•#]|\d{1,2}[.)、])/.test(words)))
    state.subject = [];
  if (
    !names &&
    resets.test(words) &&
    !pointsOn.test(words) &&
    words.replace(goesOn, "").trim().length > 6
  )
    state.subject = [];
}

/** What was chosen before a correction is chosen no more. */
function takeBack(sayings: Saying[]): void {
  const kept = sayings.filter(({ force, value }) => force === "judged" || !value);
  sayings.splice(0, sayings.length, ...kept);
}

function lettersOf(state: ClauseState, subject: ClauseSubject): readonly string[] {
  const { text, labels } = state.reading;
  if (subject.kind === "group") return subject.letters;
  const words = text.slice(subject.start, subject.end);
  if (subject.kind === "all") return labels.list;
  if (subject.kind === "former" || subject.kind === "latter") {
    const said = [...new Set([...state.earlier, ...state.focus])];
    const two = [[...new Set(state.focus)], said, labels.list].find(({ length }) => length === 2);
    return two === undefined ? [] : [(subject.kind === "former" ? two[0] : two[1]) ?? ""];
  }
  if (subject.kind === "these") {
    const said = [...state.places.keys()];
    const now = [...new Set(state.focus)];
    const number = countIn(words);
    if (number === labels.list.length) return labels.list;
    return [now, [...new Set(state.earlier)], said].find(({ length }) => length === number) ?? [];
  }
  if (subject.kind === "left") {
    const denied = new Set<string>();
    for (const saying of state.sayings)
      if (asked(saying, state.reading.stem) === false)
        for (const letter of saying.letters) denied.add(letter);
    const left = labels.list.filter((label) => !denied.has(label));
    const unnamed = labels.list.filter((label) => !state.places.has(label));
    return left.length === 1 ? left : unnamed.length === 1 ? unnamed : [];
  }
  const number = countIn(words);
  const sets = [state.focus, state.earlier, state.excepted].filter((each) => each.length > 0);
  const fits = sets.find((each) => number === null || without(state, each).length === number);
  return fits === undefined ? [] : without(state, fits);
}
