import type { JsonRow } from "../files/json-rows.ts";
import type { Importer } from "../importing/importer.ts";
import type { TableRow } from "../importing/table.ts";

import { isObject } from "../domain/json.ts";
import { UserError } from "../domain/text.ts";
import { jsonRows } from "../files/json-rows.ts";
import { importTable } from "../importing/table.ts";

/** JSON Lines or an array of objects; the first object's keys and all that `--columns` names are the columns. */
export const importer: Importer = {
  id: "jsonl",
  title: { zh: "JSON Lines 或 JSON 数组", en: "JSON Lines or a JSON array" },
  source: null,
  license: null,
  matches: /\.(?:jsonl|json|ndjson)$/i,
  async *read(file, settings) {
    const rows = jsonRows(file);
    const before: JsonRow[] = [];
    for (;;) {
      const next = await rows.next();
      if (next.done === true) throw noObject(file);
      before.push(next.value);
      if ("value" in next.value && isObject(next.value.value)) break;
    }
    const first = before.at(-1);
    const keys =
      first !== undefined && "value" in first && isObject(first.value)
        ? Object.keys(first.value)
        : [];
    const told = Object.values(settings.columns).flatMap((column) => column.split("+"));
    yield* importTable([...new Set([...keys, ...told])], tableRows(before, rows), settings);
  },
};

async function* tableRows(
  before: readonly JsonRow[],
  rest: AsyncIterable<JsonRow>,
): AsyncGenerator<TableRow> {
  for (const row of before) yield toTableRow(row);
  for await (const row of rest) yield toTableRow(row);
}

function toTableRow(each: JsonRow): TableRow {
  if ("problem" in each) return each;
  const { row, value } = each;
  return isObject(value)
    ? { row, cells: value }
    : { row, problem: { zh: "不是 JSON 对象", en: "not a JSON object" } };
}

const noObject = (file: string): UserError =>
  new UserError({ zh: `${file}：没有 JSON 对象`, en: `${file}: holds no JSON object` });
