import type { Gold } from "../../domain/grader.ts";

import { foldText } from "../../text/answer-fold.ts";
import { goldTexts } from "../graders.ts";
import { withoutGloss } from "../value/gloss.ts";
import { asked, share } from "../value/places/asked.ts";
import { clausesOf } from "../value/places/clauses.ts";
import { withoutConclusive } from "../value/places/concluding.ts";
import { isDenied } from "../value/places/denied.ts";
import { withoutFormer } from "../value/places/former.ts";
import { forms, isHedged } from "../value/places/forms.ts";
import { answerSentences } from "../value/places/sentences.ts";
import { isSame } from "./same.ts";

const naming =
  /^(?<subject>[^是为叫:：=＝]{0,24}?)(?:应该?|应当|就|才|则|便|其实|只能)?(?:是(?!否)|为|叫做?|[:：=＝])\s*(?<value>[^！!？?]{1,60})$/u;
const supposed =
  /如果|若|假如|假设|要是|以为|认为|误|有人|常见|错|不要|别|例如|比如|又|也|还|分别|或|可能|原|曾|旧|另/u;

/**
 * What a reply says in the same words as it says the gold, of the same subject: 首都是堪培拉。首都是悉尼。, 答案：A-17 …
 * 答案：A-71. Null where it says one thing only. Behind a correction only what follows it counts.
 */
export function rivalOf(reply: string, gold: Gold): string | null {
  const all = answerSentences(reply);
  const turn = all.findLastIndex(({ kind }) => kind === "correction");
  const parts = withoutFormer(turn < 0 ? all : all.slice(turn), gold.question)
    .filter(({ text, wrapper }) => wrapper === null && text.length <= longest)
    .slice(-mostParts);
  const said = new Map<string, string[]>();
  for (const { text } of parts) {
    for (const clause of clausesOf(text)) {
      if (isDenied(clause) || isHedged(clause) || supposed.test(clause)) continue;
      const { subject = "", value = "" } = naming.exec(plain(clause))?.groups ?? {};
      const key = keyOf(subject, gold.question);
      if (key !== null) said.set(key, [...(said.get(key) ?? []), value]);
    }
  }
  for (const values of said.values()) {
    const other = values.find((value) => isOther(value, gold));
    if (other !== undefined && values.some((value) => isGold(value, gold)))
      return withoutGloss(other);
  }
  return bareRival(
    parts.map(({ text }) => text),
    gold,
  );
}

const longest = 400;
const mostParts = 60;

const plain = (clause: string): string =>
  withoutConclusive(clause)
    .replaceAll(/\*\*|^[\s>#_•·\-–—*]+/gu, "")
    .replace(/^(?:综上|结论|最终|最后|核对后|检查后|其|该|它的?|这个?)[:：]?/u, "")
    .trim();

/** The subject where it is what is asked for or says that it is the answer. */
function keyOf(subject: string, question: string): string | null {
  const text = foldText(subject);
  if (
    /^(?:最终|最后|正确|参考|标准|我的)?(?:的)?(?:答案|结果|结论|答|answer|finalanswer)$/u.test(
      text,
    )
  )
    return "";
  const isAsked =
    asked(question).nouns.some((noun) => text.endsWith(noun)) ||
    (text.length > 1 && share(text, question) >= 0.6);
  return text !== "" && isAsked ? text : null;
}

const isGold = (value: string, { question, ...gold }: Gold): boolean =>
  forms(value).some((form) =>
    goldTexts({ question, ...gold }).some((each) => isSame(form, each, question)),
  );

/** A value of the gold's kind that is neither the gold nor the gold with more or less around it. */
function isOther(value: string, gold: Gold): boolean {
  const text = foldText(withoutGloss(value));
  return (
    text !== "" &&
    goldTexts(gold).every((each) => {
      const wanted = foldText(each);
      return (
        !text.includes(wanted) &&
        !wanted.includes(text) &&
        kindOf(text) === kindOf(wanted) &&
        text.length <= wanted.length + 3 &&
        !forms(value).some((form) => isSame(form, each, gold.question))
      );
    }) &&
    !/[的了一]|^(?:什么|谁|哪)/u.test(text)
  );
}

function kindOf(text: string): string {
  if (/\d/.test(text)) return /[a-z]/.test(text) ? "code" : "number";
  return /\p{Script=Han}/u.test(text) ? "words" : "letters";
}

/** Lines of a few characters and nothing else, of which one is the gold: 堪培拉 and 悉尼. */
function bareRival(lines: readonly string[], gold: Gold): string | null {
  if (lines.length !== 2) return null;
  const isBare = lines.every((line) =>
    /^[\s>*#_•-]{0,6}\p{Script=Han}{2,6}[*_。]{0,3}\s*$/u.test(line),
  );
  if (!isBare || !lines.some((line) => isGold(line, gold))) return null;
  const other = lines.find((line) => isOther(line, gold));
  return other === undefined || share(other, gold.question) > 0 ? null : withoutGloss(other);
}
