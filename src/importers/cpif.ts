import type { Importer, Output } from "../importing/importer.ts";

import { jsonRows } from "../files/json-rows.ts";
import { converted } from "../importing/convert.ts";
import { translateDemands } from "../importing/demands/translate.ts";
import { listField, needText, rowId, textField } from "../importing/fields.ts";
import { constraintsHead, openHead } from "../importing/heads.ts";
import { SkipRow } from "../importing/importer.ts";

/**
 * SuperCLUE-CPIFOpen: JSON Lines named .json, `prompt` (or `messages[0].content`) and `valid_code`, a Python program that
 * checks the reply. Where all demands of the prompt translate into constraints, these grade the item; elsewhere the
 * program is kept as the item's `tests`, which no built-in grader runs.
 */
export const importer: Importer = {
  id: "cpif",
  title: { zh: "SuperCLUE-CPIFOpen 精确指令遵循", en: "SuperCLUE-CPIFOpen" },
  source: "SuperCLUE-CPIFOpen https://github.com/CLUEbenchmark/SuperCLUE-CPIFOpen",
  license: null,
  matches: /\.(?:json|jsonl)$/,
  read: (file) => converted(jsonRows(file), (value, row) => [convert(value, row)]),
};

const dimension = ["语言理解与生成", "精确指令遵循", "程序检查"];

function convert(value: unknown, row: number): Output {
  const [first] = listField(value, "messages");
  const question = textField(value, "prompt") ?? textField(first, "content");
  if (question === null) throw new SkipRow("没有题目", "there is no question");
  const check = needText(value, "valid_code");
  const item = { id: rowId(row), question };
  const { constraints, untranslated } = translateDemands(question);
  if (constraints.length > 0 && untranslated.length === 0)
    return {
      task: constraintsHead({ id: "constraints", dimension }),
      item: { ...item, constraints: [...constraints] },
    };
  return {
    task: openHead({ id: "checked", dimension }),
    item: { ...item, tests: { language: "python", check } },
  };
}
