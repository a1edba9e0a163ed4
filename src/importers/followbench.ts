import type { Importer, Output } from "../importing/importer.ts";

import { memberOf } from "../domain/json.ts";
import { jsonRows } from "../files/json-rows.ts";
import { converted } from "../importing/convert.ts";
import { translateDemands } from "../importing/demands/translate.ts";
import { needText, rowId, textField, toId } from "../importing/fields.ts";
import { exactHead, openHead, partlyCheckedHead } from "../importing/heads.ts";

const kinds: Readonly<Record<string, string>> = {
  content: "内容",
  format: "格式",
  style: "风格",
  situation: "情境",
  example: "示例",
  mixed: "混合",
};

/**
 * FollowBench (Chinese): `example_id, category, level 0-5, instruction, target`. A target is one text, or a list of which any
 * is right. Without a target a judge grades the reply, after a program has checked what it can.
 */
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
    const { constraints } = translateDemands(question);
    if (constraints.length === 0)
      return { task: openHead({ id: `${kind}-open`, dimension }), item };
    return {
      task: partlyCheckedHead({ id: `${kind}-rules`, dimension }),
      item: { ...item, constraints: [...constraints] },
    };
  }
  return {
    task: { ...exactHead({ id: `${kind}-target`, dimension }), prompt: "{{question}}" },
    item: { ...common, question, ...answersOf(target) },
  };
}

/** `['波恩', '柏林']` as Python writes a list: any of its texts is right. */
function answersOf(target: string): { readonly answer: string; readonly aliases?: string[] } {
  const isList = /^\[\s*['"].*['"]\s*\]$/su.test(target);
  const texts = isList
    ? Array.from(target.matchAll(/(['"])(.*?)\1/gsu), ([, , text = ""]) => text)
    : [];
  const [answer, ...aliases] = texts.filter((text) => text !== "");
  if (answer === undefined) return { answer: target };
  return { answer, ...(aliases.length === 0 ? {} : { aliases }) };
}
