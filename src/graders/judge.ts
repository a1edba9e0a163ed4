import type { Grade, GradeContext, Gold, GoldProblem, Sample } from "../domain/grader.ts";
import type { Panel } from "../domain/judging.ts";
import type { JudgedSample } from "../grading/judge/material.ts";
import type { Sides } from "../grading/judge/pair.ts";

import { defineGrader } from "../domain/grader.ts";
import { readConstraints } from "../grading/constraints/read.ts";
import { testConstraints } from "../grading/constraints/results.ts";
import { ballotsOf, neededVotes } from "../grading/judge/ballots.ts";
import { gradeByRule } from "../grading/judge/cascade.ts";
import { gradeOfBallots } from "../grading/judge/combine.ts";
import { pointsOf } from "../grading/judge/marks.ts";
import { JudgeOptions } from "../grading/judge/options.ts";
import { stripThink } from "../text/extract.ts";

/**
 * Marks open replies with one judge model or a panel: by criteria, by a checklist, or against another answer in both
 * orders. The prompts are part of the version: a change to a prompt needs a new version.
 */
export const grader = defineGrader({
  id: "judge",
  version: "2",
  title: { zh: "裁判模型", en: "judge model" },
  options: JudgeOptions,
  reads: ["aliases", "answer", "answers", "constraints", "reference", "rubric"],
  needs: ({ judges, baseline, mode, votes, same_family, solve }) => ({
    judges: [judges],
    same_family,
    baselines: baseline === undefined || mode !== "pair" ? [] : [baseline],
    calls: (given = votes) => given * ((mode === "pair" ? 2 : 1) + (solve ? 1 : 0)),
  }),
  stamp: ({ judges, baseline, mode }, { panel, baselineDigest }) => ({
    panel: withoutKin(panel?.(judges) ?? null),
    baseline:
      mode === "pair" && baseline !== undefined ? (baselineDigest?.(baseline) ?? null) : null,
  }),
  parts: ({ rule }) => (rule === undefined ? [] : [{ path: "rule", ref: rule }]),
  check,
  grade: async (sample, options, context) => {
    const ruled = options.rule === undefined ? null : await gradeByRule(sample, options.rule);
    if (ruled !== null && isSettled(ruled, options)) return ruled;
    const judged = await judge(sample, options, context);
    return ruled === null
      ? judged
      : { ...judged, notes: { ...ruled.notes, ...judged.notes, decided_by: "judge" } };
  },
});

/** In other words than the gold's, a right reply is wrong to a rule that compares texts. */
const isSettled = ({ verdict }: Grade, { settles = "all" }: JudgeOptions): boolean =>
  verdict === "right" || (settles === "all" && verdict !== "unresolved");

function check(gold: Gold, options: JudgeOptions): readonly GoldProblem[] {
  if (options.mode !== "checklist" || pointsOf({ gold }, options).length > 0) return [];
  const message = {
    zh: "逐条检查需要检查项：选项 checklist，或题目的 rubric（文字列表）",
    en: "mode checklist needs points: the option checklist, or a rubric that is a list of texts",
  };
  return [{ path: "rubric", message }];
}

/** Whether a judge is of the candidate's family depends on the candidate, and the digest must not. */
const withoutKin = (panel: Panel | null): unknown =>
  panel === null ? null : { ...panel, judges: panel.judges.map(({ ref }) => ref) };

async function judge(sample: Sample, options: JudgeOptions, context: GradeContext): Promise<Grade> {
  const { ask } = context;
  const panel = context.panel?.(options.judges) ?? null;
  if (ask === undefined || panel === null) return ungraded("no judge configured");
  if (options.mode !== "pair") return vote(await withChecks(sample), null, options, panel, ask);
  const { baseline } = options;
  if (baseline === undefined) return ungraded("no baseline named");
  if ("target" in baseline && baseline.target === context.candidate) return itself;
  const replies = await context.baseline?.(baseline);
  if (replies === null || replies === undefined) return ungraded("the baseline has no answer");
  const sides = sidesOf(sample, replies);
  const grade = await vote(withoutOwnTurns(sample, replies.length), sides, options, panel, ask);
  const notes = {
    baseline: "target" in baseline ? baseline.target : baseline.file,
    chars: lengthOf(sides.candidate),
    baseline_chars: lengthOf(sides.baseline),
  };
  return { ...grade, notes: { ...grade.notes, ...notes } };
}

async function vote(
  sample: JudgedSample,
  sides: Sides | null,
  options: JudgeOptions,
  panel: Panel,
  ask: NonNullable<GradeContext["ask"]>,
): Promise<Grade> {
  const ballots = await ballotsOf(sample, sides, options, panel, ask);
  const needed = neededVotes(ballots, options, panel);
  return gradeOfBallots(ballots, options, panel.combine ?? options.combine, needed);
}

/** What programs can check of the item's demands is checked by them, and told to the judge. */
async function withChecks(sample: Sample): Promise<JudgedSample> {
  const { constraints, question } = sample.gold;
  if (constraints === null || constraints.length === 0) return sample;
  const { ready, problems } = await readConstraints(constraints);
  if (problems.length > 0) return sample;
  const results = await testConstraints(sample.reply, question, ready);
  const lines = results.flatMap(({ ok, why }, index) => {
    const { constraint, options: given } = ready[index] ?? {};
    if (ok === null || constraint === undefined) return [];
    return [`${ok ? "做到" : "没做到"}：${constraint.describe(given, "zh")}（${why.zh}）`];
  });
  return lines.length === 0 ? sample : { ...sample, facts: { checked: lines.join("\n") } };
}

function sidesOf({ reply, dialogue = [] }: Sample, baseline: readonly string[]): Sides {
  const asked = dialogue.filter(({ role }) => role === "user").map(({ text }) => text);
  const own = dialogue.filter(({ role }) => role === "assistant").map(({ text }) => text);
  const turns = baseline.length;
  const earlier = turns > 1 ? own.slice(-(turns - 1)) : [];
  return {
    asked: turns > 1 ? asked.slice(-turns, -1) : [],
    candidate: [...earlier, reply],
    baseline: baseline.map((text) => stripThink(text).text),
  };
}

/** In a dialogue each side shows its own earlier turns, so the common part leaves them out. */
function withoutOwnTurns({ dialogue = [], ...sample }: Sample, turns: number): Sample {
  const last = dialogue.slice(-1);
  return {
    ...sample,
    dialogue: [...dialogue.slice(0, dialogue.length - (2 * turns - 1)), ...last],
  };
}

/** Of all replies of a side, in code points. */
const lengthOf = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + Array.from(text).length, 0);

const ungraded = (why: string): Grade => ({
  verdict: "ungraded",
  value: null,
  extracted: null,
  why,
});

/** The baseline against itself is a tie by definition, without a judge call. */
const itself: Grade = {
  verdict: "partial",
  value: 0.5,
  extracted: "tie",
  why: "the baseline itself",
  notes: { baseline_itself: true },
};
