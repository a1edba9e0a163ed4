import type { Importer, Output } from "../importing/importer.ts";

import { memberOf } from "../domain/json.ts";
import { jsonRows } from "../files/json-rows.ts";
import { converted } from "../importing/convert.ts";
import { needText, rowId, textField, toId } from "../importing/fields.ts";
import { exactHead, openHead } from "../importing/heads.ts";

const kinds: Readonly<Record<string, string>> = {
  content: "内容",
  format: "格式",
  style: "风格",
  situation: "情境",
  example: "示例",
  mixed: "混合",
};

/** FollowBench (Chinese): `example_id, category, level 0-5, instruction, target`. Without a target it needs a judge. */
export const importer: Importer = {
  id: "followbench",
  title: { zh: "FollowBench 多级约束", en: "FollowBench" },
  source: "FollowBench https://github.com/YJiangcm/FollowBench",
  license: "Apache-2.0",
  matches: /_constraints\.json$/,
  read: (file) => {
    const [, kind = "mixed"] = /([a-z]+)_constraints/.exec(file) ?? [];
    return converted(jsonRows(file), (value, row) => [convert(value, row, kind)]);
  },
};

function convert(value: unknown, row: number, kind: string): Output {
  const level = Number(memberOf(value, "level") ?? 0);
  const example = textField(value, "example_id") ?? String(row);
  const question = needText(value, "instruction");
  const target = textField(value, "target");
  const dimension = ["语言理解与生成", "约束遵循", kinds[kind] ?? kind];
  const source = textField(value, "source");
  const common = {
    id: toId(`${example}-l${level}-r${row}`) ?? rowId(row),
    difficulty: level,
    cluster: `${kind}-${example}`,
    ...(source === null ? {} : { source }),
  };
  if (target === null) {
    const rubric = [{ constraints: textField(value, "category") ?? kind, level }];
    const item = { ...common, question, rubric };
    return { task: openHead({ id: `${kind}-open`, dimension }), item };
  }
  return {
    task: { ...exactHead({ id: `${kind}-target`, dimension }), prompt: "{{question}}" },
    item: { ...common, question, answer: target },
  };
}
