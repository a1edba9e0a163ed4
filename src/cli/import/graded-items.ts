import type { ItemLine } from "../../domain/run-file/lines.ts";
import type { GraderRef } from "../../domain/suite.ts";
import type { ItemOf } from "../../importing/runs/plan.ts";
import type { Graders } from "../../store/graders.ts";

import { parseGraderOptions } from "../../grading/graders.ts";

/**
 * Items whose graders can read their golds: where one cannot, the item is left open for a judge or a person, with its gold as
 * the reference, and never graded by guess. `counts` gets how many of those there were, each once.
 */
export function gradableItems(
  itemOf: ItemOf,
  graders: Graders,
  opened: (item: string) => void,
): ItemOf {
  return async (sample) => {
    const item = await itemOf(sample);
    if ("skip" in item) return item;
    for (const turn of item.turns) {
      if (turn.grader === null || (await isReadable(item, turn, turn.grader, graders))) continue;
      opened(item.item);
      return leftOpen(item);
    }
    return item;
  };
}

async function isReadable(
  { tools }: ItemLine,
  turn: ItemLine["turns"][number],
  { use, with: given }: GraderRef,
  graders: Graders,
): Promise<boolean> {
  const grader = await graders.load(use);
  if (grader === null) return false;
  const options = parseGraderOptions(grader, given ?? {});
  return (await grader.check(turn, options, tools)).length === 0;
}

const leftOpen = (item: ItemLine): ItemLine => ({
  ...item,
  turns: item.turns.map((turn) => ({
    ...turn,
    reference: turn.reference ?? ([turn.answer].flat().join(" / ") || null),
    grader: { use: "open" },
  })),
});
