import { basename } from "node:path";

import type { Importer, Output } from "../importing/importer.ts";

import { jsonRows } from "../files/json-rows.ts";
import { converted } from "../importing/convert.ts";
import { needText, rowId, textField, toId } from "../importing/fields.ts";
import { openHead } from "../importing/heads.ts";

/**
 * HumanEval-X (unpacked .jsonl): `task_id, prompt, declaration, canonical_solution, test`. The tests are kept in the item
 * and run by a code grader, which must be given with `--grader`.
 */
export const importer: Importer = {
  id: "humaneval-x",
  title: { zh: "HumanEval-X 代码", en: "HumanEval-X" },
  source: "HumanEval-X https://github.com/THUDM/CodeGeeX",
  license: "Apache-2.0",
  matches: /\.jsonl$/,
  read: (file) => {
    const name = basename(file, ".jsonl");
    return converted(jsonRows(file), (value, row) => [convert(value, row, name)]);
  },
};

function convert(value: unknown, row: number, file: string): Output {
  const taskId = needText(value, "task_id");
  const language = taskId.includes("/") ? (taskId.split("/")[0] ?? file) : file;
  const prompt = needText(value, "prompt");
  return {
    task: openHead({
      id: toId(language) ?? "code",
      dimension: ["专业技能与知识", "代码", language],
    }),
    item: {
      id: toId(taskId) ?? rowId(row),
      question: `请补全下面的函数，只输出完整的代码：\n${prompt}`,
      tests: {
        language: language.toLowerCase(),
        declaration: textField(value, "declaration") ?? "",
        test: needText(value, "test"),
      },
      reference: needText(value, "canonical_solution"),
    },
  };
}
