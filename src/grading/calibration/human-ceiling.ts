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
  const paired = several.map((row) => pairsOf(row, bounds));
  const enough = several.length >= leastRows;
  const found = enough ? ratioOf(paired, bounds) : { people: null, judge: null, ratio: null };
  const interval = clusterBootstrap(
    enough ? paired : [],
    ({ question }) => question,
    (drawn) => ratioOf(drawn, bounds),
  );
  return { rows: several.length, ...found, ratio_interval: interval("ratio") };
}

/** The marks of one row in steps of the scale; made once, since every draw of the bootstrap counts them anew. */
type Paired = {
  readonly question: string;
  /** Every two people's, in both orders. */
  readonly among: readonly Rated<number>[];
  /** The judge's and each person's. */
  readonly against: readonly Rated<number>[];
};

function pairsOf({ question, judge, people }: MarkedRow, bounds: MarkBounds): Paired {
  const own = stepOf(judge, bounds);
  const steps = people.map((mark) => stepOf(mark, bounds));
  return {
    question,
    among: steps.flatMap((one, at) =>
      steps.flatMap((other, index): readonly Rated<number>[] =>
        index === at ? [] : [[one, other]],
      ),
    ),
    against: steps.map((step): Rated<number> => [own, step]),
  };
}

function ratioOf(rows: readonly Paired[], bounds: MarkBounds) {
  const scale = stepsOf(bounds);
  const among = rows.flatMap((row) => row.among);
  const against = rows.flatMap((row) => row.against);
  const people = weightedKappa(among, scale, "quadratic").kappa;
  const judge = weightedKappa(against, scale, "quadratic").kappa;
  // Where people hardly agree there is no level to reach.
  const ratio = people === null || judge === null || people < 0.05 ? null : judge / people;
  return { people, judge, ratio };
}
