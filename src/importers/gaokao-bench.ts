import { basename } from "node:path";

import type { Importer, Output } from "../importing/importer.ts";

import { memberOf } from "../domain/json.ts";
import { jsonRows } from "../files/json-rows.ts";
import { converted } from "../importing/convert.ts";
import { needText, rowId, textField, toId } from "../importing/fields.ts";
import { goldLetters, lettered, optionsIn } from "../importing/gold.ts";
import {
  choiceHead,
  exactHead,
  formulaHead,
  groupHead,
  letterHead,
  openHead,
} from "../importing/heads.ts";
import { SkipRow } from "../importing/importer.ts";

/**
 * GAOKAO-Bench: `{example: [{year, category, question, answer, index, score}]}`. A list with one answer is a choice
 * question; one with several is a group of sub-questions, imported as one item answered by all letters in order. A text
 * answer is a fill-in where it is one short line, else it needs a judge.
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
    // Its own scorer gives half for some of the right options in physics only.
    ...(name.includes("Physics") ? { partial: "gaokao-physics" } : {}),
    source: `${textField(value, "year") ?? ""}${textField(value, "category") ?? ""}`,
  };
  const task = toId(name) ?? "gaokao";
  const of = (kind: string) => ({ id: `${task}-${kind}`, title: name, dimension: ["高考", name] });
  const answers = memberOf(value, "answer") ?? memberOf(value, "standard_answer");
  if (Array.isArray(answers)) {
    const [only] = answers as readonly unknown[];
    if (only === undefined) throw new SkipRow("没有答案", "there is no answer");
    if (answers.length > 1) return group(of("group"), common, question, answers);
    return choice(of, common, question, only);
  }
  const answer = needText(value, "answer", "standard_answer");
  if (answer.includes("\n") || answer.length > 60) {
    return { task: openHead(of("open")), item: { ...common, question, reference: answer } };
  }
  const isMath = name.includes("Math");
  const head = isMath ? formulaHead(of("blank"), answer) : exactHead(of("blank"));
  return { task: head, item: { ...common, question, answer } };
}

type Common = {
  readonly id: string;
  readonly points?: number;
  readonly partial?: string;
  readonly source: string;
};
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
  return { task: groupHead(of), item: { ...common, question, answers: letters } };
}
