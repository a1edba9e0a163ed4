import type { AnswerLine, ItemLine, ScoreLine } from "../../domain/run-file/lines.ts";
import type { RunLines } from "../../store/runs/run-lines.ts";
import type { Context } from "../context.ts";
import type { Gradable } from "./scan.ts";
import type { Scorer } from "./scorer.ts";

import { createAppender } from "../../store/runs/appender.ts";
import { type PlacedLine, placedBatches } from "../../store/runs/reader.ts";
import { openRunLines } from "../../store/runs/run-lines.ts";
import { reopenRunFile } from "../../store/runs/writer.ts";
import { mustNotReplace, restored } from "./paid.ts";

export type Regrading = Gradable & {
  readonly file: string;
  readonly correct: (item: ItemLine) => ItemLine;
  readonly scorer: Scorer;
  readonly context: Context;
  /** The user named a grader, whatever the items ask for. */
  readonly otherGrader: boolean;
};

/** `left` were not graded; `kept` stand because judges were paid for them. */
export type ScoreCounts = { scored: number; changed: number; left: number; kept: number };

/**
 * The second pass: appends a score for every answer, in the order of the file, and an item line where a gold was
 * corrected. The file is read once from its beginning; a line elsewhere is looked up only where an item was corrected
 * after its answer, or a verdict was paid for.
 */
export async function regrade(regrading: Regrading): Promise<ScoreCounts> {
  const { file, correct, scorer, context, otherGrader, ...found } = regrading;
  const lines = await openRunLines(file);
  const writer = await reopenRunFile(file, found.scanned);
  if (writer.tookOver !== null) context.warn(writer.tookOver[context.lang]);
  const out = createAppender(writer);
  const counts: ScoreCounts = { scored: 0, changed: 0, left: 0, kept: 0 };
  const told = new Set<string>();
  const grading: Promise<ScoreLine | null>[] = [];
  const itemFor = createItems(found.items, lines);
  const write = async (): Promise<void> => {
    const score = (await grading.shift()) ?? null;
    if (score === null || score.pending === true) counts.left += 1;
    if (score === null || (score.pending === true && score.judge_calls === undefined)) return;
    const paid = found.paid.get(score.key);
    const { lacksJudges } = scorer;
    if (paid !== undefined && mustNotReplace(score, { lacksJudges, otherGrader })) {
      const old = (await lines.at(paid)) as ScoreLine;
      const last = (await lines.at(found.standing.get(score.key) ?? paid)) as ScoreLine;
      for (const line of restored(old, last, score)) out.add(line);
      if (score.pending !== true) counts.kept += 1;
      return;
    }
    out.add(score);
    if (score.pending === true) return;
    counts.scored += 1;
    if (found.before.get(score.key) !== score.verdict) counts.changed += 1;
  };
  const grade = async (answer: AnswerLine): Promise<void> => {
    const old = itemFor.known(answer.item) ?? (await itemFor.lookUp(answer.item));
    const item = correct(old);
    if (item.gold_digest !== old.gold_digest && !told.has(item.item)) {
      told.add(item.item);
      out.add({ ...item, asks: old.asks });
    }
    grading.push(quiet(scorer.grade(item, answer)));
    if (grading.length >= scorer.atOnce) await write();
    if (out.isFull()) await out.settled();
  };
  let seen = 0;
  const take = async (placed: PlacedLine): Promise<void> => {
    const { line } = placed;
    if (line.kind === "item") itemFor.take(line, placed.offset);
    if (line.kind !== "answer") return;
    seen += 1;
    await grade(line);
  };
  try {
    // What is appended meanwhile lies behind the last answer, and is not read.
    reading: for await (const batch of found.answers === 0 ? [] : placedBatches(file)) {
      for (const placed of batch) {
        if (context.stopping.aborted || seen === found.answers) break reading;
        if (placed.line.kind === "item" || placed.line.kind === "answer") await take(placed);
      }
    }
    counts.left += found.answers - seen;
    while (grading.length > 0) await write();
    return counts;
  } finally {
    try {
      await out.settled();
    } finally {
      await writer.close();
      await lines.close();
    }
  }
}

/** Items that were read and may be asked for again: those of several targets and trials stand near each other. */
const mostItems = 8_192;

/** The items that count, by key, as the file is read; `places` says where the last line of each stands. */
function createItems(places: ReadonlyMap<string, number>, lines: RunLines) {
  const read = new Map<string, ItemLine>();
  const keep = (item: ItemLine): ItemLine => {
    if (read.size >= mostItems) {
      const [oldest = ""] = read.keys();
      read.delete(oldest);
    }
    read.set(item.item, item);
    return item;
  };
  return {
    take: (item: ItemLine, offset: number): void => {
      if (places.get(item.item) === offset) keep(item);
    },
    known: (key: string): ItemLine | undefined => read.get(key),
    lookUp: async (key: string): Promise<ItemLine> =>
      keep((await lines.at(places.get(key) ?? 0)) as ItemLine),
  };
}

/** A failure is thrown where the promise is awaited, not before. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
