import type { JsonRow } from "../files/json-rows.ts";
import type { ImportedRow, Output } from "./importer.ts";

import { SkipRow } from "./importer.ts";

/** Rows as a converter reads them: rows for which it throws `SkipRow`, and rows that are not JSON, are left out with a reason. */
export async function* converted(
  rows: AsyncIterable<JsonRow>,
  convert: (value: unknown, row: number) => readonly Output[],
): AsyncGenerator<ImportedRow> {
  for await (const each of rows) {
    const { row } = each;
    yield "problem" in each
      ? { row, outputs: [{ skip: each.problem }] }
      : { row, outputs: outputsOf(() => convert(each.value, row)) };
  }
}

/** What `convert` returns, or the reason that it threw. */
export function outputsOf(convert: () => readonly Output[]): readonly Output[] {
  try {
    return convert();
  } catch (error) {
    if (error instanceof SkipRow) return [{ skip: error.text }];
    throw error;
  }
}
