import type { Importer, Output } from "../importing/importer.ts";

import { jsonRows } from "../files/json-rows.ts";
import { converted } from "../importing/convert.ts";
import { needText, rowId, textField, toId } from "../importing/fields.ts";
import { numericHead } from "../importing/heads.ts";

/** SuperCLUE-Math6: `question, follow_up_question, answer, answer_followup, reasoning_step_ref`; two turns, answers in 【】. */
export const importer: Importer = {
  id: "math6",
  title: { zh: "SuperCLUE-Math6", en: "SuperCLUE-Math6" },
  source: "SuperCLUE-Math6 https://github.com/CLUEbenchmark/SuperCLUE-Math6",
  license: null,
  matches: /\.(?:json|jsonl)$/,
  read: (file) => converted(jsonRows(file), (value, row) => [convert(value, row)]),
};

function convert(value: unknown, row: number): Output {
  const step = textField(value, "reasoning_step_ref") ?? "0";
  const followUp = textField(value, "follow_up_question");
  const head = numericHead({
    id: `step-${toId(step) ?? "0"}`,
    dimension: ["数学推理", "Math6", `${step} 步`],
  });
  const first = { user: needText(value, "question"), answer: needText(value, "answer") };
  const turns =
    followUp === null
      ? [first]
      : [first, { user: followUp, answer: needText(value, "answer_followup") }];
  return {
    task: {
      ...head,
      prompt: "{{question}}\n请写出解题过程，最后把最终答案放在【】里，只写一个非负整数。",
    },
    item: { id: toId(textField(value, "id")) ?? rowId(row), difficulty: Number(step), turns },
  };
}
