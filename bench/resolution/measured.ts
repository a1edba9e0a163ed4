/** What a suite or a board is good for, measured on recorded runs. */
import type { Recorded } from "./recorded.ts";

import { Board } from "../../src/domain/board.ts";
import { resolutionOf } from "../../src/report/leaderboard/resolution.ts";
import { pairedIn, standingOf } from "../../src/report/leaderboard/standing/standing.ts";
import { clusterShares, kishSize } from "../../src/report/score/error.ts";
import { itemValues, scoreOf } from "../../src/report/score/score.ts";
import { buildTree } from "../../src/report/score/tree.ts";
import { weigh, type ItemValues } from "../../src/report/score/weigh.ts";
import { guessers, models } from "./recorded.ts";

export type Measured = {
  /** Those with a score: what only a judge can grade has none here. */
  readonly items: number;
  /** Kish's effective number of clusters under the shares that the total gives them. */
  readonly effective: number;
  /** Points that two of the simulated models would have to differ by to be told apart in 80 of 100 cases. */
  readonly resolution: number | null;
  /** Points between the strongest and the weakest of the simulated models. */
  readonly gap: number;
  /** 元 for one model. */
  readonly cost: number;
  /** The score of each target that only guesses, in points. */
  readonly guessed: Readonly<Record<(typeof guessers)[number], number>>;
};

/** A board of one suite, so that suites are measured as boards are. */
export const soleBoard = (suite: string): Board =>
  Board.parse({ schema: "board/1", id: suite, members: [{ suite }] });

export function measured({ view, cost }: Recorded, board: Board): Measured {
  const root = buildTree(view, board);
  const method = board.total.method;
  const values = (name: string): ItemValues => {
    const target = view.targets.find(({ ref }) => ref === name);
    if (target === undefined) throw new Error(`no target ${name}`);
    return itemValues(view, target);
  };
  const pointsOf = (name: string): number =>
    100 * (scoreOf(root, values(name), view.items, method).value ?? 0);
  const { shares } = weigh(root, values(models[0]), view.items, method);
  const pairs = standingOf(
    view.items,
    models.map((name) => ({ target: name, score: pointsOf(name) / 100, bounds: null })),
    { root, method, tie: 0, pairOf: pairedIn(view, "mean") },
  );
  const found = resolutionOf(view, root, method, { values: models.map(values), pairs });
  return {
    items: shares.size,
    effective: kishSize(clusterShares(shares, view.items)),
    resolution: found === null ? null : 100 * found.difference,
    gap: pointsOf(models[0]) - pointsOf(models[2]),
    cost: board.members.reduce((sum, { suite }) => sum + (cost.get(suite) ?? 0), 0),
    guessed: {
      random: pointsOf("baseline/random"),
      first: pointsOf("baseline/first"),
      constant: pointsOf("baseline/constant"),
      refuse: pointsOf("baseline/refuse"),
      echo: pointsOf("baseline/echo"),
      keywords: pointsOf("baseline/keywords"),
    },
  };
}
