import { z } from "zod";

import { defineGrader } from "../domain/grader.ts";
import { answerTexts } from "../grading/graders.ts";
import { unlessParroted } from "../grading/parrot.ts";
import { placesOf, searchable } from "../text/occurrence.ts";

const Options = z.strictObject({
  need: z
    .enum(["all", "any"])
    .default("all")
    .describe("of an answer that is a list: all of its members, or any one"),
  without: z
    .array(z.string().min(1))
    .default([])
    .describe("texts that make the reply wrong wherever they stand"),
  negated: z
    .enum(["ignored", "counted"])
    .default("ignored")
    .describe("a place such as 不属于道家: no place at all, or one where the word is asked for"),
});

/** Right where the reply contains the gold; at its edges, Latin words and numbers must be whole. */
export const grader = defineGrader({
  id: "contains",
  version: "4",
  title: { zh: "包含", en: "contains" },
  options: Options,
  reads: ["answer", "aliases"],
  check: (gold) => {
    const texts = [...answerTexts(gold), ...gold.aliases];
    if (texts.length > 0 && texts.every((text) => searchable(text) !== "")) return [];
    const message = { zh: "需要一个非空的标准答案", en: "needs an answer that is not empty" };
    return [{ path: "answer", message }];
  },
  grade: unlessParroted(({ gold, reply }, { need, without, negated }: z.infer<typeof Options>) => {
    const text = searchable(reply);
    const banned = without.find((each) => placesOf(each, text).length > 0);
    if (banned !== undefined) {
      return { verdict: "wrong", value: 0, extracted: banned, why: "forbidden text" };
    }
    const holds = (part: string): boolean =>
      placesOf(part, text).some((place) => negated === "counted" || !place.negated);
    const members = answerTexts(gold);
    const found = members.filter(holds);
    const alias = gold.aliases.find(holds);
    const enough = need === "all" ? found.length === members.length : found.length > 0;
    if (alias !== undefined && !(enough && members.length > 0)) {
      return { verdict: "right", value: 1, extracted: alias, why: "alias" };
    }
    const extracted = found.length === 0 ? null : found.join("、");
    if (enough && members.length > 0)
      return { verdict: "right", value: 1, extracted, why: "contained" };
    const isNegated = members.some((each) => !holds(each) && placesOf(each, text).length > 0);
    return {
      verdict: "wrong",
      value: 0,
      extracted,
      why: isNegated ? "negated" : "not contained",
    };
  }),
});
