import type { TargetView, View } from "../view/model.ts";

import { verdictCode } from "../view/shapes.ts";

/**
 * Of the rows that `inside` accepts, the answers that wait for a judge because their runs had none at all. Where there were
 * judges, `judgeMissing` says what these left open.
 */
export function withoutJudge(
  view: View,
  target: TargetView,
  inside: (row: number) => boolean,
): number {
  if (view.runs.some(({ judges = [] }) => judges.length > 0)) return 0;
  const { at, length } = target.rows;
  let count = 0;
  for (let row = 0; row < length; row++) {
    if (at.verdict[row] !== verdictCode.ungraded || !inside(row)) continue;
    const isForJudge =
      view.graders.get(at.grader[row] ?? 0) === "judge" || view.judgedItems.has(at.item[row] ?? -1);
    if (isForJudge && !target.judged.has(row)) count += 1;
  }
  return count;
}
