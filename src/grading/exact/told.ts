import type { Gold, Grade } from "../../domain/grader.ts";
import type { ValueTypeName } from "../value/options.ts";
import type { StatedAnswer } from "../value/places/stated-answer.ts";
import type { ReadValue } from "../value/value-type.ts";

import { foldText } from "../../text/answer-fold.ts";
import { searchable } from "../../text/occurrence.ts";
import { answerText } from "../../text/segments/segments.ts";
import { goldTexts } from "../graders.ts";
import { withoutGloss, withoutQuotes } from "../value/gloss.ts";
import { isRespelt, readOfType, typeOfGold, valuesOfType } from "../value/inferred.ts";
import { answeringClauses } from "../value/places/answering-clause.ts";
import { askOf, asked, share } from "../value/places/asked.ts";
import { isAsserted, isNamed } from "../value/places/asserted.ts";
import { clausesOf } from "../value/places/clauses.ts";
import { withoutConclusive } from "../value/places/concluding.ts";
import { isDenied } from "../value/places/denied.ts";
import { isHedged, isPlaceAsked, isUndecided, namedAtLast } from "../value/places/forms.ts";
import { answerSentences } from "../value/places/sentences.ts";
import { isSame } from "./same.ts";
import { titleTold } from "./title.ts";
import { hasSeveral, shapeOf, tokenTold } from "./token.ts";

/**
 * What a reply in prose tells where no part of it is the gold and nothing else: the value of the gold's type, the clause
 * that answers the question, the only value of the gold's kind. Null where that is not the gold. `decided` is the place
 * that was read and differed; a conclusion is not overruled by another clause.
 */
export function toldIn(
  reply: string,
  gold: Gold,
  decided: Pick<StatedAnswer, "text" | "stated" | "why"> | null,
): Grade | null {
  const { question } = gold;
  const golds = goldTexts(gold);
  if (question.trim() === "" || isUndecided(reply)) return null;
  const name = isPlaceAsked(question) ? null : namedAtLast(answerText(reply));
  if (name !== null && !golds.some((each) => foldText(each) === foldText(name))) return null;
  const typed = golds
    .flatMap((each) => typeOfGold(each, question) ?? [])
    .find((type) => type !== "list");
  const listed = golds.filter((each) => typeOfGold(each, question) === "list");
  if (listed.length > 0) {
    const { value } = readOfType(reply, "list", question);
    if (value !== null && listed.some((each) => value.agrees(each) === "same"))
      return { verdict: "right", value: 1, extracted: value.text, why: "list" };
  }
  const clauses = answeringClauses(reply, question, typed !== undefined);
  const members = clauses.flatMap((each) => behindAsked(each, question)).at(0);
  if (members !== undefined && listed.some((each) => isRespelt(members, each, question)))
    return { verdict: "right", value: 1, extracted: members, why: "list" };
  if (typed !== undefined) {
    const value = typedIn(reply, clauses, typed, question);
    if (value !== null) {
      const same = golds.some((each) => value.agrees(each) === "same");
      return same ? { verdict: "right", value: 1, extracted: value.text, why: "clause" } : null;
    }
  }
  const first = shapeOf(golds[0] ?? "");
  // In English every word is one.
  const shape =
    accented.test(golds[0] ?? "") || (first === "word" && !/\p{Script=Han}{2}/u.test(question))
      ? null
      : first;
  if (shape !== null) {
    const only = tokenTold(reply, shape, question);
    if (only !== null)
      return golds.some((each) => searchable(each) === only)
        ? { verdict: "right", value: 1, extracted: only, why: "clause" }
        : null;
  }
  const title = titleTold(reply, question);
  if (title !== null)
    return golds.some((each) => foldText(each) === foldText(title))
      ? { verdict: "right", value: 1, extracted: title, why: "clause" }
      : null;
  const lead = decided?.why === "concluded" ? null : leadOf(reply, question);
  const led = golds.find(
    (each) =>
      lead !== null &&
      [withoutGloss(lead), withoutQuotes(lead)].some((form) => isSame(form, each, question)),
  );
  if (led !== undefined) return { verdict: "right", value: 1, extracted: led, why: "lead" };
  if (lead !== null && latinName.test(lead) && latinName.test(golds[0] ?? "")) return null;
  if (decided?.why === "neighbour line") return null;
  if (shape !== null && hasSeveral(reply, shape, question)) {
    const { nouns } = asked(question);
    const named = golds.find((each) => clauses.some((clause) => isNamed(each, clause, nouns)));
    return named === undefined
      ? null
      : { verdict: "right", value: 1, extracted: named, why: "clause" };
  }
  const clause = clauses.find((each) => holdsKind(each, golds, question));
  // What a sentence states counts only where that sentence answers the question.
  const isAnswering =
    decided !== null &&
    decided.why !== "whole reply" &&
    (!guessed.has(decided.why) ||
      clause === undefined ||
      foldText(decided.text).includes(foldText(withoutConclusive(clause))));
  const dressed = isAnswering ? (decided.stated.find((each) => !isDenied(each)) ?? null) : null;
  const asserted =
    dressed === null ? undefined : golds.find((each) => isAsserted(each, dressed, question));
  if (asserted !== undefined)
    return { verdict: "right", value: 1, extracted: asserted, why: "clause" };
  if (clause === undefined || !isOpen(clause, decided)) return null;
  const told = golds.find((each) => isTold(each, clause, question)) ?? onlyReading(reply, golds);
  return told === undefined || told === null
    ? null
    : { verdict: "right", value: 1, extracted: told, why: "clause" };
}

/** What follows the question's own words at the head of a clause with several members: 抄送市场部、审计部和法务部. */
function behindAsked(clause: string, question: string): readonly string[] {
  const text = withoutConclusive(clause);
  if (!/[、和与及]/u.test(text)) return [];
  for (let length = 8; length >= 2; length--) {
    const rest = text.slice(length);
    if (question.includes(text.slice(0, length)) && rest.length > 2) return [rest];
  }
  return [];
}

/** The first clause where it is a few words and no sentence: Fe（铁的拉丁名），原子序数 26…. */
function leadOf(reply: string, question: string): string | null {
  const [first] = answerSentences(reply);
  if (first === undefined || first.wrapper !== null || /[？?]\s*$/u.test(first.text)) return null;
  const [clause = ""] = clausesOf(first.text);
  const [, label = "", behind] =
    /^([\p{Script=Han}]{1,6})[:：]\s*(\S.{0,60})$/u.exec(first.text) ?? [];
  // 主持人：… tells of another than the one that was asked for.
  const isOther =
    behind !== undefined &&
    /人|者|员|长|号$/u.test(label) &&
    !asked(question).nouns.some((noun) => noun.endsWith(label) || label.endsWith(noun));
  if (isOther) return null;
  const said = behind ?? clause;
  return said.length <= longestLead && !isHedged(first.text) && !isDenied(said) ? said : null;
}

const latinName = /^\p{Lu}[\p{Script=Latin}'’.-]*(?: \p{Lu}[\p{Script=Latin}'’.-]*){0,3}[.]?$/u;
const longestLead = 60;

/** The one value of a type that the likeliest clause has, or that the reply concludes. */
function typedIn(
  reply: string,
  clauses: readonly string[],
  type: ValueTypeName,
  question: string,
): ReadValue | null {
  const reading = readOfType(reply, type, question);
  if (reading.value !== null && (reading.sure || reading.why === "concluded")) return reading.value;
  for (const clause of clauses) {
    const values = valuesOfType(clause, type, question);
    if (values.length > 0) return values.length === 1 ? (values[0] ?? null) : null;
  }
  return type === "yes-no" ? reading.value : null;
}

const guessed: ReadonlySet<StatedAnswer["why"]> = new Set(["stated", "bare line"]);

function isTold(gold: string, clause: string, question: string): boolean {
  return foldText(askOf(question)).includes(foldText(gold))
    ? isNamed(gold, clause, asked(question).nouns)
    : isAsserted(gold, clause, question);
}

/** The clause belongs to what was concluded, or nothing was. */
const isOpen = (
  clause: string,
  decided: Pick<StatedAnswer, "text" | "stated" | "why"> | null,
): boolean =>
  decided?.why !== "concluded" ||
  foldText(decided.text).includes(foldText(withoutConclusive(clause)));

/** The clause has something that the question has not, in the gold's script. */
function holdsKind(clause: string, golds: readonly string[], question: string): boolean {
  const [gold = ""] = golds;
  if (/\p{Script=Han}/u.test(gold)) {
    const bare = clause.replaceAll(/[^\p{Script=Han}]/gu, "");
    return bare.length > 0 && (bare.length < 2 || share(bare, question) < 1);
  }
  if (/\d/.test(gold)) return /\d/.test(clause);
  return /\p{Script=Latin}/u.test(clause) || !/\p{Script=Latin}/u.test(gold);
}

const accented = /[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]/u;

/** The one reading in letters with tones that a reply has. */
function onlyReading(reply: string, golds: readonly string[]): string | null {
  if (!accented.test(golds[0] ?? "")) return null;
  const words = answerText(reply).match(/[\p{Script=Latin}\p{M}]+/gu) ?? [];
  const [only, second] = new Set(words.filter((each) => accented.test(each)));
  return only !== undefined &&
    second === undefined &&
    golds.some((each) => foldText(each) === foldText(only))
    ? only
    : null;
}
