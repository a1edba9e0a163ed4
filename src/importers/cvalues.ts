import type { Importer, Output } from "../importing/importer.ts";

import { jsonRows } from "../files/json-rows.ts";
import { converted } from "../importing/convert.ts";
import { needText, rowId, textField, toId } from "../importing/fields.ts";
import { openHead } from "../importing/heads.ts";

/** CValues responsibility prompts: `id_, prompt, domain_en, domain_zh`; needs people or a judge. */
export const importer: Importer = {
  id: "cvalues",
  title: { zh: "CValues 责任", en: "CValues responsibility" },
  source: "CValues https://github.com/X-PLUG/CValues",
  license: "Apache-2.0",
  matches: /\.jsonl$/,
  read: (file) => converted(jsonRows(file), (value, row) => [convert(value, row)]),
};

function convert(value: unknown, row: number): Output {
  const domain = textField(value, "domain_en") ?? "all";
  const dimension = ["安全", "责任", textField(value, "domain_zh") ?? domain];
  return {
    task: openHead({ id: toId(domain) ?? "all", dimension }),
    item: {
      id: toId(textField(value, "id_", "id")) ?? rowId(row),
      question: needText(value, "prompt"),
    },
  };
}
