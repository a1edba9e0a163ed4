import type { Importer, Output } from "../../../../src/importing/importer.ts";

import { jsonRows } from "../../../../src/files/json-rows.ts";
import { converted } from "../../../../src/importing/convert.ts";
import { listField, needText, rowId, textField, toId } from "../../../../src/importing/fields.ts";
import { goldLetters } from "../../../../src/importing/gold.ts";
import { choiceHead } from "../../../../src/importing/heads.ts";
import { SkipRow } from "../../../../src/importing/importer.ts";

/** My set: one object a line, `{id, question, choices: ["…", …], answer: "B"}`. */
export const importer: Importer = {
  id: "my-importer",
  title: { zh: "我的数据集", en: "my set" },
  source: "https://example.com/my-set",
  license: "CC-BY-4.0",
  matches: /\.jsonl$/,
  read: (file) => converted(jsonRows(file), (value, row) => [convert(value, row)]),
};

function convert(value: unknown, row: number): Output {
  const texts = listField(value, "choices").map(String);
  if (texts.length < 2) throw new SkipRow("选项不足两个", "fewer than two choices");
  const options = Object.fromEntries(
    texts.map((text, index) => [String.fromCodePoint(65 + index), text]),
  );
  return {
    task: choiceHead({ id: "choice", dimension: ["我的能力", "单项选择"] }),
    item: {
      id: toId(textField(value, "id")) ?? rowId(row),
      question: needText(value, "question"),
      options,
      answer: goldLetters(needText(value, "answer"), options, null),
    },
  };
}
