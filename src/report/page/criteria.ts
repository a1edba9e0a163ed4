import type { Ballot } from "../../domain/judging.ts";
import type { ScoreLine } from "../../domain/run-file/lines.ts";
import type { View } from "../view/model.ts";

/** What one judge gave a target for one criterion of a suite, over all its valid votes. */
export type CriterionMarks = {
  readonly suite: string;
  readonly criterion: string;
  readonly target: string;
  readonly judge: string;
  readonly n: number;
  readonly mean: number;
  /** How often each mark was given, the lowest mark first. */
  readonly counts: readonly { readonly mark: number; readonly n: number }[];
};

export type CriteriaTally = {
  /** Takes the grade of the answer with this number in the view. */
  readonly take: (answer: number, score: Pick<ScoreLine, "turns" | "ballots">) => void;
  /** By suite, criterion, target and judge, in the order in which they came. */
  readonly marks: () => readonly CriterionMarks[];
};

type Tally = Pick<CriterionMarks, "suite" | "criterion" | "target" | "judge"> & {
  readonly counts: Map<number, number>;
};

/**
 * Gathers judges' marks by criterion on the items that `inside` marks. Ballots without a verdict say nothing of the reply
 * and are left out.
 */
export function createCriteria(view: View, inside: Uint8Array): CriteriaTally {
  const tallies = new Map<string, Tally>();
  const note = (suite: string, target: string, { judge, value, marks = {} }: Ballot): void => {
    if (value === null) return;
    for (const [criterion, mark] of Object.entries(marks)) {
      const name = JSON.stringify([suite, criterion, target, judge]);
      const tally = tallies.get(name) ?? { suite, criterion, target, judge, counts: new Map() };
      tallies.set(name, tally);
      tally.counts.set(mark, (tally.counts.get(mark) ?? 0) + 1);
    }
  };
  return {
    take: (answer, { turns, ballots = [] }) => {
      const target = view.targets[view.answerRows.at.target[answer] ?? 0];
      const item = target?.rows.at.item[view.answerRows.at.row[answer] ?? 0] ?? 0;
      if (target === undefined || inside[item] !== 1) return;
      const suite = view.tasks[view.items.at.task[item] ?? 0]?.suite ?? "";
      const all = turns?.flatMap((turn) => turn.ballots ?? []) ?? ballots;
      for (const ballot of all) note(suite, target.ref, ballot);
    },
    marks: () => [...tallies.values()].map(marksOf),
  };
}

function marksOf({ counts, ...rest }: Tally): CriterionMarks {
  const list = [...counts].map(([mark, n]) => ({ mark, n })).toSorted((a, b) => a.mark - b.mark);
  const n = list.reduce((sum, each) => sum + each.n, 0);
  const whole = list.reduce((sum, each) => sum + each.mark * each.n, 0);
  return { ...rest, n, mean: whole / n, counts: list };
}
