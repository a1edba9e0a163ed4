import type { Grade, Sample } from "../../domain/grader.ts";
import type { GraderRef } from "../../domain/suite.ts";

import { loadGrader, parseGraderOptions } from "../graders.ts";

/**
 * The rule's grade for a reply, with its verdict and value repeated in the notes, so that a report can show the rule
 * alone beside rule and judge. Rejects where the rule does not exist or throws.
 */
export async function gradeByRule(sample: Sample, { use, with: given }: GraderRef): Promise<Grade> {
  const rule = await loadGrader(use);
  if (rule === null) throw new Error(`no grader ${use}`);
  const grade = await rule.grade(sample, parseGraderOptions(rule, given), {});
  const notes = {
    ...grade.notes,
    rule: use,
    rule_verdict: grade.verdict,
    ...(grade.value === null ? {} : { rule_value: grade.value }),
    decided_by: "rule",
  };
  return { ...grade, notes };
}
