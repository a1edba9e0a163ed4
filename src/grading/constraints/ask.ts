import type { GradeContext, Sample } from "../../domain/grader.ts";
import type { Ballot } from "../../domain/judging.ts";

import { ballotsOf } from "../judge/ballots.ts";
import { JudgeOptions } from "../judge/options.ts";

/** What judges said to each question, in order: yes, no, or null where fewer than half of them gave a valid vote. */
type Answers = {
  readonly answers: readonly (boolean | null)[];
  readonly ballots: readonly Ballot[];
};

/** Asks a panel all questions at once; null where the run has no such panel. Rejects where the run stops. */
export async function askPanel(
  sample: Sample,
  questions: readonly string[],
  judges: string,
  { ask, panel }: GradeContext,
): Promise<Answers | null> {
  const found = panel?.(judges) ?? null;
  if (ask === undefined || found === null) return null;
  const options = JudgeOptions.parse({ mode: "checklist", checklist: questions, judges });
  const ballots = await ballotsOf(sample, null, options, found, ask);
  const valid = ballots.filter(({ value }) => value !== null);
  const isEnough = valid.length * 2 > ballots.length;
  const answers = questions.map((_, index) => {
    const yes = valid.filter(({ marks }) => marks?.[String(index + 1)] === 1).length;
    return isEnough ? yes * 2 > valid.length : null;
  });
  return { answers, ballots };
}
