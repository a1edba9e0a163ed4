import type { StatedAnswer } from "../value/places/stated-answer.ts";
import type { GoldShape } from "./shape.ts";

import { asked } from "../value/places/asked.ts";
import { forms } from "../value/places/forms.ts";
import { namedValue } from "./namings.ts";

/** What a short reply gives beside words of the question: 首都 → 堪培拉, 赵强负责 where it asks 谁负责…. */
export function bareAnswer(place: StatedAnswer, question: string, shape: GoldShape): StatedAnswer {
  const text =
    pointedTo(place.text, question) ??
    withoutVerb(place.text, question) ??
    countIn(place.text, question) ??
    namedIn(place, question, shape) ??
    directive.exec(place.text)?.[1] ??
    null;
  return text === null ? place : { ...place, text, stated: forms(text) };
}

/** 应该用 let。 */
const directive =
  /^\s*(?:应该?|应当|可以?|需要?|得)(?:用|填|选|写|读|叫|是|为)[作为成]?\s?[“"「`]?([^“”"「」`，,。！!]{1,24})[”"」`]?[。！!]?\s*$/u;

/** What one arrow points to from words of the question: 迫不急待 → 迫不及待. */
function pointedTo(text: string, question: string): string | null {
  const [, from = "", to, more] =
    /^\s*([^→\n]{1,40}?)\s*(?:→|->|=>|⇒)\s*([^→\n]{1,60}?)(\s*(?:→|->|=>|⇒).*)?$/u.exec(text) ?? [];
  if (to === undefined || more !== undefined) return null;
  const bare = from.replaceAll(/[“”"「」『』*]/gu, "");
  const isAsked =
    question.includes(bare) || asked(question).nouns.some((noun) => bare.endsWith(noun));
  return isAsked ? to : null;
}

/** 株洲 of 省会设在株洲。. */
function namedIn({ text, sure }: StatedAnswer, question: string, shape: GoldShape): string | null {
  const named = sure ? namedValue(text, question, shape) : null;
  return named?.isSure === true ? (named.forms[0] ?? null) : null;
}

/** “川”字共三画: the one number before the measure word that is asked for. */
function countIn(text: string, question: string): string | null {
  const measure = /几(?![点时分秒天月日号年])(\p{Script=Han})/u.exec(question)?.[1];
  if (measure === undefined) return null;
  const counts = Array.from(
    text.matchAll(new RegExp(`([\\d一二两三四五六七八九十百]+)\\s?${measure}`, "gu")),
    ([, count = ""]) => count,
  );
  const [only] = counts;
  return new Set(counts).size === 1 && only !== undefined ? only : null;
}

/** What stands before the verb that the question puts behind its question word. */
function withoutVerb(text: string, question: string): string | null {
  const { behind } = asked(question);
  if (behind === null || !/谁|哪[一]?[个位]/u.test(question)) return null;
  const before = new RegExp(`^(\\p{Script=Han}{2,4})${behind}[。.！!]?$`, "u").exec(text.trim());
  return before?.[1] ?? null;
}
