import type { Gold } from "../../domain/grader.ts";
import type { GraderRef, Task } from "../../domain/suite.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { ItemSource } from "../../store/suites/expand/item-source.ts";

import { goldTurns } from "../../domain/prompt.ts";
import { loadGrader } from "../../grading/graders.ts";
import { validate } from "../../validation/issues.ts";

/**
 * What graders can only guess about the golds of a task: each remark with the items that it concerns. Graders of the
 * user's own make none.
 */
export async function goldRemarks(
  task: Task,
  source: ItemSource,
  lang: Lang,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, Set<string>>();
  // Items of one task share their grader.
  const askers = new WeakMap<GraderRef, Remarks>();
  for (let row = 0; row < source.count; row += 1) {
    const item = await source.at(row);
    for (const turn of goldTurns(task, item)) {
      if (turn.grader === null) continue;
      const remarks = askers.get(turn.grader) ?? (await remarksOf(turn.grader));
      askers.set(turn.grader, remarks);
      for (const remark of remarks(turn)) {
        const ids = found.get(remark[lang]) ?? new Set();
        found.set(remark[lang], ids.add(item.id));
      }
    }
  }
  return new Map([...found].map(([remark, ids]) => [remark, [...ids]]));
}

type Remarks = (gold: Gold) => readonly Text[];

async function remarksOf(ref: GraderRef): Promise<Remarks> {
  const grader = await loadGrader(ref.use);
  const options = grader === null ? null : validate(grader.options, ref.with ?? {});
  if (options?.ok !== true) return () => [];
  return (gold) => grader?.remarks?.(gold, options.value) ?? [];
}
