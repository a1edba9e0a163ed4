import { createHash } from "node:crypto";

import { z } from "zod";

import type { Problem } from "../../domain/text.ts";

import { UserError } from "../../domain/text.ts";
import { openFile } from "../../files/jsonl.ts";
import { eachLine } from "../../files/lines.ts";
import { problemError, unreadable } from "../../files/text-file.ts";
import { parseRow } from "../suites/rows.ts";

/** A line of a file of answers, or of a run file, whose other lines are skipped. */
const AnswerRow = z.union([
  z.object({
    kind: z.literal("answer"),
    item: z.string(),
    target: z.string(),
    wording: z.string().nullable(),
    turns: z.array(z.object({ text: z.string() })),
  }),
  z.object({
    kind: z.undefined().optional(),
    item: z.string().min(1).describe("suite/task/item"),
    turn: z.int().positive().optional().describe("from 1"),
    text: z.string(),
  }),
  z.object({ kind: z.enum(["run", "item", "step", "score", "review", "resume", "end", "limit"]) }),
]);

/** Answers that others are compared with: replies by item, turn by turn. */
export type AnswerFile = {
  /** Digest of the file's bytes. */
  readonly digest: string;
  readonly replies: (item: string) => readonly string[] | null;
};

/**
 * Reads a JSONL file of `{item, turn?, text}`, or a run file of one target. Rejects with a `UserError` that lists every
 * problem, also if the file holds answers of several targets.
 */
export async function readAnswerFile(file: string, shown = file): Promise<AnswerFile> {
  const handle = await openFile(file).catch((error: unknown) => {
    throw unreadable(shown, error);
  });
  const hash = createHash("sha256");
  const replies = new Map<string, string[]>();
  const targets = new Set<string>();
  const problems: Problem[] = [];
  try {
    for await (const { bytes, line } of eachLine(handle, { shown })) {
      hash.update(bytes);
      const read = parseRow(bytes, AnswerRow, { file: shown, line });
      if (!read.ok) problems.push(...read.problems);
      else if ("turns" in read.value) {
        const { item, target, turns, wording } = read.value;
        targets.add(target);
        if (wording === null)
          replies.set(
            item,
            turns.map(({ text }) => text),
          );
      } else if ("text" in read.value) {
        const { item, turn = 1, text } = read.value;
        const texts = replies.get(item) ?? [];
        texts[turn - 1] = text;
        replies.set(item, texts);
      }
    }
  } finally {
    await handle.close();
  }
  if (problems.length > 0) throw problemError(problems);
  if (targets.size > 1) throw severalTargets(shown, [...targets]);
  return { digest: hash.digest("hex").slice(0, 32), replies: (item) => replies.get(item) ?? null };
}

const severalTargets = (file: string, targets: readonly string[]): UserError =>
  new UserError({
    zh: `${file} 里有 ${targets.length} 个目标的回答（${targets.join("、")}），不知道与哪一个比较；请给只有一个目标的文件`,
    en: `${file} holds answers of ${targets.length} targets (${targets.join(", ")}); name a file of one`,
  });
