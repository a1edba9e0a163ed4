import { z } from "zod";

import type { Grade, GradeContext, Sample } from "../domain/grader.ts";
import type { ItemConstraint } from "../grading/constraints/read.ts";
import type { ConstraintResult } from "../grading/constraints/results.ts";

import { defineGrader } from "../domain/grader.ts";
import { askPanel } from "../grading/constraints/ask.ts";
import { readConstraints } from "../grading/constraints/read.ts";
import { notesOf, testConstraints } from "../grading/constraints/results.ts";

const Options = z.strictObject({
  mode: z
    .enum(["strict", "share"])
    .default("strict")
    .describe("strict: all constraints or nothing; share: the fraction that is kept"),
  judges: z
    .string()
    .min(1)
    .optional()
    .describe("a panel of the config, or a target, that answers the questions of `content`"),
});
type Options = z.infer<typeof Options>;

/** Checks the constraints that the item lists, one by one. */
export const grader = defineGrader({
  id: "constraints",
  version: "1",
  title: { zh: "约束", en: "constraints" },
  options: Options,
  reads: ["constraints"],
  needs: ({ judges }) => ({
    judges: judges === undefined ? [] : [judges],
    optional: true,
    same_family: "refuse",
    baselines: [],
    // One call holds all questions of an item, and it is made only where the words are right.
    calls: (votes = 1) => (judges === undefined ? 0 : votes),
  }),
  stamp: ({ judges }, { panel }) =>
    judges === undefined ? null : (panel?.(judges)?.judges.map(({ ref }) => ref) ?? null),
  check: async ({ constraints }) => {
    if (constraints === null || constraints.length === 0) return [nothingToCheck];
    return (await readConstraints(constraints)).problems;
  },
  grade: async (sample, options, context) => {
    const { ready, problems } = await readConstraints(sample.gold.constraints ?? []);
    const [problem] = problems;
    if (problem !== undefined || ready.length === 0) {
      const { path, message } = problem ?? nothingToCheck;
      return { verdict: "ungraded", value: null, extracted: null, why: `${path}: ${message.en}` };
    }
    const tested = await testConstraints(sample.reply, sample.gold.question, ready);
    return judged(sample, ready, tested, options, context);
  },
});

const nothingToCheck = {
  path: "constraints",
  message: { zh: "没有列出约束（constraints）", en: "no constraints are listed" },
};

/** Adds what a judge says of the content. A strict verdict that is lost already costs no call. */
async function judged(
  sample: Sample,
  ready: readonly ItemConstraint[],
  tested: readonly ConstraintResult[],
  { mode, judges }: Options,
  context: GradeContext,
): Promise<Grade> {
  const questions = ready.flatMap(({ constraint, options }, index) => {
    const ask = constraint.asks?.(options) ?? null;
    return ask === null || tested[index]?.ok !== true ? [] : [{ index, ask }];
  });
  const isLost = mode === "strict" && tested.some(({ ok }) => ok === false);
  if (judges === undefined || isLost || questions.length === 0) return gradeOf(tested, mode);
  const asks = questions.map(({ ask }) => ask);
  const said = await askPanel(sample, asks, judges, context);
  if (said === null) return gradeOf(tested, mode);
  const results = tested.map((result, index) => {
    const at = questions.findIndex((question) => question.index === index);
    return at < 0 ? result : afterJudge(result, asks[at] ?? "", said.answers[at] ?? null);
  });
  return { ...gradeOf(results, mode), ballots: said.ballots };
}

function afterJudge(
  { check }: ConstraintResult,
  ask: string,
  answer: boolean | null,
): ConstraintResult {
  const words = answer === null ? noVerdict : answer ? yes : no;
  return {
    check,
    ok: answer,
    why: { zh: `裁判（${ask}）：${words.zh}`, en: `judge (${ask}): ${words.en}` },
  };
}

const yes = { zh: "是", en: "yes" };
const no = { zh: "否", en: "no" };
const noVerdict = { zh: "没有有效的判定", en: "no valid verdict" };

function gradeOf(results: readonly ConstraintResult[], mode: Options["mode"]): Grade {
  const kept = results.filter(({ ok }) => ok === true).length;
  const broken = results.filter(({ ok }) => ok === false);
  const notes = notesOf(results);
  const extracted = `${kept}/${results.length}`;
  const isOpen = kept + broken.length < results.length && (mode === "share" || broken.length === 0);
  if (isOpen)
    return { verdict: "ungraded", value: null, extracted, why: "no valid verdict", notes };
  if (broken.length === 0) return { verdict: "right", value: 1, extracted, why: "all kept", notes };
  const why = `broken: ${[...new Set(broken.map(({ check }) => check))].join(", ")}`;
  if (mode === "strict" || kept === 0) return { verdict: "wrong", value: 0, extracted, why, notes };
  return { verdict: "partial", value: kept / results.length, extracted, why, notes };
}
