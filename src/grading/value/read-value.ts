import type { StatedAnswer } from "./places.ts";
import type { ReadValue, ValueContext, ValueType } from "./value-type.ts";

import { undressed } from "../../text/answer-fold.ts";
import { isTakenBack } from "../../text/occurrence.ts";
import { answerText } from "../../text/segments/segments.ts";
import { answerPlaces } from "./places.ts";

/** The value that a reply gives, or why none was read. `sure` is false where nothing announces it. */
export type ValueReading =
  | { readonly value: ReadValue; readonly why: string; readonly sure: boolean }
  | { readonly value: null; readonly why: string };

/** Reads one value of a type: where the reply announces, concludes or states it. Several different ones are none. */
export function readValue(reply: string, type: ValueType, context: ValueContext): ValueReading {
  const all = type.loose ? null : type.whole(answerText(reply), context);
  if (all !== null) return { value: all, why: "whole reply", sure: true };
  let several = false;
  for (const place of answerPlaces(reply, context.question)) {
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
  for (const each of [...stated, text]) {
    const value = type.whole(each, context);
    if (value !== null) return value;
  }
  const [first = ""] = stated;
  const clauses = text.split(/[，,；;。](?!\d{3})/u).filter((each) => each.trim() !== "");
  let several = false;
  for (const part of [first, text, ...clauses.slice(-1)]) {
    const values = distinct(type.within(part, context).filter(({ text }) => !isDenied(text, part)));
    if (values.length === 1 && values[0] !== undefined) return values[0];
    several ||= values.length > 1;
  }
  return several ? "several" : null;
}

/** Longer texts deny nothing by one clause. */
const longestSentence = 400;

/** True where every place of the value in the sentence is denied: 不是14:00. */
function isDenied(value: string, sentence: string): boolean {
  if (sentence.length > longestSentence) return false;
  const text = undressed(sentence);
  let denied = false;
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    if (!isTakenBack(text, at, at + value.length)) return false;
    denied = true;
  }
  return denied;
}

function distinct(values: readonly ReadValue[]): readonly ReadValue[] {
  const kept: ReadValue[] = [];
  for (const value of values) {
    if (!kept.some((each) => each.repeats(value.text))) kept.push(value);
  }
  return kept;
}
