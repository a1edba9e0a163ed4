/** A judge's mark beside people's, on one scale. */
export type MarkedRow = {
  readonly judge: number;
  /** What people say together: what they agreed on, or their mean. */
  readonly person: number;
  /** Each person's own mark, where they are known. */
  readonly people: readonly number[];
  /** Rows on one question count together in the intervals. */
  readonly question: string;
};

/** The steps of a scale, both included. */
export type MarkBounds = { readonly low: number; readonly high: number };

/** Every step of a scale. */
export const stepsOf = ({ low, high }: MarkBounds): readonly number[] =>
  Array.from({ length: high - low + 1 }, (_, index) => low + index);

/** The step of the scale nearest to a mark, halves up. */
export const stepOf = (mark: number, { low, high }: MarkBounds): number =>
  Math.min(high, Math.max(low, Math.floor(mark + 0.5 + 1e-9)));
