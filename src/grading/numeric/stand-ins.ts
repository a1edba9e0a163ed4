// What letters and words such as 前者 stand for.

import type { ReadNumber } from "./candidates.ts";
import type { Claim } from "./claims.ts";

import { seldom } from "../../text/finding/seldom.ts";
import { sameAs } from "./candidates.ts";
import { calculation, refers } from "./clauses.ts";

/** What letters stand for: x for 女生 after 设女生x人. */
export function unknownsIn(texts: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const text of texts.slice(0, mostTexts)) {
    if (!mayDefine(text)) continue;
    for (const [, said = ""] of text.matchAll(defining))
      for (const [, before = "", letter = "", after = ""] of said.matchAll(defined))
        if (before + after !== "" && !found.has(letter))
          found.set(letter, before === "" ? after : before);
  }
  return found;
}

const mostTexts = 200;
/** 设较大数为a,较小数为b */
const defining = /(?:设|令|记|假设)([^\n。;=]{1,60})/g;
const mayDefine = seldom(defining).may;
/** The name before a letter, or what it counts: 女生x人, x年前. */
const defined =
  /([^\s\d,，。=a-z$+*/()-]{0,16}?)\s{0,2}(?:需要?|[为是有])?\s{0,2}\$?(?<![a-z])([a-z])\$?(?![a-z(])\s?(\p{Script=Han}{0,4})/gu;

/** The claim under the name of its letter: x=5 of the girls after 设女生x人. */
export function namedBy(claim: Claim, unknowns: ReadonlyMap<string, string>): Claim {
  const letter = /([a-z])\s?=\s?[-\d.\s/]+\D{0,4}$/.exec(claim.clause)?.[1];
  const name = letter === undefined ? undefined : unknowns.get(letter);
  return name === undefined ? claim : { ...claim, beside: `${name}=${claim.number.text}` };
}

const isReferring = (sentence: string): boolean => refers.test(sentence);

/** 前者 or 后者 of the two numbers told last, where the reply ends with that. */
export function referredTo(
  sentences: readonly string[],
  claims: readonly Claim[],
): ReadNumber | null {
  const at = sentences.findLastIndex(isReferring);
  const match = refers.exec(sentences[at] ?? "");
  if (match === null || at < sentences.length - 3) return null;
  // 后者, 因此中标金额为80万元: it says the number itself.
  const behind = (sentences[at] ?? "").slice(match.index);
  if (/\d/.test(behind) || claims.some((claim) => claim.at > at)) return null;
  const [, first, second] = match;
  const last = claims.at(-1)?.number;
  if (last === undefined) return null;
  const others = claims.filter(
    ({ number }) =>
      !sameAs(number, last) && (number.unit === null || number.unit.kind === last.unit?.kind),
  );
  const other = (others.findLast(({ clause }) => calculation.test(clause)) ?? others.at(-1))
    ?.number;
  return (first ?? second) === "前者" ? (other ?? null) : last;
}
