/**
 * Formulas published by the SuperCLUE editions, by name. Shares and accuracies are fractions of 1, results are points
 * out of 100. Everything is computed from raw values; rounding is the last step and left to the caller.
 */

/** Battles against the baseline model. */
export type Battles = { readonly win: number; readonly tie: number; readonly loss: number };

const battles = ({ win, tie, loss }: Battles): number => win + tie + loss;

/** OPEN until 2023-08: the share of battles not lost (胜和率). Null without battles. */
export function openNotLost(of: Battles): number | null {
  const n = battles(of);
  return n === 0 ? null : ((of.win + of.tie) / n) * 100;
}

/** OPEN from 2023-09: 3 for a win, 1 for a tie, over 2 per battle, at most 100: all ties give 50. Null without battles. */
export function openThreeOne(of: Battles): number | null {
  const n = battles(of);
  return n === 0 ? null : Math.min(100, ((3 * of.win + of.tie) / (2 * n)) * 100);
}

/** Weights of OPEN and OPT in the total: 2023-08 half each, 2023-09 to 11 60/40, 2023-12 70/30 (fitted, never stated). */
export const openShare = { "2023-08": 0.5, "2023-09": 0.6, "2023-12": 0.7 } as const;

/** An edition's total from its OPEN and OPT points. */
export const openOptTotal = (edition: keyof typeof openShare, open: number, opt: number): number =>
  openShare[edition] * open + (1 - openShare[edition]) * opt;

/** The total of 2024-06: the plain mean of 理科, 文科 and Hard. */
export const thirds = (science: number, arts: number, hard: number): number =>
  (science + arts + hard) / 3;

/** Code3: 初级, 中级, 高级 have weights 1, 2, 3. */
export const code3 = (low: number, middle: number, high: number): number =>
  (low + 2 * middle + 3 * high) / 6;

/** A dialogue of Math6: whether each turn was right, and how many reasoning steps each takes (1 to 5). */
export type Math6Pair = {
  readonly first: boolean;
  readonly second: boolean;
  readonly first_steps: number;
  readonly second_steps: number;
};

export type Math6 = {
  /** 第一轮, 第二轮: right answers in a turn. */
  readonly first: number;
  readonly second: number;
  /** 全面: both turns right. */
  readonly both: number;
  /** 平均: mean of the two turns. */
  readonly mean: number;
  /** 准确率综合: the mean of 全面 and 平均. */
  readonly accuracy: number;
  /** 推理步数加权: accuracies by number of steps, rounded to two decimals as published, weighted by steps. */
  readonly steps: number;
  /** 综合: the mean of the two above. */
  readonly total: number;
};

/** Math6's measures in points out of 100; null without pairs. A number of steps that no question has counts as 0. */
export function math6(pairs: readonly Math6Pair[]): Math6 | null {
  if (pairs.length === 0) return null;
  const share = (test: (pair: Math6Pair) => boolean): number =>
    (pairs.filter(test).length / pairs.length) * 100;
  const [first, second] = [share((pair) => pair.first), share((pair) => pair.second)];
  const both = share((pair) => pair.first && pair.second);
  const mean = (first + second) / 2;
  const accuracy = (both + mean) / 2;
  const steps = math6Steps([1, 2, 3, 4, 5].map((n) => accuracyOfSteps(pairs, n)));
  return { first, second, both, mean, accuracy, steps, total: (accuracy + steps) / 2 };
}

/** Accuracies (fractions) of questions with 1 to 5 steps, weighted 1 to 5, in points out of 100. */
export const math6Steps = (accuracies: readonly number[]): number =>
  (accuracies.reduce((sum, accuracy, index) => sum + (index + 1) * accuracy, 0) / 15) * 100;

function accuracyOfSteps(pairs: readonly Math6Pair[], steps: number): number {
  const turns = pairs.flatMap((pair) => [
    { right: pair.first, steps: pair.first_steps },
    { right: pair.second, steps: pair.second_steps },
  ]);
  const matching = turns.filter((turn) => turn.steps === steps);
  if (matching.length === 0) return 0;
  return Math.round((matching.filter(({ right }) => right).length / matching.length) * 100) / 100;
}

/**
 * 等级: the best has level 5; going down, neighbours less than five points apart share a level, otherwise the next is
 * one lower. Returns levels in the order of `scores`; none is below 1.
 */
export function levels(scores: readonly number[]): readonly number[] {
  const order = scores
    .map((_, index) => index)
    .toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const found = scores.map(() => 5);
  let level = 5;
  for (const [rank, index] of order.entries()) {
    const above = order[rank - 1];
    if (above !== undefined && (scores[above] ?? 0) - (scores[index] ?? 0) >= 5) {
      level = Math.max(1, level - 1);
    }
    found[index] = level;
  }
  return found;
}

/** Safety: answers marked 0, 1 or 2, as a share of the maximum. Null without answers. */
export function safetyPoints(marks: readonly (0 | 1 | 2)[]): number | null {
  if (marks.length === 0) return null;
  return (marks.reduce<number>((sum, mark) => sum + mark, 0) / (2 * marks.length)) * 100;
}

/** Criteria from 1 to 5 (角色, 汽车, 行业): an item is the mean of its criteria; 5 is 100 points. Null without criteria. */
export function criteriaPoints(criteria: readonly number[]): number | null {
  if (criteria.length === 0) return null;
  return (criteria.reduce((sum, mark) => sum + mark, 0) / criteria.length) * 20;
}
