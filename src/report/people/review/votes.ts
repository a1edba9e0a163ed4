import type { Ballot } from "../../../domain/judging.ts";
import type { ScoreLine } from "../../../domain/run-file/lines.ts";

/** All votes of judges on an answer, turn by turn. */
export const votesOf = ({
  ballots,
  turns = [],
}: Pick<ScoreLine, "ballots" | "turns" | "why">): readonly (readonly Ballot[])[] =>
  ballots === undefined ? turns.map((turn) => turn.ballots ?? []) : [ballots];

/** How far the valid votes on one turn lie apart at most, in [0, 1]; 0 where fewer than two are valid. */
export function spreadOf(score: Parameters<typeof votesOf>[0]): number {
  const spreads = votesOf(score).map((votes) => {
    const values = votes.flatMap(({ value }) => (value === null ? [] : [value]));
    return values.length < 2 ? 0 : Math.max(...values) - Math.min(...values);
  });
  return Math.max(0, ...spreads);
}
