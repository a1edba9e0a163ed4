import { rm, stat } from "node:fs/promises";

import type { RunLine } from "../../domain/run-file/header.ts";
import type { AnswerLine, ItemLine, ScoreLine } from "../../domain/run-file/lines.ts";
import type { GraderRef } from "../../domain/suite.ts";
import type { ConfigFile } from "../../store/config.ts";
import type { Graders } from "../../store/graders.ts";
import type { JudgePoolOptions } from "../calibrate/judge-pool.ts";
import type { Context } from "../context.ts";

import { isFailed } from "../../domain/outcome.ts";
import { UserError } from "../../domain/text.ts";
import { endElsewhere } from "../../importing/runs/lines.ts";
import { createAppender } from "../../store/runs/appender.ts";
import { createRunFile } from "../../store/runs/writer.ts";
import { createKeySet } from "../../store/suites/key-set.ts";
import { openScorer } from "../score/scorer.ts";

export type GradedRunSetup = {
  readonly file: string;
  readonly header: RunLine;
  readonly refs: readonly GraderRef[];
  readonly config: ConfigFile | null;
  readonly graders: Graders;
  /** Items that take part without an answer, which the board then shows as missing. */
  readonly items?: readonly ItemLine[];
  readonly answers: AsyncIterable<{ readonly item: ItemLine; readonly answer: AnswerLine }>;
  readonly graded: (item: ItemLine, answer: AnswerLine, score: ScoreLine) => void;
};

/**
 * Writes a run file of answers that were given elsewhere and grades each with the graders of its item, judges included
 * where they are configured. Resolves to how many could not be graded because the money was used up. What was written is
 * removed where it cannot be finished.
 */
export async function writeGradedRun(
  setup: GradedRunSetup,
  options: JudgePoolOptions,
  context: Context,
): Promise<number> {
  const { file, header, config, graders, refs } = setup;
  const scorer = await openScorer({ file, header, refs, config, graders }, options, context);
  const started = performance.now();
  try {
    const writer = await createRunFile(file, header);
    try {
      const out = createAppender(writer);
      const named = createKeySet();
      const grading: Promise<{ item: ItemLine; answer: AnswerLine; score: ScoreLine | null }>[] =
        [];
      let [answers, failed, left] = [0, 0, 0];
      const settle = async (): Promise<void> => {
        const done = await grading.shift();
        if (done === undefined) return;
        if (done.score === null) left += 1;
        else {
          out.add(done.score);
          setup.graded(done.item, done.answer, done.score);
        }
      };
      const nameItem = (item: ItemLine): void => {
        if (named.has(item.item)) return;
        named.add(item.item);
        out.add(item);
      };
      for (const item of setup.items ?? []) {
        nameItem(item);
        if (out.isFull()) await out.settled();
      }
      for await (const { item, answer } of setup.answers) {
        context.stopping.throwIfAborted();
        nameItem(item);
        out.add(answer);
        answers += 1;
        if (isFailed(answer.outcome)) failed += 1;
        const score = scorer.grade(item, answer).then((line) => ({ item, answer, score: line }));
        score.catch(() => undefined);
        grading.push(score);
        if (grading.length >= scorer.atOnce) await settle();
        if (out.isFull()) await out.settled();
      }
      while (grading.length > 0) await settle();
      await out.settled();
      const wall = performance.now() - started;
      await writer.append(endElsewhere(context.now(), answers, failed, wall));
      await writer.close();
      return left;
    } catch (error) {
      await writer.close().catch(() => undefined);
      await rm(file, { force: true });
      throw error;
    }
  } finally {
    await scorer.close();
  }
}

/** Refuses to write over a run file, which may hold rulings. */
export async function mustBeNew(file: string, shown: string): Promise<void> {
  const isThere = await stat(file).then(
    () => true,
    () => false,
  );
  if (!isThere) return;
  throw new UserError({
    zh: `${shown} 已经存在，里面可能有裁定；请换一个文件名，或先删去它`,
    en: `${shown} exists and may hold rulings; name another file, or delete it first`,
  });
}
