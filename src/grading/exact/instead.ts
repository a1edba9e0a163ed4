import type { ValueTypeName } from "../value/options.ts";
import type { StatedAnswer } from "../value/places/stated-answer.ts";
import type { GoldShape } from "./shape.ts";

import { foldText } from "../../text/answer-fold.ts";
import { searchable } from "../../text/occurrence.ts";
import { answerText } from "../../text/segments/segments.ts";
import { quotedIn, withoutQuotes } from "../value/gloss.ts";
import { valuesOfType } from "../value/inferred.ts";
import { answeringClauses, isOutweighed } from "../value/places/answering-clause.ts";
import { asked, coverage, share } from "../value/places/asked.ts";
import { isAsserted } from "../value/places/asserted.ts";
import { isDenied } from "../value/places/denied.ts";
import { isHedged, isUndecided } from "../value/places/forms.ts";
import { namedValue } from "./namings.ts";
import { isSame } from "./same.ts";
import { kindOf, type ValueKind } from "./shape.ts";

/**
 * One value of a gold's kind that a reply gives where no gold stands anywhere in it, or null: …的是神舟一号, 校验码：618734. Such a
 * reply has answered, if not with the gold. Other spellings of a gold, and what only describes an answer, are none.
 */
export function saidInstead(
  reply: string,
  question: string,
  golds: readonly string[],
  shape: GoldShape,
  places: readonly StatedAnswer[],
): string | null {
  const text = answerText(reply);
  if (question.trim() === "" || text.length > longest) return null;
  if (isUndecided(text) || withholds.test(text)) return null;
  const bare = searchable(text);
  if (golds.some((gold) => bare.includes(searchable(gold)))) return null;
  const named = namedValue(reply, question, shape);
  const said = [
    ...(named?.isSure === true ? named.forms : []),
    ...(shape.typed === null ? [] : typedOf(text, question, shape.typed)),
    ...leading(text),
    ...ofAskedKind(text, question),
    ...places
      .filter((place) => !isHedged(place.text))
      .flatMap(({ stated }) => stated)
      .filter((form) => !text.includes(`的${withoutQuotes(form)}`)),
    ...doing(text, question),
  ];
  // Several numbers tell of steps, and what is quoted is no person.
  if (shape.kind === "number" && named?.isSure !== true && severalNumbers(text, question))
    return null;
  const whos = asksWho.test(question);
  return (
    said.find(
      (form) =>
        isValue(form, question, golds, shape) &&
        !(whos && quotedIn(text).some((each) => each.includes(withoutQuotes(form)))),
    ) ?? null
  );
}

const longest = 600;
const asksWho = /谁|何人|哪[一两]?位|\bwho\b/iu;

const severalNumbers = (text: string, question: string): boolean =>
  new Set((text.match(/\d+(?:\.\d+)?/g) ?? []).filter((each) => !question.includes(each))).size > 1;

/** The gold that the likeliest clause of a reply gives, and that no better one outweighs; null where there is none. */
export function saidFirst(
  reply: string,
  question: string,
  golds: readonly string[],
): string | null {
  const text = answerText(reply);
  if (question.trim() === "" || text.length > longest) return null;
  if (isUndecided(text) || withholds.test(text)) return null;
  const [best] = answeringClauses(reply, question, true);
  if (best === undefined || isHedged(best) || supposed.test(text)) return null;
  if (text.length > short && coverage(best, question) === 0) return null;
  return (
    golds.find(
      (gold) =>
        foldText(gold).length > 0 &&
        isAsserted(gold, best, question) &&
        !isOutweighed(gold, reply, question),
    ) ?? null
  );
}

/** Characters of a reply that needs no word of the question. */
const short = 24;
const supposed = /如果|假如|要是|若(?!干)|的话|\bif\b/iu;

/** Asks back, refuses, or leaves the answer to others. */
const withholds =
  /[？?][\s”"]*$|抱歉|对不起|不(?:太)?(?:确定|敢肯定)|拿不准|没有?(?:明确)?(?:说明|提到|提及|给出|写)|请(?:您|你)?(?:先|再)?(?:咨询|提供|补充|告诉|查看|查阅|联系(?:客服|人工))|建议(?:您|你)?(?:查阅|咨询|查看)|(?:无法|不能|没法)(?:确定|判断|回答|得知)|不清楚|不知道|\b(?:sorry|unable|cannot|can't|not sure|I don't know)\b/iu;

function isValue(
  form: string,
  question: string,
  golds: readonly string[],
  shape: GoldShape,
): boolean {
  const text = foldText(form);
  if (
    shape.typed !== null &&
    shape.typed !== "list" &&
    valuesOfType(form, shape.typed, question).length === 0
  )
    return false;
  if (text === "" || !isOfKind(kindOf(text), shape.kind) || text.length > shape.most + mostWords)
    return false;
  if (isDenied(form) || isHedged(form) || (shape.kind === "words" && describes.test(form)))
    return false;
  // A word of the question names what is asked, unless the question quotes it to be chosen from.
  if (share(form, question) > 0.6 && !isGiven(form, question)) return false;
  return golds.every((gold) => !isSame(form, gold, question) && !isPartOf(text, foldText(gold)));
}

/** A number may stand where a code is asked. */
const isOfKind = (own: ValueKind, wanted: ValueKind): boolean =>
  own === wanted || (wanted === "code" && own === "number");

/** What stands around a name in a statement: 西汉史学家司马迁. */
const mostWords = 6;
const describes =
  /[的了]|之[一首最]|^(?:第一|首[位个次]|最|一[个种位部]|这|那|它|他|她|其|什么|谁|哪)|[，,；;]|(?:东西|部分|事情|内容|名称|方面)$/u;

const isGiven = (form: string, question: string): boolean => {
  const text = foldText(withoutQuotes(form));
  return asked(question).terms.some(
    (term) => foldText(term).includes(text) && foldText(term) !== text,
  );
};

/** The one date, time or weekday that it gives. */
function typedOf(text: string, question: string, type: ValueTypeName): readonly string[] {
  const [only, second] = valuesOfType(text, type, question);
  return only === undefined || second !== undefined ? [] : [only.text];
}

/** 慈禧太后，她…: a name at the head, of which the rest tells. */
const leading = (text: string): readonly string[] =>
  /^(\p{Script=Han}{2,8})[，,](?=[她他它这])/u.exec(text)?.slice(1) ?? [];

/** 《辛丑条约》 where a 条约 is asked. */
function ofAskedKind(text: string, question: string): readonly string[] {
  const { nouns } = asked(question);
  const found = quotedIn(text).filter((each) => nouns.some((noun) => each.endsWith(noun)));
  return new Set(found).size === 1 ? found : [];
}

/** All characters of one stand in the other in their order: 北大 in 北京大学. */
function isPartOf(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let at = 0;
  for (const char of short) {
    at = long.indexOf(char, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** Who a short statement says did what the question asks about: 莫扎特创作了《命运交响曲》. */
function doing(text: string, question: string): readonly string[] {
  if (text.length > 60) return [];
  const tail =
    /^[^.!?]{4,50}\b(?:is|are|was|were|in|at|to|by|from) (\p{Lu}[\p{Script=Latin}'’-]*(?: \p{Lu}[\p{Script=Latin}'’-]*)?)[.!]?$/u.exec(
      text,
    )?.[1];
  if (tail !== undefined) return [tail];
  if (!/谁|者|哪[一]?[位个]|\bwho(?:se)?\b/iu.test(question)) return [];
  const [, subject = ""] =
    /^(\p{Script=Han}{2,8}?)(?:最?[后早先]?)(?:创作|编撰|编写|撰写|写|提出|发明|发现|建立|率先|赢得|告诉|获得|拿了|负责|画|设计|完成)/u.exec(
      text,
    ) ?? [];
  return subject !== "" && coverage(text, question) >= 0.2 ? [subject] : [];
}
