import type { AnswerLine, ItemLine, ScoreLine } from "../../domain/run-file/lines.ts";
import type { RunLines } from "../../store/runs/run-lines.ts";
import type { Context } from "../context.ts";
import type { Gradable } from "./scan.ts";
import type { Scorer } from "./scorer.ts";
import type { Graded } from "./threads/survey.ts";

import { verdicts } from "../../domain/grader.ts";
import { createAppender } from "../../store/runs/appender.ts";
import { type PlacedLine, placedBatches } from "../../store/runs/reader.ts";
import { openRunLines } from "../../store/runs/run-lines.ts";
import { reopenRunFile } from "../../store/runs/writer.ts";
import { createLatest } from "./latest-values.ts";
import { mustNotReplace, restored } from "./paid.ts";
import { type GradedRange, linesOf, ungradedYet } from "./threads/graded-range.ts";

export type Regrading = Gradable & {
  readonly file: string;
  readonly correct: (item: ItemLine) => ItemLine;
  readonly scorer: Scorer;
  readonly context: Context;
  /** The user named a grader, whatever the items ask for. */
  readonly otherGrader: boolean;
  /** What threads have graded while the file was scanned; null where none did. */
  readonly graded: Graded | null;
};

/** `left` were not graded; `kept` stand because judges were paid for them. */
export type ScoreCounts = { scored: number; changed: number; left: number; kept: number };

/**
 * The second pass: appends a score for every answer, in the order of the file, and an item line where a gold was
 * corrected. The file is read once from its beginning; a line elsewhere is looked up only where an item was corrected
 * after its answer, or a verdict was paid for. What threads have graded is written as it is, and the file is read again only
 * for what they left.
 */
export async function regrade(regrading: Regrading): Promise<ScoreCounts> {
  const { file, correct, scorer, context, otherGrader, graded, ...found } = regrading;
  const lines = await openRunLines(file);
  const writer = await reopenRunFile(file, found.scanned).catch(async (error: unknown) => {
    await lines.close();
    throw error;
  });
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
  /** What was graded goes on as it is, in order with what has to be graded here. */
  const writeGraded = async (range: GradedRange, superseded: ReadonlySet<number>) => {
    const bytes = linesOf(range);
    let from = 0;
    for (let to = 0; to <= range.answers.length; to += 1) {
      const by = range.gradedBy[to] ?? ungradedYet;
      if (to < range.answers.length && by !== ungradedYet && !superseded.has(by)) continue;
      if (to > from) {
        if (context.stopping.aborted) return;
        while (grading.length > 0) await write();
        out.addBytes(bytes.subarray(lineStart(range, from), lineStart(range, to)));
        if (out.isFull()) await out.settled();
        for (let at = from; at < to; at += 1) count(range, at);
      }
      from = to + 1;
      if (to === range.answers.length || context.stopping.aborted) return;
      seen += 1;
      await grade((await lines.at(range.answerStarts[to] ?? 0)) as AnswerLine);
    }
  };
  const count = ({ answers, verdicts: given }: GradedRange, at: number): void => {
    seen += 1;
    counts.scored += 1;
    if (found.before.get(answers[at] ?? "") !== verdicts[given[at] ?? 0]) counts.changed += 1;
  };
  try {
    // Where there are judges, money is counted answer by answer. Many answers are found sooner by reading all than by jumping.
    const isGraded = graded !== null && !scorer.hasJudges && graded.left * 2 <= found.answers;
    for (const [number, range] of isGraded ? graded.ranges.entries() : []) {
      if (context.stopping.aborted) break;
      await writeGraded(range, graded?.superseded ?? new Set());
      if (number % rangesAtOnce === rangesAtOnce - 1) await out.settled();
    }
    // What is appended meanwhile lies behind the last answer, and is not read.
    reading: for await (const batch of isGraded || found.answers === 0 ? [] : placedBatches(file)) {
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

/** So many ranges are handed over before their lines are awaited: some megabytes, as each wait is one for the clock. */
const rangesAtOnce = 16;

/** Where the new line of an answer starts. */
const lineStart = ({ ends }: GradedRange, answer: number): number =>
  answer === 0 ? 0 : (ends[answer - 1] ?? 0);

/** Items that were read and may be asked for again: those of several targets and trials stand near each other. */
const mostItems = 4_096;

/** The items that count, by key, as the file is read; `places` says where the last line of each stands. */
function createItems(places: ReadonlyMap<string, number>, lines: RunLines) {
  const read = createLatest<ItemLine>(mostItems);
  const keep = (item: ItemLine): ItemLine => {
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
