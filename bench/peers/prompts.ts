import { readFileSync } from "node:fs";
import { join } from "node:path";

import { promptWith } from "./tool.ts";

/** The prompts of a job's rows, for programs that have no templates. */
export const promptsIn = (folder: string): readonly string[] =>
  readFileSync(join(folder, "sums.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((row) => promptWith((JSON.parse(row) as { question: string }).question));
