import { basename } from "node:path";

import type { Importer, Output } from "./kit/importer.ts";

import { converted } from "./kit/convert.ts";
import { field, listField, needText, rowId, textField, toId } from "./kit/fields.ts";
import { goldLetters, lettered, optionsIn } from "./kit/gold.ts";
import { choiceHead, exactHead, letterHead, openHead } from "./kit/heads.ts";
import { SkipRow } from "./kit/importer.ts";
import { jsonRows } from "./kit/json-rows.ts";

/**
 * GAOKAO-Bench: `{example: [{year, category, question, answer, index, score}]}`. A list of one answer is a choice
 * question, one of several a group of sub-questions, which are one item answered by all letters in order; a text is
 * filled in where it is one short line, else it needs a judge.
 */
export const importer: Importer = {
  id: "gaokao-bench",
  title: { zh: "GAOKAO-Bench", en: "GAOKAO-Bench" },
  source: "GAOKAO-Bench https://github.com/OpenLMLab/GAOKAO-Bench",
  license: "Apache-2.0",
  matches: /\.json$/,
  read: (file) => {
    const name = basename(file, ".json");
    return converted(jsonRows(file, "example"), (value, row) => [convert(value, row, name)]);
  },
};

function convert(value: unknown, row: number, name: string): Output {
  const question = needText(value, "question");
  const score = Number(textField(value, "score"));
  const common = {
    id: rowId(row),
    ...(score > 0 ? { points: score } : {}),
    source: `${textField(value, "year") ?? ""}${textField(value, "category") ?? ""}`,
  };
  const task = toId(name) ?? "gaokao";
  const of = (kind: string) => ({ id: `${task}-${kind}`, title: name, dimension: ["高考", name] });
  const answers = field(value, "answer") ?? field(value, "standard_answer");
  if (Array.isArray(answers)) {
    const [only] = listField(value, "answer").length > 0 ? answers : [];
    if (only === undefined) throw new SkipRow("没有答案", "there is no answer");
    if (answers.length > 1) return group(of("group"), common, question, answers);
    return choice(of, common, question, only);
  }
  return filled(of, common, question, needText(value, "answer", "standard_answer"));
}

type Common = { readonly id: string; readonly points?: number; readonly source: string };
type HeadFor = (kind: string) => {
  readonly id: string;
  readonly title: string;
  readonly dimension: readonly string[];
};

function choice(of: HeadFor, common: Common, question: string, gold: unknown): Output {
  const parsed = optionsIn(question);
  if (parsed === null) {
    const answer = goldLetters(gold, lettered(["", "", "", "", "", "", ""]), null);
    return { task: letterHead(of("letter")), item: { ...common, question, answer } };
  }
  const answer = goldLetters(gold, parsed.options, null);
  const item = { ...common, question: parsed.stem, options: { ...parsed.options }, answer };
  return { task: choiceHead(of("choice")), item };
}

function group(
  of: ReturnType<HeadFor>,
  common: Common,
  question: string,
  answers: readonly unknown[],
): Output {
  const letters = answers.map((each) =>
    goldLetters(each, lettered(["", "", "", "", "", "", ""]), null),
  );
  const head = exactHead(of);
  const prompt =
    "{{question}}\n请在最后一行用“答案：”依次写出各小题的选项字母，用空格隔开，不写题号。";
  const wordings = { terse: "{{question}}\n依次写出各小题的选项字母，用空格隔开，不写别的。" };
  return {
    task: { ...head, prompt, wordings },
    item: { ...common, question, answer: letters.join(" ") },
  };
}

function filled(of: HeadFor, common: Common, question: string, answer: string): Output {
  if (!answer.includes("\n") && answer.length <= 60) {
    return { task: exactHead(of("blank")), item: { ...common, question, answer } };
  }
  const item = { ...common, question, reference: answer };
  return { task: openHead(of("open")), item };
}
