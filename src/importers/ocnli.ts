import type { Importer, Output } from "../importing/importer.ts";

import { jsonRows } from "../files/json-rows.ts";
import { converted } from "../importing/convert.ts";
import { needText, rowId, textField, toId } from "../importing/fields.ts";
import { choiceHead } from "../importing/heads.ts";
import { SkipRow } from "../importing/importer.ts";

const letters: Readonly<Record<string, string>> = {
  entailment: "A",
  contradiction: "B",
  neutral: "C",
};

/** OCNLI and CMNLI: `sentence1, sentence2, label`; the label `-` means that the annotators had no majority. */
export const importer: Importer = {
  id: "ocnli",
  title: { zh: "OCNLI 自然语言推断", en: "OCNLI" },
  source: "OCNLI https://github.com/CLUEbenchmark/OCNLI",
  license: "CC-BY-NC-2.0",
  matches: /\.(?:json|jsonl)$/,
  read: (file) => converted(jsonRows(file), (value, row) => [convert(value, row)]),
};

function convert(value: unknown, row: number): Output {
  const label = needText(value, "label");
  if (label === "-")
    throw new SkipRow("标注者没有多数意见（-）", "the annotators found no majority (-)");
  const answer = letters[label];
  if (answer === undefined) throw new SkipRow(`不认识的标签 ${label}`, `unknown label ${label}`);
  const [premise, hypothesis] = [needText(value, "sentence1"), needText(value, "sentence2")];
  const genre = textField(value, "genre") ?? "all";
  const passage = textField(value, "prem_id");
  return {
    task: choiceHead({
      id: toId(genre) ?? "all",
      dimension: ["语言理解与生成", "自然语言推断", genre],
    }),
    item: {
      id: toId(textField(value, "id")) ?? rowId(row),
      ...(passage === null ? {} : { cluster: passage }),
      question: `前提：${premise}\n假设：${hypothesis}\n前提与假设是什么关系？`,
      options: { A: "前提蕴含假设", B: "前提与假设矛盾", C: "两者无法互相判断" },
      answer,
    },
  };
}
