import type { DimensionScore } from "../../report/leaderboard/leaderboard.ts";
import type { RedLines } from "../../report/score/red-lines.ts";
import type { Score } from "../../report/score/score.ts";
import type { View } from "../../report/view/model.ts";

import { redLinesOf } from "../../report/score/red-lines.ts";
import { itemValues, scoreOf } from "../../report/score/score.ts";
import { buildTree, dimensionNodes, itemsOf } from "../../report/score/tree.ts";
import { treeOrder } from "../tree-order.ts";

/** Scores so far, in the order of the view's targets. */
export type LiveScores = {
  readonly totals: readonly Score[];
  readonly red_lines: readonly RedLines[];
  /** In tree order; empty until their page is opened. */
  readonly dimensions: readonly DimensionScore[];
};

/** Beyond this, computing even one score would block the event loop for too long. */
const maxAnswers = 10_000;
/** Scoring takes about this share of the time, and no more than `sliceMs` at once. */
const share = 0.01;
const sliceMs = 6;

/**
 * Scores the view as the leaderboard will, a few nodes at a time; null where the run is too large for that. Call it
 * several times a second.
 */
export function createLiveScores(
  view: View,
  now: () => number,
): (dimensions: boolean) => LiveScores | null {
  let scores: LiveScores = { totals: [], red_lines: [], dimensions: [] };
  let work: Generator<void, LiveScores> | null = null;
  let seen = "";
  let spent = 0;
  let next = 0;
  return (dimensions) => {
    const state = stateOf(view, dimensions);
    if (state.answers > maxAnswers) return null;
    const missing = dimensions && scores.dimensions.length === 0;
    if (work === null && (state.name === seen || (now() < next && !missing))) return scores;
    if (work === null) {
      seen = state.name;
      spent = 0;
      work = scoring(view, dimensions);
    }
    const start = now();
    let step = work.next();
    while (step.done !== true && now() - start < sliceMs) step = work.next();
    spent += now() - start;
    if (step.done === true) {
      scores = step.value;
      work = null;
      next = now() + Math.min(2_000, Math.max(400, spent / share));
    }
    return scores;
  };
}

function stateOf({ targets }: View, dimensions: boolean) {
  const answers = targets.reduce((sum, { totals }) => sum + totals.answers, 0);
  const counted = targets.reduce((sum, { totals }) => sum + totals.counted, 0);
  return { answers, name: `${answers} ${counted} ${dimensions}` };
}

function* scoring(view: View, wanted: boolean): Generator<void, LiveScores> {
  const root = buildTree(view, null);
  const values = view.targets.map((target) => itemValues(view, target));
  yield;
  const totals: Score[] = [];
  for (const each of values) {
    totals.push(scoreOf(root, each, view.items, "macro"));
    yield;
  }
  const inside = itemsOf(root, view.items.length);
  const red_lines: RedLines[] = [];
  for (const target of view.targets) {
    red_lines.push(redLinesOf(view, target, inside));
    yield;
  }
  const dimensions: DimensionScore[] = [];
  for (const { path, node } of wanted ? treeOrder(dimensionNodes(root)) : []) {
    const scores: Score[] = [];
    for (const each of values) {
      scores.push(scoreOf(node, each, view.items, "macro"));
      yield;
    }
    dimensions.push({ path, scores });
  }
  return { totals, red_lines, dimensions };
}
