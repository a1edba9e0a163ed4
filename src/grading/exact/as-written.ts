import type { Gold, Grade } from "../../domain/grader.ts";

import { foldTextAsWritten } from "../../text/answer-fold.ts";
import { simplify } from "../../text/normalise.ts";
import { goldTexts } from "../graders.ts";
import { answerPlaces } from "../value/places/places.ts";

/** Where the question is about traditional and simplified characters, they tell two answers apart. */
export function gradeAsWritten(gold: Gold, written: string, from: "marker" | "reply"): Grade {
  const keys = new Set(goldTexts(gold).map((text) => foldTextAsWritten(text)));
  const on = (extracted: string, forms: readonly string[], why: string): Grade => {
    const isRight = forms.some((form) => keys.has(foldTextAsWritten(form)));
    return { verdict: isRight ? "right" : "wrong", value: isRight ? 1 : 0, extracted, why };
  };
  if (from === "reply") return on(written.trim(), [written], "whole reply");
  const reply = written.replaceAll(functionWords, simplify);
  const place = answerPlaces(reply, gold.question.replaceAll(functionWords, simplify)).find(
    ({ stated }) => stated.length > 0,
  );
  const converted = place?.sure === true ? null : convertedIn(written, gold.question);
  if (converted !== null)
    return { ...on(converted, [converted], "converted"), notes: { doubtful: true } };
  if (place === undefined || place.stated.every((form) => foldTextAsWritten(form) === ""))
    return { verdict: "unresolved", value: 0, extracted: null, why: "no answer stated" };
  const grade = on(place.stated[0] ?? "", place.stated, place.why);
  if (place.sure) return grade;
  const isPart =
    place.stated.every((form) => isPartOf(form, gold.question)) && grade.verdict === "wrong";
  return grade.verdict === "right" || (place.why === "concluded" && !isPart)
    ? { ...grade, notes: { doubtful: true } }
    : { ...grade, verdict: "unresolved", why: `unsure: ${place.why}` };
}

/**
 * The text that the question gives to convert, as the reply writes it: the one line or quotation of it that has as many
 * characters and is the same but for the script. Null where the question gives no text of some length, or the reply has
 * none or several.
 */
function convertedIn(reply: string, question: string): string | null {
  const source = sourceIn(question);
  if (source === null) return null;
  const lines = reply.split("\n").map((line) => line.replaceAll(dress, ""));
  const quoted = Array.from(reply.matchAll(quotations), ([, text = ""]) => text);
  const given = foldTextAsWritten(source);
  const found = new Map(
    [...lines, ...quoted]
      .map((text) => [foldTextAsWritten(text), text] as const)
      .filter(([key]) => key !== given && isConverted(key, given)),
  );
  const [only] = found.values();
  return found.size === 1 && only !== undefined ? only : null;
}

/** As many characters, most of them the same in simplified script. */
function isConverted(text: string, source: string): boolean {
  const [own, given] = [Array.from(simplify(text)), Array.from(simplify(source))];
  if (own.length !== given.length) return false;
  return own.filter((char, at) => char === given[at]).length * 2 > given.length;
}

/** The text that is to be converted: what the question quotes last, unless that is a word or less. */
function sourceIn(question: string): string | null {
  const last = Array.from(question.matchAll(quotations), ([, text = ""]) => text).at(-1) ?? "";
  return lengthOf(last) > 2 ? last : null;
}

/** “后”要写成“後” where all of a sentence is to be converted tells only of a part. */
function isPartOf(form: string, question: string): boolean {
  const source = sourceIn(question);
  return (
    source !== null && converts.test(simplify(question)) && 2 * lengthOf(form) < lengthOf(source)
  );
}

const converts = /把.*(?:[写转换改译][成为]|转换)/;

const lengthOf = (text: string): number => Array.from(text).length;
const quotations = /[“「『"]([^”」』"\n]+)[”」』"]/g;
const dress = /^[\s>*#`|-]+|[\s*`|]+$/g;

/** The rules of reading are written in simplified characters. */
const functionWords = /應[該當寫為作]|[寫轉換][為作成法換]?(?=[是为:：「“「])|結果|繁體|簡體/gu;
