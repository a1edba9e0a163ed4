import type { SuiteEntry } from "../../domain/run-file/header.ts";
import type { ItemLine } from "../../domain/run-file/lines.ts";
import type { SuiteFile } from "../../store/suites/suites.ts";
import type { Context } from "../context.ts";

import { itemLine } from "../../domain/prompt.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { findSuites } from "../../store/suites/find-suites.ts";
import { eachItem } from "../../store/suites/items.ts";
import { readSuite } from "../../store/suites/suites.ts";

/** Suites with all their items, in the wording that the suites begin with. */
export type LoadedSuites = {
  readonly files: readonly SuiteFile[];
  readonly lines: readonly ItemLine[];
};

/** Reads the suites that names denote. Rejects with a `UserError` where one cannot be read. */
export async function loadSuites(
  names: readonly string[],
  { cwd }: Pick<Context, "cwd">,
): Promise<LoadedSuites> {
  const found = await findSuites(names, { cwd, builtin: builtinFolder("suites") });
  const files = await Promise.all(found.map((file) => readSuite(file)));
  const lines: ItemLine[] = [];
  for (const file of files) {
    for (const task of file.suite.tasks) {
      for await (const { item } of eachItem(file, task)) {
        lines.push(itemLine(file.suite, task, item, [null]));
      }
    }
  }
  return { files, lines };
}

/** What a header says of a suite, with the number of its items that take part. */
export const suiteEntryOf = ({ suite, digest, recipe }: SuiteFile, items: number): SuiteEntry => ({
  id: suite.id,
  title: suite.title ?? null,
  license: suite.license ?? null,
  source: suite.source ?? null,
  data_class: suite.data_class ?? "公开",
  digest,
  items,
  seeds: Object.fromEntries(
    suite.tasks.flatMap((task) =>
      "generate" in task.items ? [[task.items.generate, task.items.seed] as const] : [],
    ),
  ),
  recipe,
});
