import type { StatedAnswer } from "../value/places/stated-answer.ts";

import { asked } from "../value/places/asked.ts";
import { forms } from "../value/places/forms.ts";

/** What a short reply gives beside words of the question: 首都 → 堪培拉, 赵强负责 where it asks 谁负责…. */
export function bareAnswer(place: StatedAnswer, question: string): StatedAnswer {
  const text = pointedTo(place.text, question) ?? withoutVerb(place.text, question);
  return text === null ? place : { ...place, text, stated: forms(text) };
}

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

/** What stands before the verb that the question puts behind its question word. */
function withoutVerb(text: string, question: string): string | null {
  const { behind } = asked(question);
  if (behind === null || !/谁|哪[一]?[个位]/u.test(question)) return null;
  const before = new RegExp(`^(\\p{Script=Han}{2,4})${behind}[。.！!]?$`, "u").exec(text.trim());
  return before?.[1] ?? null;
}
