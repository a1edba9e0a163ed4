import { z } from "zod";

import { defineGrader } from "../domain/grader.ts";
import { goldTexts } from "../grading/graders.ts";
import { editSimilarity } from "../grading/metric/scores.ts";
import { afterLastMarker } from "../text/extract.ts";
import { fold, plain } from "../text/normalise.ts";
import { characters } from "../text/tokenise.ts";

const Options = z.strictObject({
  similarity: z
    .number()
    .gt(0)
    .max(1)
    .default(0.8)
    .describe("share of characters that must need no edit"),
  from: z
    .enum(["marker", "reply"])
    .default("marker")
    .describe("marker: what stands behind the last 答案：, else the whole reply; reply: all of it"),
});

/** Right where the reply is close to the gold or an alias after normalisation. Numbers must be the same. */
export const grader = defineGrader({
  id: "fuzzy",
  version: "1",
  title: { zh: "近似匹配", en: "fuzzy match" },
  options: Options,
  check: (gold) => {
    const texts = goldTexts(gold);
    if (texts.length > 0 && texts.every((text) => plain(text) !== "")) return [];
    const message = { zh: "需要一个非空的标准答案", en: "needs an answer that is not empty" };
    return [{ path: "answer", message }];
  },
  heavy: ({ reply }) => reply.length > maxChars,
  grade: ({ gold, reply }, { similarity, from }) => {
    const text = fold(reply);
    const answer = (from === "marker" ? afterLastMarker(text) : null) ?? text.trim();
    const key = plain(answer);
    if (key === "") return { verdict: "unresolved", value: 0, extracted: null, why: "empty" };
    const near = goldTexts(gold).some((each) => isNear(key, plain(each), similarity));
    const extracted = answer.slice(0, maxChars);
    return near
      ? { verdict: "right", value: 1, extracted, why: "similar" }
      : { verdict: "wrong", value: 0, extracted, why: "not similar" };
  },
});

const maxChars = 2_000;

const digits = (text: string): string => (text.match(/\d+(?:\.\d+)?/g) ?? []).join(" ");

/** Texts of very different lengths cannot be close, so their distance is not computed. */
function isNear(answer: string, gold: string, similarity: number): boolean {
  const [a, b] = [characters(answer), characters(gold)];
  if (Math.min(a.length, b.length) < similarity * Math.max(a.length, b.length)) return false;
  return digits(answer) === digits(gold) && editSimilarity(a, b) >= similarity;
}
