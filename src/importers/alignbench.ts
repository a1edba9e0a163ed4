import type { Importer, Output } from "../importing/importer.ts";

import { jsonRows } from "../files/json-rows.ts";
import { converted } from "../importing/convert.ts";
import { needText, rowId, textField, toId } from "../importing/fields.ts";
import { openHead } from "../importing/heads.ts";

/** AlignBench v1.1: `question_id, category, subcategory, question, reference`; needs a judge. */
export const importer: Importer = {
  id: "alignbench",
  title: { zh: "AlignBench", en: "AlignBench" },
  source: "AlignBench https://github.com/THUDM/AlignBench",
  license: null,
  matches: /\.jsonl$/,
  read: (file) => converted(jsonRows(file), (value, row) => [convert(value, row)]),
};

function convert(value: unknown, row: number): Output {
  const category = textField(value, "category") ?? "未分类";
  const sub = textField(value, "subcategory");
  const reference = textField(value, "reference");
  return {
    task: openHead({
      id: toId([category, sub ?? ""].join("-")) ?? "open",
      dimension: ["AlignBench", category, ...(sub === null ? [] : [sub])],
    }),
    item: {
      id: toId(textField(value, "question_id")) ?? rowId(row),
      question: needText(value, "question"),
      ...(reference === null ? {} : { reference }),
    },
  };
}
