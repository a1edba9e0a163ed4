import type { Grade, GradeContext, Sample } from "../../domain/grader.ts";
import type { GraderRef } from "../../domain/suite.ts";
import type { GradedPart } from "./combine.ts";

import { gradeSample } from "../grade.ts";
import { loadGrader, parseGraderOptions } from "../graders.ts";

type Part = { readonly name: string; readonly weight: number; readonly ref: GraderRef };

/**
 * Grades a sample, whose gold is the part's own, with another grader. One that is not there leaves the part ungraded.
 * Rejects only where the run stops.
 */
export async function gradePart(
  { name, weight, ref }: Part,
  sample: Sample,
  context: GradeContext,
): Promise<GradedPart> {
  const grader = await (context.load ?? loadGrader)(ref.use);
  const grade: Grade =
    grader === null
      ? { verdict: "ungraded", value: null, extracted: null, why: `no grader ${ref.use}` }
      : await gradeSample(grader, parseGraderOptions(grader, ref.with), sample, context);
  return partOf({ name, weight, use: ref.use }, grade);
}

/** A grade as that of one part. */
export function partOf(
  {
    name,
    weight,
    use,
  }: { readonly name: string; readonly weight: number; readonly use: string | null },
  { verdict, value, extracted, why, notes, ballots }: Grade,
): GradedPart {
  const votes = ballots === undefined ? {} : { ballots };
  return { score: { name, use, verdict, value, weight, extracted, why, ...votes }, notes };
}
