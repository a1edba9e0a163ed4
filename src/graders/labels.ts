import { z } from "zod";

import type { Gold, GoldProblem, Grade } from "../domain/grader.ts";

import { defineGrader } from "../domain/grader.ts";
import { answerTexts } from "../grading/graders.ts";
import { readLabels } from "../grading/labels/read.ts";
import { isLabel, sharedSpelling, vocabularyOf } from "../grading/labels/vocabulary.ts";

const Names = z.union([
  z.array(z.string().min(1)).min(2),
  z.record(z.string().min(1), z.array(z.string().min(1))),
]);

const Options = z.strictObject({
  labels: Names.describe(
    "all labels of the task: a list, or a map from each to its other spellings",
  ),
  several: z
    .boolean()
    .optional()
    .describe("whether a reply may give several; absent: where the item's answer is a list"),
  value: z
    .enum(["f1", "jaccard", "exact"])
    .default("f1")
    .describe("what counts where there are several: set F1, Jaccard's index, or all or nothing"),
});
type Options = z.infer<typeof Options>;

/** Classification with one label or several, compared as sets. Reports add macro-F1 over the items of a task. */
export const grader = defineGrader({
  id: "labels",
  version: "1",
  title: { zh: "标签分类", en: "labels" },
  options: Options,
  reads: ["answer"],
  check,
  grade: ({ gold, reply }, options): Grade => {
    const vocabulary = vocabularyOf(options.labels);
    const several = options.several ?? Array.isArray(gold.answer);
    const { said, why, sure } = readLabels(reply, gold.question, vocabulary, several);
    if (said === null) return { verdict: "unresolved", value: 0, extracted: null, why };
    const wanted = new Set(answerTexts(gold));
    const hits = said.known.filter((label) => wanted.has(label)).length;
    const given = said.known.length + said.unknown.length;
    const { f1, jaccard } = overlapOf(hits, wanted.size, given);
    const value = { f1, jaccard, exact: Number(jaccard === 1) }[options.value];
    return {
      verdict: value === 1 ? "right" : value === 0 ? "wrong" : "partial",
      value,
      extracted: [...said.known, ...said.unknown].toSorted().join("、"),
      why,
      notes: { f1, jaccard, ...(sure ? {} : { doubtful: true }) },
      labels: said,
    };
  },
});

/** 2h / (w + g) and h / (w + g - h) with h labels in both sets; 1 where both are empty. */
function overlapOf(hits: number, wanted: number, given: number) {
  if (wanted + given === 0) return { f1: 1, jaccard: 1 };
  return { f1: (2 * hits) / (wanted + given), jaccard: hits / (wanted + given - hits) };
}

function check(gold: Gold, { labels, several }: Options): readonly GoldProblem[] {
  const vocabulary = vocabularyOf(labels);
  const shared = sharedSpelling(vocabulary);
  const texts = answerTexts(gold);
  return [
    ...(shared === null ? [] : [{ path: "grader.with.labels", message: ofTwo(shared) }]),
    ...(gold.answer === null ? [{ path: "answer", message: missing }] : []),
    ...(several === false && texts.length !== 1 && gold.answer !== null
      ? [{ path: "answer", message: notOne }]
      : []),
    ...texts
      .filter((text) => !isLabel(text, labels))
      .map((text) => ({ path: "answer", message: unknown(text) })),
  ];
}

const missing = {
  zh: "缺少标签：一个，或一张列表（没有标签写 []）",
  en: "the label is missing: one, or a list ([] where there is none)",
};
const notOne = {
  zh: "several: false 的任务，每题只能有一个标签",
  en: "with several: false every item has one label",
};
const unknown = (text: string) => ({
  zh: `标签 ${JSON.stringify(text)} 不在 labels 里`,
  en: `the label ${JSON.stringify(text)} is not among labels`,
});
const ofTwo = (text: string) => ({
  zh: `“${text}”同时是两个标签的写法`,
  en: `"${text}" is a spelling of two labels`,
});
