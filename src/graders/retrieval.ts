import { z } from "zod";

import type { Passage } from "../domain/app/passage.ts";
import type { Gold } from "../domain/grader.ts";

import { defineGrader } from "../domain/grader.ts";
import { plain } from "../text/normalise.ts";

const Options = z.strictObject({
  k: z.int().min(1).max(200).default(5).describe("how many of the first passages count"),
  metric: z
    .enum(["recall", "hit", "mrr"])
    .default("recall")
    .describe(
      "recall@k: share of the gold passages among the first k; hit: any of them; mrr: 1 / rank of the first of them",
    ),
});

/**
 * Whether the passages that a target retrieved are those that hold the answer (`gold_passages`). Recall@k and reciprocal
 * rank as in Manning, Raghavan, Schütze, Introduction to Information Retrieval, 2008, §8.4; the mean of the latter over
 * items is MRR.
 */
export const grader = defineGrader({
  id: "retrieval",
  version: "1",
  title: { zh: "检索", en: "retrieval" },
  options: Options,
  reads: ["gold_passages"],
  check: ({ gold_passages = [] }) =>
    gold_passages.length > 0
      ? []
      : [
          {
            path: "gold_passages",
            message: {
              zh: "缺少 gold_passages：写出含有答案的段落的编号、标题或一段原文",
              en: "gold_passages is missing: name the passages that hold the answer by id, title or a part of their text",
            },
          },
        ],
  grade: ({ gold, passages }, { k, metric }) => {
    const golds = goldsOf(gold);
    if (passages === undefined || passages.length === 0 || golds.length === 0)
      return {
        verdict: "ungraded",
        value: null,
        extracted: null,
        why: golds.length === 0 ? "no gold passages" : "no passages came",
      };
    const first = passages.slice(0, k);
    const found = golds.filter((each) => first.some((passage) => isPassage(passage, each)));
    const rank = passages.findIndex((passage) => golds.some((each) => isPassage(passage, each)));
    const recall = found.length / golds.length;
    const reciprocal = rank === -1 ? 0 : 1 / (rank + 1);
    const hit = found.length > 0 ? 1 : 0;
    const value = { recall, hit, mrr: reciprocal }[metric];
    return {
      verdict: value === 1 ? "right" : value > 0 ? "partial" : "wrong",
      value,
      extracted: first.map(({ id, title, text }) => id ?? title ?? text.slice(0, 20)).join(" | "),
      why: rank === -1 ? "none of them" : `the first is at ${rank + 1}`,
      notes: {
        recall,
        reciprocal_rank: reciprocal,
        hit: hit === 1,
        passages: passages.length,
        ...(rank === -1 ? {} : { rank: rank + 1 }),
      },
    };
  },
});

const goldsOf = ({ gold_passages = [] }: Gold): readonly string[] => gold_passages;

/** Shorter texts stand in many passages. */
const shortestText = 8;

/** Named by its id or title, or by a part of its text. */
function isPassage({ id, title, text }: Passage, wanted: string): boolean {
  if (id === wanted || title === wanted) return true;
  const [own, part] = [plain(text), plain(wanted)];
  return (
    part.length >= shortestText &&
    (own.includes(part) || (own.length >= shortestText && part.includes(own)))
  );
}
