import { z } from "zod";

import type { Problem } from "../../domain/text.ts";
import type { JudgeOptions } from "../../grading/judge/options.ts";

import { digestOf } from "../../domain/digest.ts";
import { UserError } from "../../domain/text.ts";
import { openFile } from "../../files/jsonl.ts";
import { eachLine } from "../../files/lines.ts";
import { problemError, unreadable } from "../../files/text-file.ts";
import { JudgeRow } from "../../grading/calibration/judge-row.ts";
import { parseRow } from "../../store/suites/rows.ts";

/** A row with a key of its own, which stays the same wherever it stands in the file. */
export type KeyedRow = { readonly key: string; readonly row: JudgeRow };

/** A line of a record of verdicts, which can be read as rows again. */
const BenchLine = z.object({
  bench: z.string(),
  pass: z.string().optional(),
  row_key: z.string().optional(),
});

/**
 * Reads rows that people marked: JSONL of a person's making, or the record of an earlier calibration, whose verdicts then
 * come from there. Throws a UserError for a file without rows, or with rows that cannot be read.
 */
export async function readJudgeRows(
  file: string,
  shown: string,
  { mode }: Pick<JudgeOptions, "mode">,
): Promise<readonly KeyedRow[]> {
  const handle = await openFile(file).catch((error: unknown) => {
    throw unreadable(shown, error);
  });
  const rows = new Map<string, JudgeRow>();
  const seen = new Map<string, number>();
  const problems: Problem[] = [];
  try {
    for await (const { bytes, line } of eachLine(handle, { shown })) {
      const place = { file: shown, line };
      const bench = benchLine(bytes);
      if (bench !== null && (bench.bench !== "verdict" || bench.pass !== "base")) continue;
      const read = parseRow(bytes, JudgeRow, place);
      if (!read.ok) {
        problems.push(...read.problems);
        continue;
      }
      const { recorded, baseline } = read.value;
      if (mode === "pair" && recorded === undefined && typeof baseline !== "string") {
        problems.push({ place: { ...place, column: null, path: "baseline" }, message: noBaseline });
        continue;
      }
      rows.set(bench?.row_key ?? keyOf(read.value, seen), read.value);
    }
  } finally {
    await handle.close();
  }
  if (problems.length > 0) throw problemError(problems);
  if (rows.size === 0) {
    throw new UserError({ zh: `${shown} 里没有任何行`, en: `${shown} holds no rows` });
  }
  return [...rows].map(([key, row]) => ({ key, row }));
}

/** Null for a line that is no line of such a record; most are told apart without parsing them. */
function benchLine(bytes: Buffer): z.infer<typeof BenchLine> | null {
  if (!bytes.includes('"bench"')) return null;
  try {
    return BenchLine.safeParse(JSON.parse(bytes.toString("utf8"))).data ?? null;
  } catch {
    // What is wrong with the line is said when it is read as a row.
    return null;
  }
}

/** Rows that are the same in all their fields are told apart by their order. */
function keyOf(row: JudgeRow, seen: Map<string, number>): string {
  const digest = digestOf([row]).slice(0, 16);
  const count = (seen.get(digest) ?? 0) + 1;
  seen.set(digest, count);
  return count === 1 ? digest : `${digest}#${count}`;
}

const noBaseline = {
  zh: "比较两个回答时，每行都要有 baseline：另一个回答的文字",
  en: "to compare two answers each row needs a baseline, the text of the other answer",
};
