import type { RunLine } from "../../domain/run-file/header.ts";
import type { AnswerLine, ItemLine, ScoreLine } from "../../domain/run-file/lines.ts";
import type { GraderRef } from "../../domain/suite.ts";
import type { ConfigFile } from "../../store/config.ts";
import type { Graders } from "../../store/graders.ts";
import type { Context } from "../context.ts";

import { judgeAccess, createCompanions } from "../../engine/judges/judging.ts";
import { judgingNeed } from "../../engine/judges/score.ts";
import { judges as purse, nothing } from "../../engine/run/budget.ts";
import { gradeAnswer } from "../../grading/grade.ts";
import { type JudgePool, type JudgePoolOptions, openJudgePool } from "../calibrate/judge-pool.ts";
import { judgesOf } from "../run/judges/judge-setup.ts";

/** Grades the answers of a run file, by judges too. */
export type Scorer = {
  /** Null once the money is used up. */
  readonly grade: (item: ItemLine, answer: AnswerLine) => Promise<ScoreLine | null>;
  /** How many may be graded at the same time. */
  readonly atOnce: number;
  /** Judges stand ready, and money is reserved for each answer. */
  readonly hasJudges: boolean;
  /** Some of the judges that the graders ask for are not configured. */
  readonly lacksJudges: boolean;
  readonly close: () => Promise<void>;
};

export type ScorerSetup = {
  readonly file: string;
  readonly header: RunLine;
  readonly refs: readonly GraderRef[];
  readonly config: ConfigFile | null;
  readonly graders: Graders;
};

/** Opens what the graders need beside the answers. */
export async function openScorer(
  { file, header, ...setup }: ScorerSetup,
  options: JudgePoolOptions,
  context: Context,
): Promise<Scorer> {
  const { graders } = setup;
  const lacksJudges = (await judgesOf(setup.refs, setup.config, graders)).absent.length > 0;
  const pool = await openJudgePool({ ...setup, run: { file, header } }, options, context);
  if (pool === null) {
    return {
      grade: (item, answer) => gradeAnswer(item, answer, graders.load),
      atOnce: 1,
      hasJudges: false,
      lacksJudges,
      close: () => Promise.resolve(),
    };
  }
  return {
    grade: graderWith(pool, header, graders),
    atOnce: pool.atOnce,
    hasJudges: true,
    lacksJudges,
    close: pool.close,
  };
}

function graderWith(
  { judging, judges, budget }: JudgePool,
  header: RunLine,
  graders: Graders,
): Scorer["grade"] {
  const companions = createCompanions(judging.baselines, judging.earlier);
  companions.close();
  const whole = judgeAccess(judging, header.targets, judges.ask, companions);
  // An answer that is not in the file will not come: nobody waits for it.
  const { baseline } = judgeAccess(judging, [], judges.ask, companions);
  return async (item, answer) => {
    const letters = answer.turns.reduce((sum, { text }) => sum + text.length, 0);
    const need = await judgingNeed(item, letters, judging, judges);
    const reservation = await budget.reserve(purse, () => nothing, need);
    if (reservation === null) return null;
    // Left open, it would count as in flight, and the next answer that does not fit would wait for it for ever.
    reservation.settle([]);
    const held = reservation.judging;
    const line = await gradeAnswer(item, answer, graders.load, { ...whole, baseline });
    held.settle((line.judge_calls ?? []).map(judges.spentOn));
    return line;
  };
}
