import type { Importer, Output } from "../importing/importer.ts";

import { jsonRows } from "../files/json-rows.ts";
import { converted } from "../importing/convert.ts";
import { needText, rowId, textField, toId } from "../importing/fields.ts";
import { containsHead } from "../importing/heads.ts";

/**
 * Chinese SimpleQA: `id, primary_category, secondary_category, question, answer`. Right where the reply contains the
 * answer, which is stricter than the published judge; `--grader judge` uses a judge.
 */
export const importer: Importer = {
  id: "chinese-simpleqa",
  title: { zh: "Chinese SimpleQA", en: "Chinese SimpleQA" },
  source: "Chinese SimpleQA https://github.com/OpenStellarTeam/ChineseSimpleQA",
  license: "MIT",
  matches: /\.jsonl$/,
  read: (file) => converted(jsonRows(file), (value, row) => [convert(value, row)]),
};

function convert(value: unknown, row: number): Output {
  const primary = textField(value, "primary_category") ?? "未分类";
  const secondary = textField(value, "secondary_category");
  return {
    task: containsHead({
      id: toId([primary, secondary ?? ""].join("-")) ?? "qa",
      dimension: ["专业技能与知识", primary, ...(secondary === null ? [] : [secondary])],
    }),
    item: {
      id: toId(textField(value, "id")) ?? rowId(row),
      question: needText(value, "question"),
      answer: needText(value, "answer"),
    },
  };
}
