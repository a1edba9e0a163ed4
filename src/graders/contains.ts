import { z } from "zod";

import { defineGrader } from "../domain/grader.ts";
import { answerTexts } from "../grading/graders.ts";
import { fold, stripLatex, stripMarkdown } from "../text/normalise.ts";

const Options = z.strictObject({
  need: z
    .enum(["all", "any"])
    .default("all")
    .describe("of an answer that is a list: all of its members, or any one"),
  without: z
    .array(z.string().min(1))
    .default([])
    .describe("texts that make the reply wrong wherever they stand"),
});

/** Right where the reply contains the gold; at its edges, Latin words and numbers must be whole. */
export const grader = defineGrader({
  id: "contains",
  version: "1",
  title: { zh: "包含", en: "contains" },
  options: Options,
  check: (gold) => {
    const texts = [...answerTexts(gold), ...gold.aliases];
    if (texts.length > 0 && texts.every((text) => searchable(text) !== "")) return [];
    const message = { zh: "需要一个非空的标准答案", en: "needs an answer that is not empty" };
    return [{ path: "answer", message }];
  },
  grade: ({ gold, reply }, { need, without }) => {
    const text = searchable(reply);
    const banned = without.find((each) => holds(text, each));
    if (banned !== undefined) {
      return { verdict: "wrong", value: 0, extracted: banned, why: "forbidden text" };
    }
    const members = answerTexts(gold);
    const found = members.filter((each) => holds(text, each));
    const alias = gold.aliases.find((each) => holds(text, each));
    const enough = need === "all" ? found.length === members.length : found.length > 0;
    if (alias !== undefined && !(enough && members.length > 0)) {
      return { verdict: "right", value: 1, extracted: alias, why: "alias" };
    }
    const extracted = found.length === 0 ? null : found.join("、");
    return enough && members.length > 0
      ? { verdict: "right", value: 1, extracted, why: "contained" }
      : { verdict: "wrong", value: 0, extracted, why: "not contained" };
  },
});

const searchable = (text: string): string =>
  stripLatex(stripMarkdown(fold(text)))
    .toLowerCase()
    .replaceAll(/\s+/g, " ")
    .trim();

/** Finds `part` where no Latin word or number continues beyond its edges: 5 is not in 15, nor in 5.5. */
function holds(text: string, part: string): boolean {
  const wanted = searchable(part);
  if (wanted === "") return false;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    if (isWhole(text, at, at + wanted.length)) return true;
  }
  return false;
}

function isWhole(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 2), start);
  const first = text.slice(start, start + 1);
  const last = text.slice(end - 1, end);
  const after = text.slice(end, end + 2);
  if (/[a-z]/.test(first) && /[a-z]$/.test(before)) return false;
  if (/[a-z]/.test(last) && /^[a-z]/.test(after)) return false;
  if (/\d/.test(first) && /\d[.,]?$|\.$|-$/.test(before)) return false;
  return !(/\d/.test(last) && /^(?:\d|[.,]\d|%)/.test(after));
}
