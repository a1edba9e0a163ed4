import type { Importer, Output } from "../importing/importer.ts";

import { jsonRows } from "../files/json-rows.ts";
import { converted } from "../importing/convert.ts";
import { needText, rowId, textField, toId } from "../importing/fields.ts";
import { goldLetters, optionsIn } from "../importing/gold.ts";
import { choiceHead, openHead } from "../importing/heads.ts";
import { SkipRow } from "../importing/importer.ts";

const kinds: Readonly<Record<string, string>> = {
  Misleading: "误导",
  "Misleading-hard": "误导（难）",
  Knowledge: "知识",
};

/** HalluQA: the questions with best and wrong answers (need a judge), or the multiple-choice file with inline options. */
export const importer: Importer = {
  id: "halluqa",
  title: { zh: "HalluQA", en: "HalluQA" },
  source: "HalluQA https://github.com/OpenMOSS/HalluQA",
  license: "Apache-2.0",
  matches: /\.json$/,
  read: (file) => converted(jsonRows(file), (value, row) => [convert(value, row)]),
};

function convert(value: unknown, row: number): Output {
  const id = toId(textField(value, "question_id")) ?? rowId(row);
  return textField(value, "Question") === null ? choice(value, id) : open(value, id);
}

function choice(value: unknown, id: string): Output {
  const text = needText(value, "question").replace(/^Question:\s*/, "");
  const parsed = optionsIn(text);
  if (parsed === null) throw new SkipRow("题目里没有选项", "the question holds no options");
  const answer = goldLetters(needText(value, "answer"), parsed.options, null);
  const item = { id, question: parsed.stem, options: { ...parsed.options }, answer };
  return { task: choiceHead({ id: "mc", dimension: ["幻觉控制", "HalluQA", "单项选择"] }), item };
}

function open(value: unknown, id: string): Output {
  const best = numbered(value, "Best Answer");
  const wrong = [...numbered(value, "Wrong_Answer"), ...numbered(value, "Wrong Answer")];
  if (best.length === 0) throw new SkipRow("没有答案", "there is no answer");
  const category = textField(value, "Category") ?? "其他";
  const task = openHead({
    id: toId(category) ?? "open",
    dimension: ["幻觉控制", "HalluQA", kinds[category] ?? category],
  });
  const rubric = [
    ...best.map((text) => ({ correct: text })),
    ...wrong.map((text) => ({ hallucinated: text })),
  ];
  const question = needText(value, "Question");
  return { task, item: { id, question, reference: best.join("\n"), rubric } };
}

/** `Best Answer1`, `Best Answer2` and so on, up to the first that is missing or empty. */
function numbered(value: unknown, name: string): readonly string[] {
  const found: string[] = [];
  for (let index = 1; index <= 20; index += 1) {
    const text = textField(value, `${name}${index}`);
    if (text !== null) found.push(text);
  }
  return found;
}
