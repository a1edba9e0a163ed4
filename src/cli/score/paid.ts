import type { ScoreLine } from "../../domain/run-file/lines.ts";

import { canonicalJson } from "../../domain/digest.ts";

/** True if judges decided it and were paid. */
export const isPaid = (score: ScoreLine): boolean =>
  (score.judge_calls ?? []).length > 0 && score.verdict !== "ungraded" && !leftToRule(score);

/**
 * True if a new score must not take the place of a verdict that judges were paid for: it decides nothing, or it was
 * made without the judges that the grader asks for, or they were asked and decided nothing, where nobody asked for another
 * grader.
 */
export const mustNotReplace = (
  score: ScoreLine,
  { lacksJudges, otherGrader }: { readonly lacksJudges: boolean; readonly otherGrader: boolean },
): boolean =>
  score.verdict === "ungraded" ||
  (!otherGrader && (leftToRule(score) || (lacksJudges && score.judge_calls === undefined)));

/** Asked for, the judges decided nothing of any turn. */
const leftToRule = ({ judge_calls, turns, notes }: ScoreLine): boolean =>
  judge_calls !== undefined &&
  (turns ?? [{ notes }]).every(({ notes: own = {} }) =>
    ["nobody", "rule", "wording"].includes(String(own["decided_by"] ?? "rule")),
  ) &&
  (turns ?? [{ notes }]).some(({ notes: own = {} }) => own["decided_by"] !== undefined);

/**
 * What to append so that `paid` counts: what the judges were paid in vain meanwhile, and the verdict again if another
 * one follows it. Its calls stay where they are, because each line's calls are added up.
 */
export function restored(paid: ScoreLine, last: ScoreLine, vain: ScoreLine): readonly ScoreLine[] {
  const spent = vain.judge_calls === undefined ? [] : [vain];
  const { judge_calls: _, ...verdict } = paid;
  const { judge_calls: __, ...standing } = last;
  const counts = spent.length === 0 && canonicalJson(standing) === canonicalJson(verdict);
  return counts ? [] : [...spent, verdict];
}
