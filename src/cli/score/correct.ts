import type { ItemLine } from "../../domain/run-file/lines.ts";
import type { GraderRef } from "../../domain/suite.ts";

/** What the user put in the place of what a run file says. */
export type Corrections = {
  /** Items of a suite by key; empty where no suite is named. */
  readonly golds: ReadonlyMap<string, ItemLine>;
  readonly grader: GraderRef | null;
};

/** Returns a function that gives for an item of a run file the one that counts. */
export const correctedBy =
  ({ golds, grader }: Corrections) =>
  (item: ItemLine): ItemLine =>
    withGrader(golds.size === 0 ? item : correctedOf(item, golds), grader);

const withGrader = (item: ItemLine, grader: GraderRef | null): ItemLine =>
  grader === null
    ? item
    : {
        ...item,
        turns: item.turns.map((turn) => ({
          ...turn,
          grader: turn.grader === null ? null : grader,
        })),
      };

/** The suite's item if it still asks the same question; the gold of another one would be wrong here. */
function correctedOf(item: ItemLine, golds: ReadonlyMap<string, ItemLine>): ItemLine {
  const corrected = golds.get(item.item);
  const digestOf = ({ asks }: ItemLine) => asks.find(({ wording }) => wording === null)?.ask_digest;
  return corrected !== undefined && digestOf(corrected) === digestOf(item) ? corrected : item;
}
