import type { ImportedRow, Importer, Output, TaskHead } from "../importing/importer.ts";

import { jsonRows } from "../files/json-rows.ts";
import { converted } from "../importing/convert.ts";
import { listField, needText, textField, toId } from "../importing/fields.ts";
import { exactHead } from "../importing/heads.ts";
import { SkipRow, skip } from "../importing/importer.ts";

/** CMRC 2018 and DRCD: SQuAD's nested form `{data: [{paragraphs: [{context, qas}]}]}`, or a flat list with `context_text`. */
export const importer: Importer = {
  id: "cmrc2018",
  title: { zh: "CMRC 2018 阅读理解", en: "CMRC 2018" },
  source: "CMRC 2018 https://github.com/ymcui/cmrc2018",
  license: "CC-BY-SA-4.0",
  matches: /\.json$/,
  read: async function* (file): AsyncGenerator<ImportedRow> {
    yield* converted(jsonRows(file, "data"), convert);
  },
};

const dimension = ["语言理解与生成", "阅读理解", "片段抽取"];
const prompt = "{{context}}\n\n{{question}}\n请只摘取原文中的答案，不要写别的。";
const task: TaskHead = {
  ...exactHead({ id: "span", dimension }, true),
  prompt,
  grader: { use: "cmrc" },
};

/** A row is an article; each of its questions gives an item or a reason for skipping it. */
function convert(value: unknown, row: number): readonly Output[] {
  const paragraphs = listField(value, "paragraphs");
  const passages = paragraphs.length > 0 ? paragraphs : [value];
  return passages.flatMap((passage, index) => {
    const context = needText(passage, "context", "context_text");
    const cluster = textField(passage, "id", "context_id") ?? `r${row}-${index + 1}`;
    const questions = listField(passage, "qas");
    if (questions.length === 0) throw new SkipRow("没有问题", "there are no questions");
    return questions.map((each, at) => {
      const question = textField(each, "question", "query_text");
      const answers = [...new Set(listField(each, "answers").map(answerText))].filter(
        (text) => text !== "",
      );
      const [answer, ...aliases] = answers;
      if (question === null) return skip("没有题目", "there is no question");
      if (answer === undefined) return skip("没有答案", "there is no answer");
      const id = toId(textField(each, "id", "query_id")) ?? `r${row}-${index + 1}-${at + 1}`;
      const alias = aliases.length === 0 ? {} : { aliases };
      return { task, item: { id, context, cluster, question, answer, ...alias } };
    });
  });
}

const answerText = (answer: unknown): string =>
  typeof answer === "string" ? answer.trim() : (textField(answer, "text") ?? "");
