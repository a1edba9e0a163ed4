import type { Board } from "../../domain/board.ts";
import type { AnswerLine, ItemLine, ScoreLine } from "../../domain/run-file/lines.ts";
import type { RunLines } from "../../store/runs/run-lines.ts";
import type { View } from "../view/model.ts";
import type { LinePlace } from "../view/read.ts";
import type { ExportedAnswer } from "./columns.ts";
import type { ExportedRuns } from "./format.ts";

import { verdicts } from "../../domain/grader.ts";
import { openRunLines } from "../../store/runs/run-lines.ts";
import { findNumber } from "../view/columns.ts";
import { readView } from "../view/read.ts";
import { flag } from "../view/shapes.ts";
import { exportColumns, rowOf } from "./columns.ts";
import { answerWeights, isMeanBoard, mustBeMean } from "./weights.ts";

/** Where the lines of each answer and item start, by their numbers in the view. */
type Places = {
  readonly answers: LinePlace[];
  readonly scores: (LinePlace | undefined)[];
  readonly items: LinePlace[];
};

/**
 * Reads run files for an export. Of a key in several files the last file counts, as on a leaderboard. Rejects with a
 * `UserError` where a file is none, and where no weights can make the board's total, unless `weighted` is false: then
 * answers of such a board have no weight.
 */
export async function readExport(
  files: readonly string[],
  board: Board | null,
  { weighted = true }: { readonly weighted?: boolean } = {},
): Promise<ExportedRuns> {
  if (weighted && board !== null) mustBeMean(board);
  const places: Places = { answers: [], scores: [], items: [] };
  const view = await readView(files, (line, place, { answerKeys, itemKeys }) => {
    if (line.kind === "item") places.items[findNumber(itemKeys, line.item)] = place;
    if (line.kind === "answer") {
      const number = findNumber(answerKeys, line.key);
      places.answers[number] = place;
      places.scores[number] = undefined;
    }
    if (line.kind === "score" && line.pending !== true) {
      const number = findNumber(answerKeys, line.key);
      if (number >= 0) places.scores[number] = place;
    }
  });
  const answers = () => exportAnswers(files, view, places, board);
  return {
    files,
    view,
    board,
    columns: exportColumns,
    answers,
    rows: async function* () {
      for await (const each of answers()) yield rowOf(each);
    },
  };
}

async function* exportAnswers(
  files: readonly string[],
  view: View,
  places: Places,
  board: Board | null,
): AsyncGenerator<ExportedAnswer> {
  const isMean = board === null || isMeanBoard(board);
  const weights = isMean ? view.targets.map((target) => answerWeights(view, target, board)) : [];
  const opened = new Map<number, RunLines>();
  const lineAt = async ({ file, offset }: LinePlace) => {
    const lines = opened.get(file) ?? (await openRunLines(files[file] ?? ""));
    opened.set(file, lines);
    return lines.at(offset);
  };
  try {
    for (const [number, place] of places.answers.entries()) {
      const target = view.targets[view.answerRows.at.target[number] ?? -1];
      if (target === undefined) continue;
      const row = view.answerRows.at.row[number] ?? 0;
      const { at } = target.rows;
      const scorePlace = places.scores[number];
      const itemPlace = places.items[at.item[row] ?? -1];
      yield {
        run: view.runs[at.run[row] ?? 0]?.id ?? "",
        item: itemPlace === undefined ? null : ((await lineAt(itemPlace)) as ItemLine),
        answer: (await lineAt(place)) as AnswerLine,
        score: scorePlace === undefined ? null : ((await lineAt(scorePlace)) as ScoreLine),
        verdict: verdicts[(at.verdict[row] ?? 0) - 1] ?? null,
        value: numberOrNull(at.value[row]),
        weight: numberOrNull(weights[target.index]?.[row]),
        ruled: ((at.flags[row] ?? 0) & flag.reviewed) !== 0,
      };
    }
  } finally {
    for (const lines of opened.values()) await lines.close();
  }
}

const numberOrNull = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;
