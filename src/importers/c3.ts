import type { Importer, Output } from "../importing/importer.ts";

import { jsonRows } from "../files/json-rows.ts";
import { converted } from "../importing/convert.ts";
import { listField, rowId, textField, toId } from "../importing/fields.ts";
import { letterAt, lettered } from "../importing/gold.ts";
import { choiceHead } from "../importing/heads.ts";
import { SkipRow, skip } from "../importing/importer.ts";
import { plain } from "../text/normalise.ts";

/** C3: positional rows `[[lines of the passage], [{question, choice, answer}], id]`; the answer is an option's text. */
export const importer: Importer = {
  id: "c3",
  title: { zh: "C3 阅读理解", en: "C3" },
  source: "C3 https://github.com/nlpdata/c3",
  license: "non-commercial",
  matches: /\.json$/,
  read: (file) => converted(jsonRows(file), convert),
};

const task = choiceHead(
  { id: "reading", dimension: ["语言理解与生成", "阅读理解", "多项选一"] },
  true,
);

/** A row is a passage; each of its questions gives an item or a reason for skipping it. */
function convert(value: unknown, row: number): readonly Output[] {
  if (!Array.isArray(value))
    throw new SkipRow("不是 [文章, 问题, 编号]", "not [passage, questions, id]");
  const [passage, questions, id] = value as readonly unknown[];
  if (!Array.isArray(passage) || !Array.isArray(questions)) {
    throw new SkipRow("不是 [文章, 问题, 编号]", "not [passage, questions, id]");
  }
  const context = passage.map(String).join("\n");
  const cluster = (typeof id === "string" ? toId(id) : null) ?? rowId(row);
  return (questions as readonly unknown[]).map((each, index) => {
    const question = textField(each, "question");
    const answer = textField(each, "answer");
    const texts = listField(each, "choice").map(String);
    const at = texts.findIndex((text) => plain(text) === plain(answer ?? ""));
    if (question === null || texts.length < 2)
      return skip("题目或选项不全", "question or options are missing");
    if (answer === null) return skip("没有答案", "there is no answer");
    if (at === -1) return skip("答案不在选项里", "the answer is none of the options");
    const item = { id: `${cluster}-${index + 1}`, context, cluster, question };
    return { task, item: { ...item, options: { ...lettered(texts) }, answer: letterAt(at) } };
  });
}
