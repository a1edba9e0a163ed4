import { z } from "zod";

import type { Task } from "../../domain/suite.ts";
import type { ParsedSuite } from "./suites.ts";

import { Item } from "../../domain/suite.ts";
import { openFile } from "../../files/jsonl.ts";
import { eachLine } from "../../files/lines.ts";
import { problemError } from "../../files/text-file.ts";
import { parseRow } from "./rows.ts";
import { dataFile, examplesFile, fileProblem } from "./suites.ts";

const Example = z.looseObject({});

/**
 * The rows of a task's data file, or of the file of its examples, as they are written: no variable is filled in. Rejects with a
 * `UserError` where the file is missing or a row is not valid.
 */
export async function* eachWritten(
  suite: ParsedSuite,
  task: Task,
  which: "items" | "examples",
): AsyncGenerator<Readonly<Record<string, unknown>>> {
  const data = which === "items" ? dataFile(suite, task) : examplesFile(suite, task);
  if (data === null) return;
  const at = suite.suite.tasks.indexOf(task);
  const problem = await fileProblem(suite, ["tasks", at, ...data.path], data);
  if (problem !== null) throw problemError([problem]);
  const handle = await openFile(data.file);
  try {
    for await (const { bytes, line } of eachLine(handle, { shown: data.file })) {
      const place = { file: data.file, line };
      const row =
        which === "items" ? parseRow(bytes, Item, place) : parseRow(bytes, Example, place);
      if (!row.ok) throw problemError(row.problems);
      yield row.value;
    }
  } finally {
    await handle.close();
  }
}
