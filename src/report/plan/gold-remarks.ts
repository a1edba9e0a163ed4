import type { Task } from "../../domain/suite.ts";
import type { Lang } from "../../domain/text.ts";
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
  const found = new Map<string, string[]>();
  for (let row = 0; row < source.count; row += 1) {
    const item = await source.at(row);
    for (const turn of goldTurns(task, item)) {
      const grader = turn.grader === null ? null : await loadGrader(turn.grader.use);
      if (grader?.remarks === undefined) continue;
      const options = validate(grader.options, turn.grader?.with ?? {});
      const remarks = options.ok ? grader.remarks(turn, options.value) : [];
      for (const remark of remarks) {
        const ids = found.get(remark[lang]) ?? [];
        found.set(remark[lang], ids.includes(item.id) ? ids : [...ids, item.id]);
      }
    }
  }
  return found;
}
