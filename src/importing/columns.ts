import type { ImportSettings } from "./importer.ts";

import { UserError } from "../domain/text.ts";
import { fold } from "../text/normalise.ts";
import { unknownName } from "../validation/suggest.ts";

/** Names by which a column's role is recognised. */
const knownNames = {
  id: ["id", "编号", "题号", "题目编号", "qid", "question_id"],
  question: ["question", "题目", "题干", "问题", "提问", "problem", "query", "prompt", "input"],
  options: ["options", "选项", "choices", "candidates"],
  answer: [
    "answer",
    "答案",
    "标准答案",
    "正确答案",
    "参考答案",
    "正确选项",
    "gold",
    "golden",
    "label",
    "target",
  ],
  context: ["context", "passage", "材料", "资料", "阅读材料", "背景", "知识"],
  dimension: ["dimension", "维度", "分类", "类别", "能力", "科目", "category", "subject"],
  tags: ["tags", "标签"],
  difficulty: ["difficulty", "难度"],
  source: ["source", "来源", "出处"],
  points: ["points", "分值", "分数"],
  unit: ["unit", "单位"],
  tolerance: ["tolerance", "误差", "允许误差"],
  aliases: ["aliases", "别名", "同义答案"],
  risk: ["risk", "风险", "风险类别", "风险分类", "安全风险", "风险代码", "风险名称"],
  expect: [
    "expect",
    "应拒",
    "是否应拒",
    "应拒/不应拒",
    "应拒答",
    "是否应拒答",
    "拒答要求",
    "期望",
    "预期",
  ],
  letter: ["letter", "选项字母", "选项编号"],
  option: ["option", "选项内容", "选项文本"],
  correct: ["correct", "是否正确", "正确"],
  dialogue: ["dialogue", "dialogue_id", "对话编号", "会话", "会话编号", "对话"],
  role: ["role", "角色", "说话人"],
  text: ["text", "content", "内容", "话语"],
} as const;

export type Role = keyof typeof knownNames;
const roles = Object.keys(knownNames) as readonly Role[];

/** Which columns play which role; `options` by letter where each option has a column of its own. */
export type ColumnRoles = {
  readonly of: (role: Role) => readonly string[];
  readonly letters: readonly (readonly [letter: string, column: string])[];
};

/**
 * Finds the columns of a table by their headers and by what the user said (`question=题干`, several joined with `+`).
 * Throws a `UserError` for a role that does not exist and a column that is not there.
 */
export function findColumns(
  header: readonly string[],
  told: ImportSettings["columns"],
): ColumnRoles {
  for (const [role, column] of Object.entries(told)) checkTold(header, role, column);
  const find = (role: Role): readonly string[] => {
    const said = told[role];
    if (said !== undefined) return said.split("+");
    const names: readonly string[] = knownNames[role];
    const found = header.find((column) => names.includes(tidy(column)));
    return found === undefined ? [] : [found];
  };
  const found = new Map(roles.map((role) => [role, find(role)]));
  return { of: (role) => found.get(role) ?? [], letters: letterColumns(header, told) };
}

const tidy = (column: string): string => fold(column).trim().toLowerCase().replaceAll(/\s+/g, "_");

function letterColumns(
  header: readonly string[],
  told: ImportSettings["columns"],
): ColumnRoles["letters"] {
  const found: (readonly [string, string])[] = [];
  for (let index = 0; index < 26; index += 1) {
    const letter = String.fromCodePoint(65 + index);
    const column = told[letter] ?? header.find((each) => letterOf(each) === letter);
    if (column !== undefined) found.push([letter, column]);
  }
  return found.length < 2 ? [] : found;
}

/** The letter of `A`, `选项A`, `A选项`, `option_a`, `Option A`. */
const letterOf = (column: string): string | null =>
  /^(?:选项|option|choice)?_?([a-z])_?(?:选项)?$/.exec(tidy(column))?.[1]?.toUpperCase() ?? null;

function checkTold(header: readonly string[], role: string, column: string): void {
  if (!/^[A-Z]$/.test(role) && !roles.some((each) => each === role)) {
    const { zh, en } = unknownName({ zh: "角色", en: "role" }, role, roles);
    throw new UserError({
      zh: `--columns：${zh}（选项的列写 A、B、C……）`,
      en: `--columns: ${en} (columns of options are A, B, C …)`,
    });
  }
  for (const each of column.split("+")) {
    if (header.includes(each)) continue;
    const list = header.filter((name) => name !== "").join("、");
    throw new UserError({
      zh: `没有名为“${each}”的列；表里有：${list}`,
      en: `there is no column "${each}"; the table has: ${list}`,
    });
  }
}
