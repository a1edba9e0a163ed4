import { basename } from "node:path";

import type { Importer, Output } from "../importing/importer.ts";

import { memberOf } from "../domain/json.ts";
import { jsonRows } from "../files/json-rows.ts";
import { converted } from "../importing/convert.ts";
import { listField, needText, rowId, textField } from "../importing/fields.ts";
import { goldLetters, letterAt } from "../importing/gold.ts";
import { choiceHead, formulaHead } from "../importing/heads.ts";
import { SkipRow } from "../importing/importer.ts";

/** AGIEval: `passage, question, options ["(A)…"], label (a letter or a list of letters), answer, other`. */
export const importer: Importer = {
  id: "agieval",
  title: { zh: "AGIEval", en: "AGIEval" },
  source: "AGIEval https://github.com/ruixiangcui/AGIEval",
  license: "MIT",
  matches: /\.jsonl$/,
  read: (file) => {
    const name = basename(file, ".jsonl");
    return converted(jsonRows(file), (value, row) => [convert(value, row, name)]);
  },
};

function convert(value: unknown, row: number, name: string): Output {
  const question = needText(value, "question");
  const context = textField(value, "passage");
  const source = textField(memberOf(value, "other"), "source");
  const common = {
    id: rowId(row),
    ...(context === null ? {} : { context }),
    question,
    ...(source === null ? {} : { source }),
  };
  const texts = listField(value, "options");
  const of = { id: name, dimension: ["AGIEval", name] };
  if (texts.length > 0) {
    const options = Object.fromEntries(texts.map(toOption));
    const answer = goldLetters(memberOf(value, "label"), options, null);
    return { task: choiceHead(of, context !== null), item: { ...common, options, answer } };
  }
  const answer = textField(value, "answer");
  if (answer === null) throw new SkipRow("没有选项，也没有答案", "neither options nor an answer");
  return { task: formulaHead(of, answer, context !== null), item: { ...common, answer } };
}

function toOption(text: unknown, index: number): readonly [string, string] {
  const found = /^\s*\(([A-Z])\)\s*(.*)$/s.exec(String(text));
  return found === null ? [letterAt(index), String(text).trim()] : [found[1] ?? "", found[2] ?? ""];
}
