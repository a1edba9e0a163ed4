import type { Importer, Output } from "../importing/importer.ts";

import { jsonRows } from "../files/json-rows.ts";
import { converted } from "../importing/convert.ts";
import { needText, rowId, textField } from "../importing/fields.ts";
import { numericHead } from "../importing/heads.ts";

/** CMATH: `grade, input, golden, reasoning_step`; its distractor set has `original` and `distractor` instead of a grade. */
export const importer: Importer = {
  id: "cmath",
  title: { zh: "CMATH 小学数学", en: "CMATH" },
  source: "CMATH https://github.com/XiaoMi/cmath",
  license: "CC-BY-4.0",
  matches: /\.jsonl$/,
  read: (file) => converted(jsonRows(file), (value, row) => [convert(value, row)]),
};

function convert(value: unknown, row: number): Output {
  const grade = textField(value, "grade");
  const step = textField(value, "reasoning_step");
  const distractor = textField(value, "distractor") ?? "0";
  const head =
    grade === null
      ? {
          id: "distractor",
          dimension: ["数学推理", "干扰条件", `干扰 ${distractor} 条`],
        }
      : { id: `grade-${grade}`, dimension: ["数学推理", "小学应用题", `${grade} 年级`] };
  const id = grade === null ? `distractor-${distractor}` : head.id;
  return {
    // Some of its golds are rounded, and nothing in the file says which.
    task: {
      ...numericHead({ ...head, id }),
      grader: { use: "numeric", with: { round_to_gold: true } },
    },
    item: {
      id: rowId(row),
      question: needText(value, "input", "question"),
      answer: needText(value, "golden", "answer"),
      ...(step === null ? {} : { difficulty: Number(step) }),
      ...(grade === null ? { cluster: textField(value, "original") ?? rowId(row) } : {}),
    },
  };
}
