import type { Board } from "../../domain/board.ts";
import type { Items } from "../view/model.ts";

export type MemberMethod = NonNullable<Board["members"][number]["method"]>;

/** One counted item of a member: its share of the member's score, and what its value is worth there. */
type Part = { readonly item: number; readonly share: number; readonly worth: number };

export type MemberParts = {
  readonly parts: readonly Part[];
  /** A level that the formula asks for has no counted item. */
  readonly partial: boolean;
};

/**
 * How a published formula makes a member's score out of its items: the score is Σ share · worth. The formulas, with
 * their sources, are in stats/superclue.ts; there they take counts, here the items' own values, so that the
 * standard error of the score can be computed as well. `items` are those that count. `isCapped` false leaves out the
 * bound of 100 points, so that each item's worth depends on its own value alone.
 */
export function memberParts(
  method: MemberMethod,
  items: readonly number[],
  values: ArrayLike<number>,
  { at }: Items,
  isCapped = true,
): MemberParts {
  const valueOf = (item: number): number => values[item] ?? 0;
  const levelOf = (item: number): number => at.level[item] ?? 0;
  switch (method) {
    case "micro":
    case "safety-012":
      return even(items, valueOf);
    case "open-not-lost":
      return even(items, (item) => Math.min(1, 2 * valueOf(item)));
    case "open-3-1": {
      const parts = even(items, (item) => threeOne(valueOf(item)));
      return isCapped ? capped(parts) : parts;
    }
    case "code3":
      return byLevel(items, valueOf, levelOf, 3);
    case "math6-steps":
      return byLevel(items, valueOf, levelOf, 5);
    case "math6":
      return halves(
        even(items, (item) => (both(valueOf(item)) + valueOf(item)) / 2),
        byLevel(items, valueOf, levelOf, 5),
      );
  }
}

/** 3 for a win, 1 for a tie, over 2; values in between (means of trials) are interpolated. */
const threeOne = (value: number): number => (value <= 0.5 ? value : 2 * value - 0.5);

/** 全面: all turns right. */
const both = (value: number): number => (value >= 1 ? 1 : 0);

const even = (items: readonly number[], worth: (item: number) => number): MemberParts => ({
  parts: items.map((item) => ({ item, share: 1 / items.length, worth: worth(item) })),
  partial: false,
});

/** Level n weighs n. An item without a level, and a level without items, leave the score partial. */
function byLevel(
  items: readonly number[],
  worth: (item: number) => number,
  levelOf: (item: number) => number,
  most: number,
): MemberParts {
  const levels = Array.from({ length: most }, (_, index) => index + 1);
  const inside = items.filter((item) => levels.includes(levelOf(item)));
  const counts = levels.map((level) => inside.filter((item) => levelOf(item) === level).length);
  const whole = levels.reduce((sum, level) => sum + ((counts[level - 1] ?? 0) > 0 ? level : 0), 0);
  return {
    parts: inside.map((item) => {
      const level = levelOf(item);
      return { item, share: level / whole / (counts[level - 1] ?? 1), worth: worth(item) };
    }),
    partial: inside.length < items.length || counts.includes(0),
  };
}

/** The mean of two scores over the same items. */
function halves(first: MemberParts, second: MemberParts): MemberParts {
  const others = new Map(second.parts.map((part) => [part.item, part]));
  return {
    parts: first.parts.map(({ item, share, worth }) => {
      const other = others.get(item);
      const all = (share + (other?.share ?? 0)) / 2;
      const sum = (share * worth + (other?.share ?? 0) * (other?.worth ?? 0)) / 2;
      return { item, share: all, worth: sum / all };
    }),
    partial: first.partial || second.partial,
  };
}

/** At most 100 points. */
function capped({ parts, partial }: MemberParts): MemberParts {
  const score = parts.reduce((sum, { share, worth }) => sum + share * worth, 0);
  if (score <= 1) return { parts, partial };
  return {
    parts: parts.map((part) => ({ ...part, worth: part.worth / score })),
    partial,
  };
}
