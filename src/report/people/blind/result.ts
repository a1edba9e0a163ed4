import type { Kappa, Rated } from "../../../stats/agreement/agreement.ts";
import type { Interval } from "../../../stats/interval.ts";
import type { BlindKey, BlindRow } from "./key.ts";
import type { BlindRating } from "./ratings.ts";

import { cohenKappa, weightedKappa } from "../../../stats/agreement/agreement.ts";
import { mcnemar } from "../../../stats/difference/paired.ts";
import { studentQuantile } from "../../../stats/distributions.ts";
import { clusteredMean, wilson } from "../../../stats/interval.ts";
import { openNotLost, openThreeOne } from "../../../stats/ranking/superclue.ts";

/** Who won a pair, names shown again. */
type Winner = "a" | "tie" | "b";

/** How side a fared against side b. */
export type BlindRecord = {
  readonly win: number;
  readonly tie: number;
  readonly loss: number;
  readonly n: number;
  /** (win + tie / 2) / n, in [0, 1], with its 95% interval; null without pairs. */
  readonly rate: number | null;
  readonly interval: Interval | null;
};

export type BlindResult = {
  readonly a: string;
  readonly b: string;
  readonly simulated: boolean;
  readonly pairs: number;
  readonly battle: BlindRecord;
  /** Of the ties, those in which both replies were bad. */
  readonly both_bad: number;
  /** Exact two-sided sign test of wins against losses. */
  readonly p: number;
  /** 胜和率 and the 3/1 score of SuperCLUE's OPEN, in points of 100. */
  readonly not_lost: number | null;
  readonly three_one: number | null;
  readonly raters: readonly string[];
  readonly arbiter: string | null;
  /** Pairs that two raters rated. */
  readonly agreement: {
    readonly n: number;
    readonly agree: number;
    readonly kappa: Kappa;
    /** Worse, tie, better as a scale. */
    readonly weighted_kappa: Kappa;
  };
  /** Settled by the arbiter. */
  readonly arbitrated: number;
  /** Ids on which the raters differ and no arbiter has spoken. */
  readonly disputed: readonly string[];
  /** Rated by only one of two raters. */
  readonly half_rated: number;
  readonly unrated: number;
  /** How often the reply shown first won, ties left out: near one half where position does not matter. */
  readonly first_won: {
    readonly n: number;
    readonly share: number | null;
    readonly interval: Interval | null;
  };
  /** By the first name of their path: any deeper, too few pairs are left to say anything. */
  readonly dimensions: readonly { readonly dimension: string; readonly battle: BlindRecord }[];
};

/**
 * What the ratings say. The first two people to rate a pair are its raters; where they differ the arbiter decides,
 * who is named, otherwise the third person. With a single rater, that person's choice is the result.
 */
export function blindResult(
  key: BlindKey,
  ratings: readonly BlindRating[],
  arbiter: string | null = null,
): BlindResult {
  const people = [...new Set(ratings.map(({ rater }) => rater))];
  const third = arbiter ?? people[2] ?? null;
  const raters = people.filter((name) => name !== third);
  const byId = Map.groupBy(ratings, ({ id }) => id);
  const settled = key.rows.map((row) => settle(row, byId.get(row.id) ?? [], third, raters.length));
  const decided = settled.flatMap((each) => (each.state === "decided" ? [each] : []));
  const both = settled.flatMap(({ raters }) => (raters === null ? [] : [raters]));
  const battle = battleOf(decided);
  const count = (state: Settled["state"]): number =>
    settled.filter((each) => each.state === state).length;
  return {
    ...nameSides(key),
    simulated: key.sides.a.simulated || key.sides.b.simulated,
    pairs: key.rows.length,
    battle,
    both_bad: decided.filter(({ bad }) => bad).length,
    p: mcnemar(battle.loss, battle.win),
    not_lost: openNotLost(battle),
    three_one: openThreeOne(battle),
    raters,
    arbiter: ratings.some(({ rater }) => rater === third) ? third : null,
    agreement: {
      n: both.length,
      agree: both.filter(([one, other]) => one === other).length,
      kappa: cohenKappa(both),
      weighted_kappa: weightedKappa(both, ["b", "tie", "a"], "linear"),
    },
    arbitrated: decided.filter(({ arbitrated }) => arbitrated).length,
    disputed: settled.flatMap(({ state, row }) => (state === "disputed" ? [row.id] : [])),
    half_rated: count("half"),
    unrated: count("unrated"),
    first_won: firstWon(ratings),
    dimensions: [...Map.groupBy(decided, ({ row }) => row.dimension[0] ?? "")].map(
      ([dimension, own]) => ({ dimension, battle: battleOf(own) }),
    ),
  };
}

/** Two runs of one target are told apart by their runs. */
function nameSides({ sides: { a, b } }: BlindKey): { readonly a: string; readonly b: string } {
  if (a.target !== b.target) return { a: a.target, b: b.target };
  return { a: `${a.target} (${a.run})`, b: `${b.target} (${b.run})` };
}

type Settled = {
  readonly row: BlindRow;
  /** What two raters said; null where fewer have. */
  readonly raters: Rated<Winner> | null;
  readonly winner: Winner;
  readonly bad: boolean;
  readonly arbitrated: boolean;
  readonly state: "decided" | "disputed" | "half" | "unrated";
};

function settle(
  row: BlindRow,
  ratings: readonly BlindRating[],
  arbiter: string | null,
  raters: number,
): Settled {
  const said = ratings.filter(({ rater }) => rater !== arbiter);
  const judge = ratings.find(({ rater }) => rater === arbiter);
  const [one, other] = said;
  const open = { row, raters: null, winner: "tie", bad: false, arbitrated: false } as const;
  if (one === undefined) return { ...open, state: "unrated" };
  const first = winnerOf(row, one);
  if (other === undefined) {
    const bad = one.choice === "both_bad";
    return { ...open, winner: first, bad, state: raters < 2 ? "decided" : "half" };
  }
  const pair = { ...open, raters: [first, winnerOf(row, other)] as const };
  if (first === winnerOf(row, other)) {
    const bad = one.choice === "both_bad" && other.choice === "both_bad";
    return { ...pair, winner: first, bad, state: "decided" };
  }
  if (judge === undefined) return { ...pair, state: "disputed" };
  const bad = judge.choice === "both_bad";
  return { ...pair, winner: winnerOf(row, judge), bad, arbitrated: true, state: "decided" };
}

function winnerOf({ first }: BlindRow, { choice }: BlindRating): Winner {
  if (choice === "tie" || choice === "both_bad") return "tie";
  return (choice === "first") === (first === "a") ? "a" : "b";
}

/** Trials, wordings and items of one cluster vary together, so they widen the interval as a cluster does. */
function battleOf(decided: readonly Pick<Settled, "row" | "winner">[]): BlindRecord {
  const n = decided.length;
  const count = (winner: Winner): number => decided.filter((each) => each.winner === winner).length;
  const [win, tie, loss] = [count("a"), count("tie"), count("b")];
  if (n === 0) return { win, tie, loss, n, rate: null, interval: null };
  const names = [...new Set(decided.map(({ row }) => row.cluster))];
  const { mean, se } = clusteredMean({
    values: decided.map(({ winner }) => ({ a: 1, tie: 0.5, b: 0 })[winner]),
    clusters: decided.map(({ row }) => names.indexOf(row.cluster)),
  });
  const plain = mean * (1 - mean);
  const effective = se === null || se === 0 || plain === 0 ? names.length : plain / (se * se);
  // Few clusters make their own variance uncertain, as in the score of a run.
  const z = names.length === n ? undefined : studentQuantile(0.975, Math.max(1, names.length - 1));
  return { win, tie, loss, n, rate: mean, interval: wilson(mean, effective, z) };
}

function firstWon(ratings: readonly BlindRating[]): BlindResult["first_won"] {
  const clear = ratings.filter(({ choice }) => choice === "first" || choice === "second");
  const n = clear.length;
  if (n === 0) return { n, share: null, interval: null };
  const share = clear.filter(({ choice }) => choice === "first").length / n;
  return { n, share, interval: wilson(share, n) };
}
