/** What one judge of a panel said, as far as a review needs it. */
export type Vote = {
  readonly judge: string;
  readonly vote: number;
  /** In [0, 1]; null where the judge gave no valid verdict. */
  readonly value: number | null;
  readonly reason: string | null;
};

/** The part of a score that holds the votes: of its one graded turn, or of each. */
export type Voted = {
  readonly why: string;
  readonly ballots?: readonly Vote[];
  readonly turns?: readonly { readonly why: string; readonly ballots?: readonly Vote[] }[];
};

/** All votes on an answer, turn by turn. */
export const votesOf = ({ ballots, turns = [] }: Voted): readonly (readonly Vote[])[] =>
  ballots === undefined ? turns.map((turn) => turn.ballots ?? []) : [ballots];

/** How far the valid votes on one turn lie apart at most, in [0, 1]; 0 where fewer than two are valid. */
export function spreadOf(voted: Voted): number {
  const spreads = votesOf(voted).map((votes) => {
    const values = votes.flatMap(({ value }) => (value === null ? [] : [value]));
    return values.length < 2 ? 0 : Math.max(...values) - Math.min(...values);
  });
  return Math.max(0, ...spreads);
}
