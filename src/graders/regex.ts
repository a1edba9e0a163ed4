import { z } from "zod";

import type { Gold, GoldProblem } from "../domain/grader.ts";
import type { Pattern } from "../text/pattern.ts";

import { defineGrader } from "../domain/grader.ts";
import { answerTexts, goldTexts } from "../grading/graders.ts";
import { foldText } from "../text/answer-fold.ts";
import { fold } from "../text/normalise.ts";
import { compilePattern } from "../text/pattern.ts";

const Options = z.strictObject({
  pattern: z
    .string()
    .min(1)
    .optional()
    .describe("takes the answer out of the reply; without it the gold itself is the pattern"),
  group: z
    .int()
    .nonnegative()
    .optional()
    .describe("group that holds the answer; 1 where the pattern has one"),
  ignore_case: z.boolean().default(false),
  multiline: z.boolean().default(true).describe("^ and $ match at lines"),
});
type Options = z.infer<typeof Options>;

/** Linear-time patterns on the folded reply; the last match counts. */
export const grader = defineGrader({
  id: "regex",
  version: "2",
  title: { zh: "正则", en: "regular expression" },
  options: Options,
  reads: ["answer", "aliases"],
  check,
  grade: ({ gold, reply }, options) => {
    const text = fold(reply);
    if (options.pattern === undefined) {
      const hit = goldTexts(gold)
        .map((source) => compilePattern(source, options).last(text))
        .find((groups) => groups !== null);
      return hit === undefined || hit === null
        ? { verdict: "wrong", value: 0, extracted: null, why: "no match" }
        : { verdict: "right", value: 1, extracted: hit[0] ?? null, why: "match" };
    }
    const pattern = compilePattern(options.pattern, options);
    const extracted = pattern.last(text)?.[groupOf(pattern, options)] ?? null;
    if (extracted === null) {
      return { verdict: "unresolved", value: 0, extracted, why: "no match" };
    }
    return goldTexts(gold).some((each) => foldText(each) === foldText(extracted))
      ? { verdict: "right", value: 1, extracted, why: "match" }
      : { verdict: "wrong", value: 0, extracted, why: "match" };
  },
});

const groupOf = (pattern: Pattern, { group }: Options): number =>
  group ?? Math.min(1, pattern.groups);

function check(gold: Gold, options: Options): readonly GoldProblem[] {
  if (answerTexts(gold).length === 0) {
    const message = { zh: "缺少标准答案", en: "the answer is missing" };
    return [{ path: "answer", message }];
  }
  if (options.pattern !== undefined)
    return patternProblems("grader.with.pattern", options.pattern, options);
  return goldTexts(gold).flatMap((source) => patternProblems("answer", source, options));
}

function patternProblems(path: string, source: string, options: Options): readonly GoldProblem[] {
  try {
    const pattern = compilePattern(source, options);
    const group = groupOf(pattern, options);
    if (group <= pattern.groups) return [];
    const message = {
      zh: `正则只有 ${pattern.groups} 个分组，没有第 ${group} 个`,
      en: `the pattern has ${pattern.groups} groups, no group ${group}`,
    };
    return [{ path, message }];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = {
      zh: `正则无法编译（RE2 语法，不支持环视和反向引用）：${reason}`,
      en: `the pattern does not compile (RE2 syntax, no look-around or back-references): ${reason}`,
    };
    return [{ path, message }];
  }
}
