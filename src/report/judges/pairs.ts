import type { Battle } from "../../domain/judging.ts";
import type { Interval } from "../../stats/interval.ts";
import type { Strength } from "../../stats/ranking/bradley-terry.ts";

import { clusteredMean, wilson } from "../../stats/interval.ts";
import { type Meeting, ratings } from "../../stats/ranking/bradley-terry.ts";
import { openNotLost, openThreeOne } from "../../stats/ranking/superclue.ts";

/** One comparison of a target's reply with a baseline, as its judges decided it. */
export type JudgedPair = {
  readonly target: string;
  readonly baseline: string;
  readonly item: number;
  /** 1, ½ or 0, or in between where a panel disagreed; null where no verdict was reached. */
  readonly value: number | null;
  readonly chars: number;
  readonly baseline_chars: number;
  readonly orders: readonly (readonly [Battle, Battle])[];
  /** Of a tie on which all votes agree: both replies are good, or both bad. */
  readonly both?: "good" | "bad" | null;
};

type BattleRow = {
  readonly target: string;
  readonly baseline: string;
  readonly win: number;
  readonly tie: number;
  readonly loss: number;
  /** Of the ties, those in which both replies are good, and both bad. */
  readonly both_good: number;
  readonly both_bad: number;
  /** The same verdict in both orders, over its votes: what the other figures are worth. */
  readonly consistent: Share | null;
  /** Wins and half the ties. */
  readonly win_rate: Share | null;
  /** SuperCLUE OPEN until 2023-08 and from 2023-09, in points of 100. */
  readonly open_not_lost: number | null;
  readonly open_three_one: number | null;
};

export type PairReport = {
  readonly rows: readonly BattleRow[];
  readonly position: {
    /** Comparisons of a judge in both orders. */
    readonly ballots: number;
    /** The same verdict in both orders. */
    readonly consistent: Share | null;
    /** The winner changed with the order. */
    readonly flipped: Share | null;
    /** Among decided verdicts, the share for the answer shown first; ½ where position does not matter. */
    readonly first: Share | null;
  };
  readonly length: {
    /** Among decided comparisons, the share that the longer answer won; ½ where length does not matter. */
    readonly longer: Share | null;
    /** Win rate of the candidate by how much longer it is than the baseline. */
    readonly bins: readonly { readonly label: LengthBin; readonly win_rate: Share | null }[];
  };
  /** Bradley–Terry strengths from both orders, natural logarithms around 0; null unless asked for, or where nothing can be fitted. */
  readonly strengths: readonly (Strength & { readonly player: string })[] | null;
};

const lengthBins = ["shorter", "similar", "longer"] as const;
export type LengthBin = (typeof lengthBins)[number];

/** Lengths within a tenth of each other are similar. */
const similar = 0.1;

export function pairReport(
  comparisons: readonly JudgedPair[],
  withStrengths: boolean,
): PairReport | null {
  const decided = comparisons.filter(({ value }) => value !== null);
  if (comparisons.length === 0) return null;
  const pairs = Map.groupBy(decided, ({ target, baseline }) => JSON.stringify([target, baseline]));
  return {
    rows: [...pairs.values()].map(rowOf),
    position: positionOf(comparisons),
    length: lengthOf(decided),
    strengths: withStrengths ? strengthsOf(decided) : null,
  };
}

const drawn = ({ value, item }: JudgedPair): Drawn => ({ value: value ?? 0, item });

function rowOf(group: readonly JudgedPair[]): BattleRow {
  const [first] = group;
  const count = (test: (value: number) => boolean): number =>
    group.filter(({ value }) => value !== null && test(value)).length;
  const battles = {
    win: count((value) => value > 0.5),
    tie: count((value) => value === 0.5),
    loss: count((value) => value < 0.5),
  };
  return {
    target: first?.target ?? "",
    baseline: first?.baseline ?? "",
    ...battles,
    both_good: group.filter(({ value, both }) => value === 0.5 && both === "good").length,
    both_bad: group.filter(({ value, both }) => value === 0.5 && both === "bad").length,
    consistent: consistencyOf(group),
    win_rate: shareOf(group.map(drawn)),
    open_not_lost: openNotLost(battles),
    open_three_one: openThreeOne(battles),
  };
}

const consistencyOf = (group: readonly JudgedPair[]): Share | null =>
  shareOf(
    group.flatMap(({ orders, item }) =>
      orders.map(([front, back]) => ({ value: Number(front === back), item })),
    ),
  );

function positionOf(comparisons: readonly JudgedPair[]): PairReport["position"] {
  const ballots = comparisons.flatMap(({ orders, item }) => orders.map((each) => ({ each, item })));
  const share = (test: (orders: readonly [Battle, Battle]) => boolean): Share | null =>
    shareOf(ballots.map(({ each, item }) => ({ value: Number(test(each)), item })));
  const first = ballots.flatMap(({ each: [front, back], item }) => [
    ...(front === "tie" ? [] : [{ value: Number(front === "win"), item }]),
    ...(back === "tie" ? [] : [{ value: Number(back === "loss"), item }]),
  ]);
  return {
    ballots: ballots.length,
    consistent: consistencyOf(comparisons),
    flipped: share(([front, back]) => front !== back && front !== "tie" && back !== "tie"),
    first: shareOf(first),
  };
}

function lengthOf(decided: readonly JudgedPair[]): PairReport["length"] {
  const binOf = ({ chars, baseline_chars }: JudgedPair): LengthBin => {
    const more = (chars - baseline_chars) / Math.max(1, baseline_chars);
    return Math.abs(more) <= similar ? "similar" : more > 0 ? "longer" : "shorter";
  };
  const won = decided.filter((each) => each.value !== 0.5 && each.chars !== each.baseline_chars);
  return {
    longer: shareOf(
      won.map(({ value, chars, baseline_chars, item }) => ({
        value: Number((value ?? 0) > 0.5 === chars > baseline_chars),
        item,
      })),
    ),
    bins: lengthBins.map((label) => ({
      label,
      win_rate: shareOf(decided.filter((each) => binOf(each) === label).map(drawn)),
    })),
  };
}

const bootstrapSeed = 20_240_307;

function strengthsOf(decided: readonly JudgedPair[]): PairReport["strengths"] {
  const players = [...new Set(decided.flatMap(({ target, baseline }) => [target, baseline]))];
  if (players.length < 2) return null;
  const groups = [...Map.groupBy(decided, ({ item }) => item).values()].map((group) =>
    group.map((each): Meeting => ({
      first: players.indexOf(each.target),
      second: players.indexOf(each.baseline),
      ...meetingOf(each),
    })),
  );
  const found = ratings(players.length, groups, { seed: bootstrapSeed });
  return (
    found
      ?.map((rating, index) => ({ player: players[index] ?? "", ...rating }))
      .toSorted((a, b) => b.theta - a.theta) ?? null
  );
}

/**
 * One meeting for each comparison, shared out over the votes and their two orders: a win in one order and a loss in the other
 * are half a win and half a loss, while two ties are a tie. The conservative rule would call both a tie.
 */
function meetingOf({ orders, value }: JudgedPair): Pick<Meeting, "wins" | "losses" | "ties"> {
  const each = orders.flat();
  if (each.length === 0) return { wins: value ?? 0, losses: 1 - (value ?? 0), ties: 0 };
  const share = (result: Battle): number =>
    each.filter((battle) => battle === result).length / each.length;
  return { wins: share("win"), losses: share("loss"), ties: share("tie") };
}

/** A mean of values in [0, 1] with its 95% interval. */
export type Share = {
  readonly value: number;
  readonly interval: Interval;
  readonly n: number;
};

/** One value and the item that it comes from: values of one item are correlated. */
export type Drawn = { readonly value: number; readonly item: number };

/** Wilson's interval with the design effect of the items; null without values. */
export function shareOf(drawn: readonly Drawn[]): Share | null {
  if (drawn.length === 0) return null;
  const values = drawn.map(({ value }) => value);
  const clusters = drawn.map(({ item }) => item);
  const { mean, se } = clusteredMean({ values, clusters });
  const value = Math.min(1, Math.max(0, mean));
  const items = new Set(clusters).size;
  const spread = value * (1 - value);
  const size = se === null || se === 0 || spread < 1e-12 ? items : spread / (se * se);
  return { value, interval: wilson(value, size), n: drawn.length };
}
