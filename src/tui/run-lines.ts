import { open, type FileHandle } from "node:fs/promises";

import type { AnswerLine, ItemLine, RunFileLine, ScoreLine } from "../domain/run-file/lines.ts";

import { UserError } from "../domain/text.ts";
import { runLineAt } from "../store/runs/run-lines.ts";

/** What a run file holds about one answer; null where a line is not there (yet). */
export type AnswerLines = {
  readonly item: ItemLine | null;
  readonly answer: AnswerLine | null;
  readonly score: ScoreLine | null;
};

const blockBytes = 1 << 20;

/**
 * Searches a run file backwards from its end for one answer, its score and its item, so that no conversation has to be
 * kept in memory in case somebody wants to read it. Of several matching lines the last counts.
 */
export async function findAnswer(file: string, key: string): Promise<AnswerLines> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    const named = `"key":${JSON.stringify(key)}`;
    const answerAt = await findLast(handle, `{"kind":"answer",${named}`, size);
    const answer = await readLine(file, handle, answerAt);
    if (answer?.kind !== "answer") return { item: null, answer: null, score: null };
    const scoreAt = await findLast(handle, `{"kind":"score",${named}`, size, answerAt);
    const name = JSON.stringify(answer.item);
    const itemAt = await findLast(handle, `{"kind":"item","item":${name}`, size);
    const score = await readLine(file, handle, scoreAt);
    const item = await readLine(file, handle, itemAt);
    return {
      answer,
      score: score?.kind === "score" ? score : null,
      item: item?.kind === "item" ? item : null,
    };
  } finally {
    await handle.close();
  }
}

/** Offset of the last occurrence of the needle in bytes `[from, size)`, or -1. */
async function findLast(
  handle: FileHandle,
  needle: string,
  size: number,
  from = 0,
): Promise<number> {
  const bytes = Buffer.from(needle);
  for (let end = size; end > Math.max(0, from);) {
    const start = Math.max(0, from, end - blockBytes);
    const block = Buffer.alloc(Math.min(size, end + bytes.length) - start);
    await handle.read(block, 0, block.length, start);
    const found = block.lastIndexOf(bytes);
    if (found !== -1) return start + found;
    end = start;
  }
  return -1;
}

/** Null also for a line that is just being written. */
async function readLine(file: string, handle: FileHandle, at: number): Promise<RunFileLine | null> {
  if (at < 0) return null;
  return runLineAt(file, handle, at).catch((error: unknown) => {
    if (error instanceof UserError) return null;
    throw error;
  });
}
