import type { LoopHealth } from "../../domain/run-file/session.ts";
import type { View } from "../view/model.ts";
import type { Leaderboard } from "./leaderboard.ts";

import { formats } from "../../domain/formats.ts";
import { trustOf } from "../run/session-trust.ts";
import { hasTotal } from "./leaderboard.ts";
import { answeringSessions } from "./times-text.ts";

/**
 * A leaderboard as data, with raw figures: fractions of 1, milliseconds, amounts with their currency.
 * JSON has no infinity: a percentile among timeouts is null with `timeout` true.
 */
export function leaderboardJson(view: View, board: Leaderboard) {
  const { title, decimals, tie, min_coverage, missing } = board;
  return plain({
    schema: formats.leaderboard,
    title,
    rules: { decimals, tie, min_coverage },
    resolution: board.resolution,
    runs: view.runs.map(({ id, started_at, suites }, index) => ({
      id,
      started_at,
      status: view.ends[index]?.status ?? "interrupted",
      timings_trusted: timingsTrusted(view, index),
      /** By session; null where none is known. */
      timing_errors: answering(view, index).map((loop) => loop?.timing_error ?? null),
      suites: suites.map(({ id, digest }) => ({ id, digest })),
    })),
    missing,
    /** Every two ranked targets item by item: what the ranks follow from. */
    pairs: board.pairs,
    reviews: board.reviews,
    corrected: board.corrected,
    judging: board.judging,
    targets: board.entries.map(({ summary, rank, unranked, rank_range, medal }, index) => ({
      rank,
      medal,
      rank_range,
      unranked,
      /** Null where there is no total; `score` then holds that of what is there. */
      total: hasTotal(board) && !summary.score.partial ? summary.score.value : null,
      ...summary,
      red_line_replies: board.red_lines.find(({ target }) => target === summary.target) ?? null,
      /** Static and fresh items apart; null where the runs do not hold both kinds. */
      freshness: board.freshness?.[index] ?? null,
    })),
    grids: board.grids.map(({ cells, ...grid }) => ({
      ...grid,
      cells: cells.map(({ scores, ...cell }) => ({ ...cell, scores: byTarget(board, scores) })),
    })),
    /** An end beyond which the ladder tells nothing is null. */
    ladders: board.ladders.map(({ scores, ...ladder }) => ({
      ...ladder,
      scores: byTarget(board, scores),
    })),
    slices: board.slices.map(({ slices, ...facet }) => ({
      ...facet,
      slices: slices.map(({ scores, ...slice }) => ({ ...slice, scores: byTarget(board, scores) })),
    })),
    dimensions: board.dimensions.map(({ path, scores, shortfalls = [] }) => ({
      path,
      scores: Object.fromEntries(
        board.entries.map(({ summary }, index) => [
          summary.target,
          { ...scores[index], shortfall: shortfalls[index] ?? null },
        ]),
      ),
    })),
  });
}

const byTarget = <Value>(
  { entries }: Leaderboard,
  scores: readonly Value[],
): Readonly<Record<string, Value | undefined>> =>
  Object.fromEntries(entries.map(({ summary }, index) => [summary.target, scores[index]]));

/** The sessions that answered; null where one has no end line. */
const answering = ({ sessions }: View, run: number): readonly (LoopHealth | null)[] =>
  answeringSessions(sessions[run] ?? []).map(({ loop }) => loop);

/** Of all sessions together: false where this machine was too busy; null where it cannot be told. */
function timingsTrusted({ sessions }: View, run: number): boolean | null {
  const { trust } = trustOf(answeringSessions(sessions[run] ?? []));
  return trust === "trusted" ? true : trust === "busy" ? false : null;
}

/** Infinity becomes null beside `timeout: true`. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(value)) {
    const censored = each === Number.POSITIVE_INFINITY;
    copy[name] = censored ? null : plain(each);
    if (censored && name === "value") copy["timeout"] = true;
  }
  return copy;
}
