import type { Needs } from "../../domain/judging.ts";
import type { ItemLine } from "../../domain/run-file/lines.ts";
import type { GraderRef } from "../../domain/suite.ts";
import type { LoadGrader } from "../grade.ts";

import { parseGraderOptions } from "../graders.ts";

/** What a grader with its options needs beside the reply; null where it needs nothing. */
export async function needsOf(
  { use, with: given }: GraderRef,
  load: LoadGrader,
): Promise<Needs | null> {
  const grader = await load(use);
  return grader?.needs?.(parseGraderOptions(grader, given)) ?? null;
}

/** Judge calls for one answer to an item, by panel. Graders with equal JSON are looked up once. */
export function callCounter(
  load: LoadGrader,
  votesOf: (panel: string) => number | undefined,
): (item: ItemLine) => Promise<ReadonlyMap<string, number>> {
  const known = new Map<string, Promise<Needs | null>>();
  const look = (ref: GraderRef): Promise<Needs | null> => {
    const text = JSON.stringify(ref);
    const found = known.get(text) ?? needsOf(ref, load);
    known.set(text, found);
    return found;
  };
  return async ({ turns }) => {
    const calls = new Map<string, number>();
    for (const { grader } of turns) {
      const needs = grader === null ? null : await look(grader);
      for (const panel of needs?.judges ?? []) {
        calls.set(panel, (calls.get(panel) ?? 0) + (needs?.calls(votesOf(panel)) ?? 0));
      }
    }
    return calls;
  };
}
