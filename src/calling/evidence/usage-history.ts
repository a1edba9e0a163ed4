/** The counts that one reply brought, in order. */
export type UsageHistory = {
  readonly add: (counts: unknown) => void;
  /** Text, reasoning or a piece of a tool call came. */
  readonly grow: () => void;
  /** The latest counts; undefined if none came. */
  readonly last: () => unknown;
  /** True if counts came, and nothing generated after them. */
  readonly isUpToDate: () => boolean;
  /** The same, and they came once. */
  readonly isLastWord: () => boolean;
  /** Counts that each came with new text: the first ones and the latest, by which running totals can be told. */
  readonly samples: () => readonly unknown[];
};

/** Enough to tell totals from increments; a long stream may bring counts with every token. */
const mostSamples = 16;

export function createUsageHistory(): UsageHistory {
  const early: unknown[] = [];
  let last: unknown;
  let reports = 0;
  /** Something was generated since the latest counts. */
  let grown = false;
  return {
    add: (counts) => {
      last = counts;
      if (typeof counts !== "object" || counts === null) return;
      reports += 1;
      if (grown && early.length < mostSamples) early.push(counts);
      grown = false;
    },
    grow: () => {
      grown = true;
    },
    last: () => last,
    isUpToDate: () => reports > 0 && !grown,
    isLastWord: () => reports === 1 && !grown,
    samples: () => (early.includes(last) || last === undefined ? early : [...early, last]),
  };
}
