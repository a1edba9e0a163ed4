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
  if (place === undefined || place.stated.every((form) => foldTextAsWritten(form) === ""))
    return { verdict: "unresolved", value: 0, extracted: null, why: "no answer stated" };
  const grade = on(place.stated[0] ?? "", place.stated, place.why);
  if (place.sure) return grade;
  return grade.verdict === "right" || place.why === "concluded"
    ? { ...grade, notes: { doubtful: true } }
    : { ...grade, verdict: "unresolved", why: `unsure: ${place.why}` };
}

/** The rules of reading are written in simplified characters. */
const functionWords = /應[該當寫為作]|[寫轉換][為作成法換]?(?=[是为:：「“「])|結果|繁體|簡體/gu;
