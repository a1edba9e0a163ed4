import type { Grader } from "../../domain/grader.ts";
import type { Needs } from "../../domain/judging.ts";
import type { ItemLine } from "../../domain/run-file/lines.ts";
import type { GraderRef } from "../../domain/suite.ts";

import { type LoadGrader, parseGraderOptions } from "../graders.ts";

/**
 * What graders need beside the reply, one entry for each that needs something: the grader itself, or those that it uses
 * where it says nothing of itself.
 */
export async function needsOf(
  { use, with: given }: GraderRef,
  load: LoadGrader,
): Promise<readonly Needs[]> {
  const grader = await load(use);
  if (grader === null) return [];
  const options = parseGraderOptions(grader, given);
  if (grader.needs !== undefined) return [grader.needs(options)];
  const parts = (grader.parts?.(options) ?? []).map(({ ref }) => needsOf(ref, load));
  return (await Promise.all(parts)).flat();
}

/** Judge calls for one answer to an item, by panel. Graders with equal JSON are looked up once. */
export function callCounter(
  load: LoadGrader,
  votesOf: (panel: string) => number | undefined,
): (item: ItemLine) => Promise<ReadonlyMap<string, number>> {
  const known = new Map<string, Promise<readonly Needs[]>>();
  const look = (ref: GraderRef): Promise<readonly Needs[]> => {
    const text = JSON.stringify(ref);
    const found = known.get(text) ?? needsOf(ref, load);
    known.set(text, found);
    return found;
  };
  return async ({ turns }) => {
    const calls = new Map<string, number>();
    for (const { grader } of turns) {
      for (const needs of grader === null ? [] : await look(grader)) {
        for (const panel of needs.judges)
          calls.set(panel, (calls.get(panel) ?? 0) + needs.calls(votesOf(panel)));
      }
    }
    return calls;
  };
}

/** True where neither judges nor other answers are needed with these options. */
export const needsNobody = <Options>({ needs }: Grader<Options>, options: Options): boolean => {
  const own = needs?.(options);
  return own === undefined || own.judges.length + own.baselines.length === 0;
};
