import type { ValueTypeName } from "./options.ts";
import type { ReadValue, ValueContext } from "./value-type.ts";

import { distinct, readValue, type ValueReading } from "./read-value.ts";
import { valueTypes } from "./types.ts";
import { judgementOf } from "./yes-no.ts";

/** The type whose spellings a gold without a type takes, or null: 星期三, 5月4日, 14:05, 对, 春、夏、秋. */
export function typeOfGold(gold: string, question: string): ValueTypeName | null {
  const text = gold.trim();
  if (/^(?:星期|周|礼拜)[一二三四五六日天]$/u.test(text)) return "weekday";
  if (/^\d{4}([-/.])\d{1,2}\1\d{1,2}$/.test(text)) return "date";
  if (
    /^(?:\d{4}\s?年\s?)?[\d一二三四五六七八九十]{1,2}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?[日号]$/u.test(
      text,
    )
  )
    return "date";
  if (/^\d{1,2}[:：]\d{2}$/.test(text)) return "time";
  if (judgementOf(text) !== null && judged.test(question)) return "yes-no";
  return /^[^、\n]{1,12}(?:、[^、\n]{1,12}){1,20}$/u.test(text) ? "list" : null;
}

const judged =
  /[吗么]\s?[？?]|是否|能否|可否|对错|正误|对不对|是不是|对还是错|判断|√|×|\btrue or false\b|\byes or no\b/iu;

const contextOf = (type: ValueTypeName, question: string): ValueContext => ({
  question,
  options: {
    type,
    from: "answer",
    ...(type === "list" && isSet(question) ? { order: "free" } : {}),
  },
});

/** No order is asked for: 顺序不限, or 有哪些 without 按…排列. */
const isSet = (question: string): boolean =>
  /(?:顺序|次序|先后)(?:不限|不计|不论|任意|随意)|不(?:分|计|论|限)(?:先后|顺序|次序)|(?:任意|随意)(?:顺序|次序)|in any order/iu.test(
    question,
  ) ||
  (/哪些|哪[两三四五几]|全部|所有/u.test(question) &&
    !/顺序|次序|排|依次|先后|[由从][^，,。]{1,8}[到至]|按|逐/u.test(question));

/** True where a text is a gold's value in another spelling of its type. */
export function isRespelt(text: string, gold: string, question: string): boolean {
  const type = typeOfGold(gold, question);
  if (type === null) return false;
  return wholeOf(type, text, question)?.agrees(gold) === "same";
}

const wholeOf = (type: ValueTypeName, text: string, question: string): ReadValue | null =>
  valueTypes[type].whole(text, contextOf(type, question));

/** The one value of a type that a reply gives. */
export const readOfType = (reply: string, type: ValueTypeName, question: string): ValueReading =>
  readValue(reply, valueTypes[type], contextOf(type, question));

/** The different values of a type in a clause, without those that the question gives. */
export function valuesOfType(
  clause: string,
  type: ValueTypeName,
  question: string,
): readonly ReadValue[] {
  const context = contextOf(type, question);
  const whole = valueTypes[type].whole(clause, context);
  const values = whole === null ? valueTypes[type].within(clause, context) : [whole];
  const given = valueTypes[type].within(question, context);
  return distinct(values.filter(({ repeats }) => !given.some((each) => repeats(each.text))));
}
