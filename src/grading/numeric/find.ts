import type { Wanted } from "./candidates.ts";
import type { ChosenNumber } from "./choose.ts";
import type { Claim, Sentence } from "./claims.ts";
import type { Observed } from "./evidence.ts";
import type { FoundNumber } from "./labels.ts";
import type { PlacedPart } from "./parts.ts";

import { type Finder, seldom } from "../../text/finding/seldom.ts";
import { breaksOff } from "../broken.ts";
import { waits } from "../waits.ts";
import { asShares, inPercent, isFraction, roundedAsAsked } from "./as-asked.ts";
import { sameAs } from "./candidates.ts";
import { chosenOf } from "./choose.ts";
import { claimsOf } from "./claims.ts";
import {
  bracket,
  contact,
  declines,
  sentencesOf,
  remarksIn,
  stands,
  withoutRemarks,
} from "./clauses.ts";
import { wordOf } from "./counted.ts";
import { isAlone, isSpokenAgainst, isStated } from "./doubt.ts";
import { documentsApart, ofDocument } from "./labels.ts";
import { inLine, partsOf, underKey } from "./parts.ts";
import {
  alternatives,
  comparison,
  defers,
  doubts,
  footnote,
  heading,
  mistaken,
  operatorAfter,
  operatorBefore,
  remarkHeading,
  supposes,
  toldOfOther,
} from "./phrases.ts";
import { namedBy, referredTo, unknownsIn } from "./stand-ins.ts";
import { isAttached, namedBehind, restatesAll, totalled, underName } from "./totals.ts";

/**
 * The number that a reply gives as its answer. Every number of it is a claim; what speaks for and against each is weighed
 * (`evidence.ts`), and none is read where no number is likely enough. `spell` rewrites a part of the reply in plain signs.
 */
export function findNumber(
  reply: string,
  wanted: Wanted,
  spell: (text: string) => string,
): FoundNumber {
  const told = toldBy(documentsApart(reply, wanted.question), wanted, spell);
  return ofDocument(weighed(reply, told, wanted), told.claims, wanted.question);
}

function weighed(reply: string, told: Told, wanted: Wanted): FoundNumber {
  const { claims, sentences } = told;
  if (claims.length === 0)
    return unread(
      sentences.some(({ sentence }) => declines.test(sentence))
        ? "declines"
        : told.none["noneBreaksOff"] === 1
          ? "breaks off"
          : "no number",
    );
  if (told.none["noneFails"] === 1 && claims.every(({ source }) => source === null))
    return unread("an error instead of an answer");
  if (
    told.none["noneDefers"] === 1 &&
    claims.every(({ source, concludes }) => source === null && !concludes)
  )
    return unread("left to the reader");
  if (waits(reply) && claims.every(({ source, concludes }) => source === null && !concludes))
    return unread("waits for the reader");
  const referred = referredTo(
    sentences.map(({ sentence }) => sentence),
    claims,
  );
  if (referred !== null) return { quantity: referred, why: "refers back", doubtful: true };
  const choice = chosenOf(claims, told.none, wanted);
  if (choice === null) return unread("no number");
  const quantity = inPercent(roundedAsAsked(choice.number, claims, wanted), claims, wanted);
  const isLastLine = choice.claim.at === sentences.length - 1 && isAlone(choice);
  const isRead = isLastLine && told.none["noneDeclines"] !== 1;
  return !isRead && isOpen(choice, told.none, wanted)
    ? unread(whyUnread(choice, told.none))
    : {
        quantity,
        why: whyRead(choice, claims),
        doubtful:
          choice.likely < (isStated(choice.claim) ? sure : sureUnstated) ||
          told.isNarrowed ||
          isSpokenAgainst(choice, claims, wanted) ||
          (wanted.percent && isFraction(quantity)),
      };
}

/** How likely a number must be to be read, and to be read without doubt. */
const enough = 0.55;
/** The same where no question tells which number is asked. */
const enoughAlone = 0.7;
const sure = 0.85;
/** The same of a number that is neither announced nor concluded. */
const sureUnstated = 0.97;
/** How likely one of two alike in a sentence must be, where no question tells which is asked. */
const sureAlone = 0.95;

/** The reply leaves open which number it means: two announcements, 17或18, two as likely. */
function isOpen({ claim, rival, likely }: ChosenNumber, none: Observed, wanted: Wanted): boolean {
  if (likely < (wanted.question === "" ? enoughAlone : enough)) return true;
  if (claim.source === null && isBeside(claim, wanted)) return true;
  if (rival === null) return false;
  if (rival.at === claim.at) {
    const isTwin =
      wanted.question === "" &&
      likely < sureAlone &&
      claim.source === rival.source &&
      !rival.bracketed &&
      !/每|平均/.test(rival.before) &&
      !comparison.test(rival.clause) &&
      wordOf(claim.number) === wordOf(rival.number);
    return isTwin || alternatives.test(claim.sentence);
  }
  const announced = [claim, rival].every(
    ({ source, isFirst, headed }) => source === "marker" && isFirst && !headed,
  );
  return announced && likely < sureAlone && none["noneCorrects"] !== 1;
}

/** Said of another thing than the answer, even if nothing else is said. */
const isBeside = ({ clause, sentence, before, after }: Claim, { asked }: Wanted): boolean =>
  (!asked.compares && comparison.test(clause) && !/[是为=]/.test(clause)) ||
  supposes.test(clause) ||
  mistaken.test(sentence) ||
  /代入[^,。]{1,20}(?:即可|便可|就可以?|可得|就行)/.test(clause) ||
  operatorBefore.test(before) ||
  operatorAfter.test(after);

export type Told = {
  readonly sentences: readonly Sentence[];
  readonly claims: readonly Claim[];
  /** What speaks for a reply without an answer. */
  readonly none: Observed;
  /** Of its numbers only those are claims that have the very name of what is asked. */
  readonly isNarrowed: boolean;
};

/** The sentences of a reply, the numbers that may be its answer, and what it says that speaks against any. */
export function toldBy(reply: string, wanted: Wanted, spell: (text: string) => string): Told {
  const parts = partsOf(inLine(reply));
  const texts = parts.map((part) => spell(part.wrapper === "json" ? underKey(part) : part.text));
  const sentences = sentencesIn(parts, texts, wanted.question);
  const all = claimsOf(sentences.flatMap(bracketsApart), wanted);
  const read =
    all.length < 2
      ? all
      : all.filter(
          (claim) =>
            !(
              restatesAll(claim, wanted) ||
              isAttached(claim, wanted) ||
              (isPartOf(claim) && all.some((other) => other.at === claim.at && !isPartOf(other)))
            ),
        );
  const unknowns = unknownsIn(texts);
  const shares = asShares(read, wanted);
  const claims = unknowns.size === 0 ? shares : shares.map((claim) => namedBy(claim, unknowns));
  const none = noneOf(sentences, claims, texts);
  if (reply.includes('"') && failed.test(reply)) none["noneFails"] = 1;
  const settled =
    none["noneBreaksOff"] === 1 ? claims.filter((claim) => isSettled(claim, sentences)) : claims;
  const own = underName(settled, wanted);
  return { sentences, claims: own, none, isNarrowed: own.length < settled.length };
}

/** 每队十一人，包括一名守门员: a part of what the sentence has told. */
const isPartOf = ({ clause, source }: Claim): boolean =>
  source === null && /^\s*(?:其中)?(?:就?包括|包含|including\b)/i.test(clause);

/** An error in JSON: {"status": "error", "code": 14}. */
const failed = seldom(
  /"(?:status|state|状态)"\s{0,4}:\s{0,4}"(?:error|fail\w{0,4}|失败|异常)"|"(?:error|错误)"\s{0,4}:\s{0,4}[{"]/i,
);

/** What a reply that breaks off has concluded before its last sentence. */
const isSettled = ({ source, concludes, at }: Claim, sentences: readonly Sentence[]): boolean =>
  (source !== null || concludes) && at < sentences.length - 1;

function sentencesIn(
  parts: readonly PlacedPart[],
  texts: readonly string[],
  question: string,
): readonly Sentence[] {
  const found: Sentence[] = [];
  let line = "";
  let underRemark = false;
  for (const [index, part] of parts.entries())
    for (const sentence of sentencesOf(texts[index] ?? "")) {
      const isBeside = contact.test(sentence) && !contact.test(question);
      if (isBeside || footnote.test(sentence) || toldOfOther.test(sentence)) continue;
      const headed = heading.test(line);
      if (headed) underRemark = false;
      underRemark ||= remarkHeading.test(sentence);
      found.push({
        sentence: totalled(namedBehind(sentence), question),
        part,
        at: found.length,
        headed,
        underRemark,
        bracketed: false,
      });
      line = sentence;
    }
  return found;
}

/** A sentence without its remarks in brackets, and each of those for itself. */
function bracketsApart(told: Sentence): Sentence | readonly Sentence[] {
  if (!bracket.test(told.sentence)) return told;
  const sentence = withoutRemarks(told.sentence);
  const inside = remarksIn(told.sentence).map((remark) => ({
    ...told,
    sentence: remark,
    bracketed: true,
  }));
  return [{ ...told, sentence }, ...inside];
}

function noneOf(
  sentences: readonly Sentence[],
  claims: readonly Claim[],
  texts: readonly string[],
): Record<string, number> {
  const tell = (pattern: Finder, some: readonly Sentence[] = sentences): boolean =>
    some.some(({ sentence }) => pattern.test(sentence));
  const last = sentences.slice(-1);
  // 若路况好，可能跑到 90: a doubt about what is only supposed.
  const isPlain = ({ sentence }: Sentence): boolean => !supposes.test(sentence);
  const plain = sentences.filter(isPlain);
  const announced = claims.filter(({ source, isFirst }) => source !== null && isFirst);
  const [first] = announced;
  const [some] = claims;
  const found: Record<string, number> = { none: 1 };
  const note = (name: string, holds: boolean): void => {
    if (holds) found[name] = 1;
  };
  const corrects = claims.some(({ part }) => part.corrects);
  note("noneDeclines", tell(declines));
  note("noneDeclinesLast", found["noneDeclines"] === 1 && tell(declines, sentences.slice(-2)));
  note("noneDoubts", tell(doubts, plain));
  note("noneDoubtsLast", found["noneDoubts"] === 1 && tell(doubts, last.filter(isPlain)));
  note("noneAsks", tell(asking, last));
  note("noneBreaksOff", breaksOff(texts.at(-1) ?? ""));
  note("noneSupposes", sentences.length - plain.length > 1);
  note("noneConcluded", !claims.some(({ source, concludes }) => source !== null || concludes));
  note(
    "noneAlone",
    some !== undefined && claims.every(({ number }) => sameAs(number, some.number)),
  );
  note(
    "noneTwice",
    first !== undefined && announced.some(({ number }) => !sameAs(number, first.number)),
  );
  note("noneCorrects", corrects);
  note("noneCorrected", !corrects && sentences.some(({ part }) => part.corrects));
  note("noneStands", tell(stands));
  note("noneDefers", tell(defers, plain));
  return found;
}

const asking = seldom(/[?]\s*$/);

const unread = (why: string): FoundNumber => ({ quantity: null, why, doubtful: false });

/** Names the numbers between which nothing decides. */
function whyUnread({ claim, rival, none, likely }: ChosenNumber, observed: Observed): string {
  if (none > likely || rival === null)
    return observed["noneDeclines"] === 1
      ? "declines"
      : observed["noneBreaksOff"] === 1
        ? "breaks off"
        : "nothing stated";
  return `${claim.source ?? "claims"}: several numbers: ${[claim.number, rival.number].map(({ text }) => text.trim()).join(", ")}`;
}

function whyRead({ claim, rival }: ChosenNumber, claims: readonly Claim[]): string {
  const how =
    claim.source ??
    (claim.concludes ? "conclusion" : rival === null ? "only number" : "most evidence");
  return claim.part.corrects && claims.some(({ part }) => part.corrected)
    ? `correction, ${how}`
    : how;
}
