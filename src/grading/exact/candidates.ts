import type { StatedAnswer } from "../value/places/stated-answer.ts";
import type { ReadValue } from "../value/value-type.ts";
import type { GoldShape } from "./shape.ts";

import { foldText } from "../../text/answer-fold.ts";
import { answerText } from "../../text/segments/segments.ts";
import { withoutGloss, withoutQuotes } from "../value/gloss.ts";
import { readOfType, valuesOfType } from "../value/inferred.ts";
import { answeringClauses } from "../value/places/answering-clause.ts";
import { asked, share } from "../value/places/asked.ts";
import { clausesOf } from "../value/places/clauses.ts";
import { withoutConclusive } from "../value/places/concluding.ts";
import { isDenied } from "../value/places/denied.ts";
import { isHedged, isPlaceAsked, isUndecided, namedAtLast } from "../value/places/forms.ts";
import { answerSentences } from "../value/places/sentences.ts";
import { namedValue } from "./namings.ts";
import { isAccented, isLatinName } from "./shape.ts";
import { titleTold } from "./title.ts";
import { hasSeveral, tokenTold } from "./token.ts";

/** Something in a reply that may be its answer. */
export type ToldCandidate = {
  readonly why: "clause" | "lead" | "list" | "named";
  /** The reply answers with this or not at all: no later candidate is looked at. */
  readonly isFinal: boolean;
} &
  /** `isValue`: one value of the gold's shape is named as what is asked, so that a difference is one. */
  (
    | { readonly kind: "forms"; readonly forms: readonly string[]; readonly isValue?: boolean }
    | { readonly kind: "value"; readonly value: ReadValue }
    | { readonly kind: "token"; readonly token: string }
    /** A clause that answers; what it says is compared with a gold. */
    | { readonly kind: "clause" | "naming"; readonly clause: string }
  );

type Decided = Pick<StatedAnswer, "text" | "stated" | "why">;

/**
 * What a reply in prose may tell, the likeliest first: the value of the asked type, the one text of the gold's shape, the
 * clause that answers the question. `decided` is the place that was read and differed; a conclusion is not overruled by
 * another clause. Knows the question and the gold's shape, not its value.
 */
export function* toldIn(
  reply: string,
  question: string,
  shape: GoldShape,
  decided: Decided | null,
): Generator<ToldCandidate> {
  if (question.trim() === "" || isUndecided(reply)) return;
  const name = isPlaceAsked(question) ? null : namedAtLast(answerText(reply));
  // What follows is told of what is so named.
  if (name !== null) yield { kind: "forms", forms: [name], why: "named", isFinal: true };
  if (shape.isList) {
    const { value } = readOfType(reply, "list", question);
    if (value !== null) yield { kind: "value", value, why: "list", isFinal: false };
  }
  const clauses = answeringClauses(reply, question, shape.typed !== null);
  const members = shape.isList
    ? clauses.flatMap((each) => behindAsked(each, question)).at(0)
    : null;
  if (typeof members === "string")
    yield { kind: "forms", forms: [members], why: "list", isFinal: false };
  if (shape.typed !== null) {
    const value = typedIn(reply, clauses, shape.typed, question);
    if (value !== null) yield { kind: "value", value, why: "clause", isFinal: true };
  }
  if (shape.token !== null) {
    const token = tokenTold(reply, shape.token, question);
    if (token !== null) yield { kind: "token", token, why: "clause", isFinal: true };
  }
  const title = titleTold(reply, question);
  if (title !== null) yield { kind: "forms", forms: [title], why: "clause", isFinal: true };
  const named = namedValue(reply, question, shape);
  if (named !== null)
    yield {
      kind: "forms",
      forms: named.forms,
      // 王子为父报仇 names no work: what a work is called stands in 《》.
      isValue: named.isSure && (!asksForWork.test(question) || named.forms.some(isTitled)),
      why: "named",
      isFinal: false,
    };
  const head = headOf(reply, question);
  if (head !== null) yield { kind: "forms", forms: [head], why: "lead", isFinal: false };
  const lead = decided?.why === "concluded" ? null : leadOf(reply, question);
  if (lead !== null)
    yield {
      kind: "forms",
      forms: [withoutGloss(lead), withoutQuotes(lead)],
      why: "lead",
      isFinal: shape.isLatinName && isLatinName(lead),
    };
  if (decided?.why === "neighbour line") return;
  yield* clausesTold(reply, question, shape, decided, clauses);
}

/** The clauses that may answer, of which one is compared with the gold. */
function* clausesTold(
  reply: string,
  question: string,
  shape: GoldShape,
  decided: Decided | null,
  clauses: readonly string[],
): Generator<ToldCandidate> {
  if (shape.token !== null && hasSeveral(reply, shape.token, question)) {
    for (const clause of clauses) yield { kind: "naming", clause, why: "clause", isFinal: false };
    return;
  }
  const clause = clauses.find((each) => holdsKind(each, shape, question));
  // What a sentence states counts only where that sentence answers the question.
  const isAnswering =
    decided !== null &&
    decided.why !== "whole reply" &&
    (!guessed.has(decided.why) || clause === undefined || within(clause, decided.text));
  const dressed = isAnswering ? (decided.stated.find((each) => !isDenied(each)) ?? null) : null;
  if (dressed !== null) yield { kind: "clause", clause: dressed, why: "clause", isFinal: false };
  if (clause === undefined || (decided?.why === "concluded" && !within(clause, decided.text)))
    return;
  yield { kind: "clause", clause, why: "clause", isFinal: false };
  const reading = shape.isAccented ? onlyReading(reply) : null;
  if (reading !== null) yield { kind: "forms", forms: [reading], why: "clause", isFinal: false };
}

const guessed: ReadonlySet<StatedAnswer["why"]> = new Set(["stated", "bare line"]);

const within = (clause: string, sentence: string): boolean =>
  foldText(sentence).includes(foldText(withoutConclusive(clause)));

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

/** The word that a reply begins by explaining: 未雨绸缪：趁着天没下雨，先…. */
function headOf(reply: string, question: string): string | null {
  const [, head = "", told = ""] =
    /^[\s*“"《]{0,4}([\p{Script=Han}A-Za-z]{1,12})[”"》*]{0,4}[:：]\s*(\S[^\n]*)/u.exec(
      answerText(reply),
    ) ?? [];
  const isLabel =
    /答案|结果|结论|如下|解析|分析|[人者员地]$/u.test(head) ||
    asked(question).nouns.some((noun) => noun.endsWith(head) || head.endsWith(noun));
  return head !== "" && !isLabel && /[，,]/u.test(told) && share(head, question) < 0.5
    ? head
    : null;
}

const longestLead = 60;

/** The one value of a type that the likeliest clause has, or that the reply concludes. */
function typedIn(
  reply: string,
  clauses: readonly string[],
  type: NonNullable<GoldShape["typed"]>,
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

/** The clause has something that the question has not, in the gold's script. */
function holdsKind(clause: string, { script }: GoldShape, question: string): boolean {
  if (script === "han") {
    const bare = clause.replaceAll(/[^\p{Script=Han}]/gu, "");
    return bare.length > 0 && (bare.length < 2 || share(bare, question) < 1);
  }
  if (script === "digits") return /\d/.test(clause);
  return script !== "latin" || /\p{Script=Latin}/u.test(clause);
}

/** The one reading in letters with tones that a reply has. */
function onlyReading(reply: string): string | null {
  const words = answerText(reply).match(/[\p{Script=Latin}\p{M}]+/gu) ?? [];
  const [only, second] = new Set(words.filter((each) => isAccented(each)));
  return only !== undefined && second === undefined ? only : null;
}

const asksForWork = /哪一?[部本篇首出幕]|什么(?:书|作品|小说|文章)/u;
const isTitled = (form: string): boolean =>
  /[《“「]/u.test(form) || /^[\p{Script=Latin}\s\d:'’-]+$/u.test(form);
