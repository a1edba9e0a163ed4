import type { ItemLine } from "../../domain/run-file/lines.ts";
import type { GraderRef } from "../../domain/suite.ts";
import type { ItemToGrade } from "../../grading/grade.ts";

/** What the user put in the place of what a run file says. */
export type Corrections = {
  /** Items of a suite by key; empty where no suite is named. */
  readonly golds: ReadonlyMap<string, ItemLine>;
  readonly grader: GraderRef | null;
};

/** Returns a function that gives for an item of a run file the one that counts. */
export const correctedBy =
  ({ golds, grader }: Corrections) =>
  <Item extends ItemToCorrect>(item: Item): Item | ItemLine =>
    withGrader(golds.size === 0 ? item : correctedOf(item, golds), grader);

/** What has to be known of an item so that it can be corrected. */
export type ItemToCorrect = ItemToGrade & Pick<ItemLine, "item" | "gold_digest">;

const withGrader = <Item extends ItemToGrade>(item: Item, grader: GraderRef | null): Item =>
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
function correctedOf<Item extends ItemToCorrect>(
  item: Item,
  golds: ReadonlyMap<string, ItemLine>,
): Item | ItemLine {
  const corrected = golds.get(item.item);
  const digestOf = ({ asks }: ItemToGrade) =>
    asks.find(({ wording }) => wording === null)?.ask_digest;
  return corrected !== undefined && digestOf(corrected) === digestOf(item) ? corrected : item;
}
