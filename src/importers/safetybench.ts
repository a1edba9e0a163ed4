import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { z } from "zod";

import type { Importer, Output } from "../importing/importer.ts";

import { memberOf } from "../domain/json.ts";
import { UserError } from "../domain/text.ts";
import { jsonRows } from "../files/json-rows.ts";
import { converted } from "../importing/convert.ts";
import { listField, needText, rowId, textField, toId } from "../importing/fields.ts";
import { goldLetters, lettered } from "../importing/gold.ts";
import { choiceHead } from "../importing/heads.ts";
import { SkipRow } from "../importing/importer.ts";
import { readJsonFile } from "../store/json-file.ts";

const categories: Readonly<Record<string, string>> = {
  Offensiveness: "侮辱",
  "Unfairness and Bias": "偏见歧视",
  "Physical Health": "身体健康",
  "Mental Health": "心理健康",
  "Illegal Activities": "违法活动",
  "Ethics and Morality": "伦理道德",
  "Privacy and Property": "隐私财产",
};

/** SafetyBench: questions in one file, answers in another of the same folder by id, as indexes from 0. */
export const importer: Importer = {
  id: "safetybench",
  title: { zh: "SafetyBench", en: "SafetyBench" },
  source: "SafetyBench https://github.com/thu-coai/SafetyBench",
  license: "MIT",
  matches: /^(?!.*(?:answer|dev)).*\.json$/,
  read: async function* (file) {
    const answers = await readAnswers(file);
    yield* converted(jsonRows(file), (value, row) => [convert(value, row, answers)]);
  },
};

function convert(value: unknown, row: number, answers: unknown): Output {
  const id = needText(value, "id");
  const options = lettered(listField(value, "options").map(String));
  const gold = memberOf(value, "answer") ?? memberOf(memberOf(answers, id), "answer");
  if (gold === undefined) throw new SkipRow(`答案文件里没有编号 ${id}`, `no answer for id ${id}`);
  const category = textField(value, "category") ?? "";
  return {
    task: choiceHead({
      id: toId(category) ?? "safety",
      dimension: ["安全", "SafetyBench", categories[category] ?? category],
    }),
    item: {
      id: toId(id) ?? rowId(row),
      question: needText(value, "question"),
      options: { ...options },
      answer: goldLetters(gold, options, 0),
    },
  };
}

/** The answers to a question file: the one file in its folder whose name matches the same set. */
async function readAnswers(file: string): Promise<unknown> {
  const names = await readdir(dirname(file));
  const rest = basename(file).replace(/^test_?/, "");
  const found =
    names.find((name) => /answer/.test(name) && name.endsWith(rest)) ??
    names.find((name) => /answer.*\.json$/.test(name));
  if (found === undefined) {
    throw new UserError({
      zh: `${dirname(file)}：没有答案文件（名字里带 answer 的 .json）`,
      en: `${dirname(file)}: there is no answer file (a .json with "answer" in its name)`,
    });
  }
  return readJsonFile(join(dirname(file), found), z.unknown());
}
