import type { Text } from "../../domain/text.ts";

import { fold } from "../../text/normalise.ts";

/** Types of questions; `choice`, `number` and `text` are those that a table does not name and their golds show. */
export const kinds = {
  single: { zh: "单选", en: "one choice" },
  multiple: { zh: "多选", en: "several choices" },
  choice: { zh: "选择", en: "choice" },
  judgement: { zh: "判断", en: "true or false" },
  blank: { zh: "填空", en: "blanks" },
  calculation: { zh: "计算", en: "calculation" },
  order: { zh: "排序", en: "order" },
  short: { zh: "简答", en: "short answer" },
  case: { zh: "案例", en: "case" },
  number: { zh: "数值", en: "number" },
  text: { zh: "短答案", en: "text" },
  safety: { zh: "安全", en: "safety" },
  open: { zh: "开放", en: "open" },
} as const satisfies Readonly<Record<string, Text>>;

export type QuestionKind = keyof typeof kinds;

/** The first that fits decides: 不定项选择 is several, 案例分析 a case. */
const patterns: readonly (readonly [QuestionKind, RegExp])[] = [
  ["multiple", /不定项|多项|多选|复选|任选|multi|checkbox/iu],
  ["single", /单项|单选|single|radio|mcq/iu],
  ["judgement", /判断|是非|对错|正误|判别|true.?(?:or.?)?false|^judge|judge?ment|t\/f|boolean/iu],
  ["order", /排序|排列|ordering|^order/iu],
  ["blank", /填空|补全|补充完整|blank|cloze|^fill/iu],
  ["case", /案例|情景|情境|材料|综合|实务|场景|case|scenario/iu],
  ["calculation", /计算|数值|numeric|calculation/iu],
  [
    "short",
    /简答|问答|论述|简述|名词解释|名词|主观|开放|解答|分析|应用|short|essay|subjective|open|qa|q&a/iu,
  ],
  ["choice", /选择|choice/iu],
];

/** The type that a cell, a section's title or a sheet's name speaks of; null where it names none that is known. */
export function kindNamed(text: string): QuestionKind | null {
  const name = fold(text).trim();
  return patterns.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
}

/** The same for a cell, which may hold the number that the column's name explains: `题型（0单选，1判断，2多选）`. */
export function kindIn(text: string, column: string): QuestionKind | null {
  const name = fold(text).trim();
  if (!/^\d{1,2}$/.test(name)) return kindNamed(name);
  const legend = [
    ...fold(column).matchAll(/(?<!\d)(\d{1,2})\s*[-:=.、)]?\s*([^\d,;、()\s/|]{2,})/gu),
  ];
  const said = legend.find(([, number]) => number === name)?.[2];
  return said === undefined ? null : kindNamed(said);
}

/** A title between the questions, such as `一、单项选择题（每题 2 分，共 20 题）`, with the type that it speaks of. */
export function sectionKind(text: string): QuestionKind | null {
  const title = fold(text).trim();
  const isTitle =
    /^(?:第?\s*[一二三四五六七八九十\d]{1,3}\s*(?:部分|大题|[、..)]))|题\s*(?:[(:]|$)/u.test(title);
  return isTitle && title.length <= 60 && /题|部分/u.test(title) ? kindNamed(title) : null;
}
