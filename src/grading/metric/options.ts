import { z } from "zod";

import type { Gold, GoldProblem, Grade } from "../../domain/grader.ts";
import type { Tokenise } from "../../text/overlap/tokenise.ts";

import { fold, simplify, stripMarkdown } from "../../text/normalise.ts";
import { characters, hasJieba, jiebaWords, noJieba } from "../../text/overlap/tokenise.ts";
import { goldTexts } from "../graders.ts";

/** Options shared by all text metrics. */
export const metricShape = {
  tokens: z
    .enum(["char", "jieba"])
    .default("char")
    .describe("char: Unicode characters; jieba: words, as the package jieba-wasm cuts them"),
  pass: z
    .number()
    .gt(0)
    .max(1)
    .optional()
    .describe(
      "a score from here on is right and any other wrong; without it the score is the value",
    ),
};

export type MetricOptions = {
  readonly tokens: "char" | "jieba";
  readonly pass?: number | undefined;
};

/** The answer, the aliases and the reference answer; the best match counts. */
const references = (gold: Gold): readonly string[] => [
  ...goldTexts(gold),
  ...(gold.reference === null ? [] : [gold.reference]),
];

/** The text that all metrics except CMRC's compare: folded, simplified, lower case, without Markdown. */
const metricText = (text: string): string => simplify(stripMarkdown(fold(text))).toLowerCase();

export function checkMetric(gold: Gold, { tokens }: MetricOptions): readonly GoldProblem[] {
  const problems: GoldProblem[] = [];
  if (tokens === "jieba" && !hasJieba()) {
    problems.push({ path: "grader.with.tokens", message: noJieba });
  }
  if (!references(gold).some((text) => metricText(text).trim() !== "")) {
    const message = { zh: "缺少参考答案", en: "a reference answer is missing" };
    problems.push({ path: "answer", message });
  }
  return problems;
}

/** The best score of a reply over its references, as a grade. `score` takes tokens and returns a value in [0, 1]. */
export async function gradeMetric(
  reply: string,
  gold: Gold,
  options: MetricOptions,
  why: string,
  score: (reply: readonly string[], reference: readonly string[]) => number,
): Promise<Grade> {
  const tokenise: Tokenise = options.tokens === "jieba" ? await jiebaWords() : characters;
  const candidate = tokenise(metricText(reply));
  const scores = references(gold).map((text) => score(candidate, tokenise(metricText(text))));
  return scoreGrade(Math.max(0, ...scores), options.pass, why);
}

/** A continuous score as a grade: 1 is right, 0 wrong, anything between partial, unless a pass mark decides. */
function scoreGrade(score: number, pass: number | undefined, why: string): Grade {
  const notes = { score };
  if (pass !== undefined) {
    const right = score >= pass;
    return {
      verdict: right ? "right" : "wrong",
      value: right ? 1 : 0,
      extracted: null,
      why,
      notes,
    };
  }
  const verdict = score >= 1 ? "right" : score <= 0 ? "wrong" : "partial";
  return { verdict, value: score, extracted: null, why };
}

/** True where a metric would block the event loop: word tokens need a dictionary, long texts take time. */
export const isHeavyMetric = (reply: string, gold: Gold, { tokens }: MetricOptions): boolean => {
  const longest = Math.max(0, ...references(gold).map((text) => text.length));
  return tokens === "jieba" || reply.length * longest > 4_000_000;
};
