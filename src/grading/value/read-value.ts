import type { StatedAnswer } from "./places/stated-answer.ts";
import type { ReadValue, ValueContext, ValueType } from "./value-type.ts";

import { undressed } from "../../text/answer-fold.ts";
import { isTakenBack } from "../../text/occurrence.ts";
import { answerText } from "../../text/segments/segments.ts";
import { weighed } from "./places/clauses.ts";
import { answerPlaces } from "./places/places.ts";

/** The value that a reply gives, or why none was read. `sure` is false where nothing announces it. */
export type ValueReading =
  | { readonly value: ReadValue; readonly why: string; readonly sure: boolean }
  | { readonly value: null; readonly why: string };

/** Reads one value of a type: where the reply announces, concludes or states it. Several different ones are none. */
export function readValue(reply: string, type: ValueType, context: ValueContext): ValueReading {
  const text = answerText(reply);
  const isSure = !type.loose || (type.lines && text.includes("\n"));
  const places = answerPlaces(reply, context.question);
  const isAnnounced = places[0]?.sure === true && places[0].why !== "whole reply";
  const all = isSure && !isAnnounced ? type.whole(text, context) : null;
  if (all !== null) return { value: all, why: "whole reply", sure: true };
  let several = false;
  for (const place of places) {
    const found = valueIn(place, type, context);
    if (found !== null && found !== "several") {
      return { value: found, why: place.why, sure: place.sure };
    }
    several ||= found === "several";
    if (place.sure && place.why !== "whole reply") break;
  }
  return { value: null, why: several ? "several values" : "no value" };
}

/** What the place says that the answer is; else the only value in what it says, in the place, in its last clause. */
function valueIn(
  { text, stated }: StatedAnswer,
  type: ValueType,
  context: ValueContext,
): ReadValue | "several" | null {
  const wholes = [...stated, text].flatMap((each) => type.whole(each, context) ?? []);
  const isJoined =
    type.lines &&
    /除了?.{1,40}还|[，,]\s*(?:以及|还有|另有|另外还有|再加上|外加|和|及)/u.test(text);
  const mentioned = isJoined || wholes[0]?.partial === true ? type.within(text, context) : [];
  const value = [...mentioned, ...wholes].find(({ partial }) => !partial) ?? wholes[0];
  if (value !== undefined) return value;
  const [first = ""] = stated;
  const clauses =
    type.lines || text.length > longestSentence
      ? text
          .split(/[，,；;。](?!\d{3})/u)
          .filter((each) => each.trim() !== "")
          .slice(-1)
      : weighed(text, context.question)
          .map((clause, at) => ({ ...clause, at }))
          .toSorted((a, b) => b.weight - a.weight || b.at - a.at)
          .map((clause) => clause.text);
  let several = false;
  const given = type.lines ? [] : type.within(context.question, context);
  const isGiven = (value: ReadValue): boolean => given.some((each) => value.repeats(each.text));
  const onlyGiven = type.within(text, context).every(isGiven);
  for (const part of [first, text, ...clauses]) {
    const found = distinct(
      type.within(part, context).filter(({ text }) => !isDenied(text, part, context.question)),
    );
    // What the question gives is the answer only where nothing else is said.
    const values = onlyGiven ? found : found.filter((value) => !isGiven(value));
    if (values.length === 1 && values[0] !== undefined) return values[0];
    several ||= values.length > 1;
  }
  return several ? "several" : null;
}

/** Longer texts deny nothing by one clause. */
const longestSentence = 400;

/** 16:00之后 and 4月10日的前一天 are other values, unless the question asks in these words: 在几月几日之前. */
function isBounded(text: string, start: number, end: number, question: string): boolean {
  const after = /^\s?(?:之[前后]|以[前后]|的?[前后次]一?[天日]|[前后](?!来|半))/u.exec(
    text.slice(end, end + 6),
  )?.[0];
  const before = /(?:晚于|早于|不到|超过|大于|小于|多于|少于|闰)\s?$/u.exec(
    text.slice(0, start),
  )?.[0];
  const word = (after ?? before)?.trim();
  return word !== undefined && !question.includes(word);
}

/** True where every place of the value in the sentence is denied: 不是14:00. */
function isDenied(value: string, sentence: string, question: string): boolean {
  if (sentence.length > longestSentence) return false;
  const text = undressed(sentence);
  let denied = false;
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    const end = at + value.length;
    if (!isTakenBack(text, at, end) && !isBounded(text, at, end, question)) return false;
    denied = true;
  }
  return denied;
}

export function distinct(values: readonly ReadValue[]): readonly ReadValue[] {
  const kept: ReadValue[] = [];
  for (const value of values) {
    if (!kept.some((each) => each.repeats(value.text))) kept.push(value);
  }
  return kept;
}
