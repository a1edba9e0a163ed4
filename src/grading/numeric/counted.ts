// What a claim counts and names, beside what the question does.

import type { Wanted } from "./candidates.ts";
import type { Claim } from "./claims.ts";

import { nameOf, wordsOf } from "./asked.ts";

/** Under the measure word or the noun that is asked: 12 辆 where 几辆车 is. */
export function countsAsked({ number, after }: Claim, { kind, unit, asked }: Wanted): boolean {
  if (kind === "count" && number.text.endsWith(unit ?? "")) return true;
  const rest = `${number.text}${after}`.replace(/^[\d.,\s一二三四五六七八九十百千万两]+/u, "");
  return (
    (asked.counted !== null && rest.replace(/^个/, "").startsWith(asked.counted)) ||
    (asked.measure !== null &&
      (rest.startsWith(asked.measure) || number.text.endsWith(asked.measure)))
  );
}

/** Nothing but a number with its unit. */
export const isBare = (sentence: string, text: string): boolean =>
  /^[\s*_.:,约为是$]*$/.test(sentence.replace(text, ""));

/** Verbs of one character, which alone tell how a number relates to others. */
export const verbs = "剩余差共多少贵省赚亏付找还回用需花买卖走行跑看读修得到";

/** 剩4盒 and 剩下了 4 盒 where 还剩几盒 is asked. */
export const relatesBy = (before: string, relation: string): boolean => {
  const rest = before.replace(
    /(?:[共了下余]|[下余]的)?就?[有为是]?约?\s?(?:USD\s?|[￥¥$])?\s?$/,
    "",
  );
  if (/[剩余]$/.test(relation)) return /[剩余]$/.test(rest);
  return rest.endsWith(relation) || before.trimEnd().endsWith(relation);
};

/** Of 甲, 乙, A, B and the like, which a question tells apart, does a text name the asked one alone or another alone? */
export function partyOf(text: string, question: string): "asked" | "other" | null {
  const asked = new Set(question.match(party));
  if (asked.size === 0) return null;
  const told = new Set(text.match(party));
  if (told.size === 0) return null;
  const shared = [...told].filter((each) => asked.has(each));
  return shared.length === told.size ? "asked" : shared.length === 0 ? "other" : null;
}

const party =
  /(?<![第\d一二三四五六七八九十])(?:[一二三四五六七八九十]{1,2}|\d{1,2})(?:班|小?组|年级|季度|车间|分店|队|仓|等奖)|[甲乙丙丁戊男女]|(?<![A-Za-z(\d])[A-FX-Zx-z](?![A-Za-z)^(])/g;

/** What it names does not occur in the question at all. */
export function isForeign(clause: string, { known }: Wanted["asked"]): boolean {
  const words = wordsOf(/^[^\d=]*/.exec(clause)?.[0] ?? "");
  return known.size > 0 && words.length > 1 && words.every((word) => !known.has(word));
}

/** It is about another thing that the question names: 男生有25人 where 女生多少人 is asked. */
export function namesAnother(clause: string, { asked, question }: Wanted): boolean {
  const name = nameOf(clause);
  return (
    /^(?:\p{Script=Han}{2,4}|[A-Za-z甲乙丙丁]\p{Script=Han}{0,3})$/u.test(name) &&
    /^[\p{Script=Han}A-Za-z\d]{1,12}$/u.test(asked.name) &&
    question.includes(
      name.length > 2 && /\p{Script=Han}/u.test(name.charAt(0)) ? name.slice(0, 2) : name,
    ) &&
    !asked.sentence.includes(name) &&
    !wordsOf(name).some((word) => asked.sentence.includes(word))
  );
}

export const wordOf = ({ text }: Claim["number"]): string =>
  text.replace(/^[-负\d.,\s一二三四五六七八九十百千万亿两零]+/, "");

export const placesOf = (text: string): number => /\.(\d+)/.exec(text)?.[1]?.length ?? 0;

/** Measured in another kind of unit than the one that is asked. */
export function isOther({ unit }: Claim["number"], { kind, unit: word }: Wanted): boolean {
  if (kind === null || unit === null || unit.kind === kind) return false;
  if (/^(?:fen|degree)$/.test(unit.kind) || unit.kind.startsWith("capital")) return false;
  return word !== null || unit.kind !== "count";
}
