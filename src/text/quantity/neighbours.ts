import type { Unit } from "./unit-expression.ts";

import { unitNamed } from "./unit-expression.ts";

/**
 * What a number is besides a value: 第3 is an ordinal, 12月 in a date a month, 15:30 two numbers of a clock or the terms of a
 * ratio, 3 in 3x or √3 part of a formula,
 * in 大于3 a bound.
 */
export type NumberRole =
  | "value"
  | "ordinal"
  | "year"
  | "month"
  | "day"
  | "ratio"
  | "bound"
  | "formula";

const mark = /(USD|HKD|NTD|AUD|CAD|SGD|MOP|EUR|GBP|JPY|KRW|RMB|CNY|人民币|美元|[€£₩₹₽¥￥])\s?$/i;
const signs: Readonly<Record<string, string>> = { "¥": "元", "￥": "元" };

/** The currency whose sign or code stands before a number. */
export function currencyBefore(text: string, start: number): Unit | null {
  if (start === 0) return null;
  const sign = mark.exec(text.slice(Math.max(0, start - 4), start))?.[1];
  return sign === undefined ? null : unitNamed(signs[sign] ?? sign);
}

/** English words that may follow a number and are no unit of it. */
const common =
  /^(?:is|are|was|were|and|or|in|on|which|because|so|per|of|to|with|the|for|total|each|since|by|at|after|before|if|when|times|than|more|less|as|from|that|who|left|in all|altogether|a|an|it|x|i)$/i;
/** Characters with which a clause, a remark or a count goes on after a number. */
const goesOn =
  /^[是为的和与及或而即也且但因所不才就都等吧哦呢了啦呀啊嘛左上以多余整正吗则时后前中内外这那,、]/;

/** A word where a unit would stand: Latin letters, or up to four Chinese characters that end the clause. */
export function strangerAt(text: string, end: number): string | null {
  const ahead = text.slice(end, end + 24);
  const latin = /^\s?([A-Za-zμ]{1,16})(?![A-Za-z\d_^(=])/.exec(ahead)?.[1];
  if (latin !== undefined) return common.test(latin) ? null : latin;
  const han = /^\s?(\p{Script=Han}{1,4})(?=$|[\s。,.;!?)】、])/u.exec(ahead)?.[1];
  return han === undefined || goesOn.test(han) ? null : han;
}

const months =
  "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?";
const ordinalBefore = /(?:第|步骤|题|[图表式例])\s?$/;
const dateParts: readonly (readonly [role: NumberRole, before: RegExp, after: RegExp])[] = [
  ["year", /$/, /^\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月/],
  [
    "month",
    /(?:^|[^个\d一二三四五六七八九十])$/,
    /^月(?:\s?[\d一二三四五六七八九十]{1,3}\s?[日号]|[份底初末中])/,
  ],
  ["month", /年\s?$/, /^\s?月/],
  ["day", /月\s?$/, /^\s?[日号]/],
  ["day", /$/, /^\s?号/],
  ["year", /(?:^|[^\d/-])$/, /^([-/.])\d{1,2}\1\d{1,2}(?!\d)/],
  ["month", /\d{4}[-/.]$/, /^[-/.]\d{1,2}(?!\d)/],
  ["day", /\d{4}([-/.])\d{1,2}\1$/, /^(?!\d)/],
  ["year", new RegExp(String.raw`${months}\s(?:\d{1,2}(?:st|nd|rd|th)?,?\s)?$`), /^(?!\d)/],
  ["day", /(?:^|[^\d.])$/, new RegExp(String.raw`^(?:st|nd|rd|th)?\s(?:of\s)?${months}(?![a-z])`)],
  ["day", new RegExp(String.raw`${months}\s$`), /^(?:st|nd|rd|th)?(?:[,.]|\s\d{4}|$)/],
];

/** One of these stands on one side of each part of a date. */
const beginsLikeDate = /^[年月日号\-/.snrt\s]/;
const endsLikeDate = /[\s\-/.]$/;

/** With these, and perhaps a space, ends what makes of the next number an ordinal, a bound or a part of a formula. */
const lastSigns = "第骤题图表式例到足于过<>≤≥±√t({+-";

function tellsOfNext(before: string): boolean {
  const end = before.length - 1;
  const last = before.charAt(end);
  const isSpace = last.trim() === "";
  const sign = isSpace ? before.charAt(end - 1) : last;
  return sign !== "" && (lastSigns.includes(sign) || sign.trim() === "");
}

/** What a number is by what stands beside it; `end` is where its digits end and `unitEnd` where its unit does. */
export function roleOf(text: string, index: number, end: number, unitEnd: number): NumberRole {
  const before = text.slice(Math.max(0, index - 18), index);
  const after = text.slice(end, end + 18);
  const isTold = tellsOfNext(before);
  if (isTold && ordinalBefore.test(before)) return "ordinal";
  const isYear = end - index >= 4;
  if (beginsLikeDate.test(after) || endsLikeDate.test(before))
    for (const [role, left, right] of dateParts) {
      if (role === "year" && !isYear) continue;
      if (left.test(before) && right.test(after)) return role;
    }
  if (
    isTold &&
    /(?:不到|不足|大于|小于|多于|少于|高于|低于|超过|(?<=[^\s>]\s?)[<>≤≥])\s?$/.test(before)
  )
    return "bound";
  if (isTold && /(?:[±√]|sqrt[({]?|root )$/.test(before)) return "formula";
  // A term beside a letter: 12 in x+12.
  if (isTold && /(?:^|[^a-zA-Z])[a-zA-Z]\s?[-+]\s?$/.test(before)) return "formula";
  // A coefficient (3x, 2π, 2√3); a single letter may also be a unit.
  return after !== "" &&
    unitEnd === end &&
    /^\s?(?:[a-zA-Z](?![a-zA-Z])|[π√]|\\(?:pi|sqrt))/.test(after)
    ? "formula"
    : "value";
}
