import type { GraderRef } from "../domain/suite.ts";

import { type LoadGrader, parseGraderOptions } from "./graders.ts";
import { needsNobody } from "./judge/needs.ts";

/**
 * Whether a grader and all that it uses grade by the reply alone, on whatever thread: without judges, other answers, or programs
 * that they start. Rejects with a `UserError` for options that the grader does not take.
 */
export async function gradesAlone(ref: GraderRef, load: LoadGrader): Promise<boolean> {
  const grader = await load(ref.use);
  if (grader === null || grader.withRunners !== undefined) return false;
  const options = parseGraderOptions(grader, ref.with);
  const parts = grader.parts?.(options) ?? [];
  // A grader of parts is apart for their sake alone.
  if (grader.isApart === true && parts.length === 0) return false;
  if (!needsNobody(grader, options)) return false;
  return (await Promise.all(parts.map((part) => gradesAlone(part.ref, load)))).every(Boolean);
}
