import type { Rated } from "../../stats/agreement/agreement.ts";
import type { Interval } from "../../stats/interval.ts";

import { weightedKappa } from "../../stats/agreement/agreement.ts";
import { clusterBootstrap } from "../../stats/cluster-bootstrap.ts";
import { type MarkBounds, type MarkedRow, stepOf, stepsOf } from "./marked-row.ts";

/** How a judge agrees with single people, beside how they agree with each other, on the same rows. */
export type HumanCeiling = {
  /** Rows that several people marked. */
  readonly rows: number;
  /** Quadratic κ of every two people's marks of one row, in both orders, so that none of them stands first. */
  readonly people: number | null;
  /** Quadratic κ of the judge's mark and each person's. */
  readonly judge: number | null;
  /** judge / people: 1 where the judge is as good as one more person. */
  readonly ratio: number | null;
  readonly ratio_interval: Interval | null;
};

const leastRows = 5;

/** Null where no row was marked by several people. */
export function humanCeiling(rows: readonly MarkedRow[], bounds: MarkBounds): HumanCeiling | null {
  const several = rows.filter(({ people }) => people.length > 1);
  if (several.length === 0) return null;
  const enough = several.length >= leastRows;
  const found = enough ? ratioOf(several, bounds) : { people: null, judge: null, ratio: null };
  const interval = clusterBootstrap(
    enough ? several : [],
    ({ question }) => question,
    (drawn) => ratioOf(drawn, bounds),
  );
  return { rows: several.length, ...found, ratio_interval: interval("ratio") };
}

function ratioOf(rows: readonly MarkedRow[], bounds: MarkBounds) {
  const scale = stepsOf(bounds);
  const step = (mark: number): number => stepOf(mark, bounds);
  const among = rows.flatMap(({ people }) =>
    people.flatMap((one, at) =>
      people.flatMap((other, index): readonly Rated<number>[] =>
        index === at ? [] : [[step(one), step(other)]],
      ),
    ),
  );
  const against = rows.flatMap(({ judge, people }) =>
    people.map((person): Rated<number> => [step(judge), step(person)]),
  );
  const people = weightedKappa(among, scale, "quadratic").kappa;
  const judge = weightedKappa(against, scale, "quadratic").kappa;
  // Where people hardly agree there is no level to reach.
  const ratio = people === null || judge === null || people < 0.05 ? null : judge / people;
  return { people, judge, ratio };
}
