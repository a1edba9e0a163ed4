import type { Importer, Output } from "../importing/importer.ts";

import { jsonRows } from "../files/json-rows.ts";
import { converted } from "../importing/convert.ts";
import { listField, needText, rowId, textField, toId } from "../importing/fields.ts";
import { goldLetters } from "../importing/gold.ts";
import { choiceHead } from "../importing/heads.ts";
import { SkipRow } from "../importing/importer.ts";

/** TAL-SCQ5K: `problem` with `$$…$$`, `answer_option_list: [[{aoVal, content}]…]`, `answer_value`, `difficulty`. */
export const importer: Importer = {
  id: "tal-scq5k",
  title: { zh: "TAL-SCQ5K 数学竞赛", en: "TAL-SCQ5K" },
  source: "TAL-SCQ5K https://github.com/math-eval/TAL-SCQ5K",
  license: "MIT",
  matches: /\.jsonl$/,
  read: (file) => converted(jsonRows(file), (value, row) => [convert(value, row)]),
};

function convert(value: unknown, row: number): Output {
  const options = Object.fromEntries(listField(value, "answer_option_list").map(toOption));
  const difficulty = textField(value, "difficulty");
  return {
    task: choiceHead({ id: "competition", dimension: ["数学推理", "竞赛数学", "单项选择"] }),
    item: {
      id: toId(textField(value, "qid", "queId")) ?? rowId(row),
      question: needText(value, "problem"),
      options,
      answer: goldLetters(needText(value, "answer_value"), options, null),
      ...(difficulty === null ? {} : { difficulty: Number(difficulty) }),
    },
  };
}

function toOption(each: unknown): readonly [string, string] {
  const option: unknown = Array.isArray(each) ? each[0] : each;
  const letter = textField(option, "aoVal");
  const content = textField(option, "content");
  if (letter === null || content === null) throw new SkipRow("有选项是空的", "an option is empty");
  return [letter, content];
}
