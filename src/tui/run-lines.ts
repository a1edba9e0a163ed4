import { open, type FileHandle } from "node:fs/promises";

import type { AnswerLine, ItemLine, RunFileLine, ScoreLine } from "../domain/run-file/lines.ts";

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
    const answer = await readLine(handle, answerAt);
    if (answer?.kind !== "answer") return { item: null, answer: null, score: null };
    const scoreAt = await findLast(handle, `{"kind":"score",${named}`, size, answerAt);
    const name = JSON.stringify(answer.item);
    const itemAt = await findLast(handle, `{"kind":"item","item":${name}`, size);
    const score = await readLine(handle, scoreAt);
    const item = await readLine(handle, itemAt);
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

async function readLine(handle: FileHandle, at: number): Promise<RunFileLine | null> {
  if (at < 0) return null;
  const parts: Buffer[] = [];
  for (let position = at; ; position += blockBytes) {
    const block = Buffer.alloc(blockBytes);
    const { bytesRead } = await handle.read(block, 0, blockBytes, position);
    const end = block.subarray(0, bytesRead).indexOf(10);
    parts.push(block.subarray(0, end === -1 ? bytesRead : end));
    if (end !== -1) return JSON.parse(Buffer.concat(parts).toString("utf8")) as RunFileLine;
    if (bytesRead < blockBytes) return null;
  }
}
