import type { Verdict } from "../../../domain/grader.ts";
import type { Text } from "../../../domain/text.ts";

import { spellingReader, tidyCell } from "../sheet/spelling.ts";

/** What a person may rule. */
export const rulings = ["right", "wrong", "partial", "unresolved", "ungraded"] as const;
export type RulingVerdict = Extract<Verdict, (typeof rulings)[number]>;

export const rulingWords: Readonly<Record<RulingVerdict, Text>> = {
  right: { zh: "对", en: "right" },
  wrong: { zh: "错", en: "wrong" },
  partial: { zh: "部分对", en: "partial" },
  unresolved: { zh: "未作答", en: "no answer" },
  ungraded: { zh: "不计分", en: "void" },
};

/** As the list of a sheet offers it. */
export const rulingChoice = (verdict: RulingVerdict): string =>
  `${rulingWords[verdict].zh} ${rulingWords[verdict].en}`;

/** The ruling that a cell names; null where it names none. */
export const rulingOf = spellingReader(rulingWords, {
  right: ["正确", "对的", "✓", "√", "✔", "true", "yes", "correct"],
  wrong: ["错误", "不对", "错的", "✗", "×", "✘", "x", "false", "no", "incorrect"],
  partial: ["部分正确", "半对", "partly"],
  unresolved: ["没有答案", "无答案"],
  ungraded: ["无法判断", "题目有误"],
});

/** Points of 100 as a person writes them, in [0, 1]; undefined where the cell is empty, null where it holds no such number. */
export function pointsOf(cell: string): number | null | undefined {
  const text = tidyCell(cell).replace(/\s*(?:分|%|points?|pts?)$/, "");
  if (text === "") return undefined;
  const points = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  return points >= 0 && points <= 100 ? points / 100 : null;
}

/** What a ruling counts. Partial credit has to be said; the others follow from the word. Null means that the points are missing. */
export function valueOf(
  verdict: RulingVerdict,
  points: number | undefined,
): { readonly value: number | null } | { readonly problem: Text } {
  const fixed = { right: 1, wrong: 0, unresolved: 0, ungraded: null, partial: undefined }[verdict];
  if (fixed !== undefined) {
    return points === undefined || points === fixed ? { value: fixed } : { problem: contrary };
  }
  if (points === undefined) return { problem: needsPoints };
  if (points >= 0.01 && points < 1) return { value: Math.round(points * 1e6) / 1e6 };
  return { problem: notPartial };
}

const contrary: Text = {
  zh: "得分与裁定矛盾：只有“部分对”需要填得分",
  en: "the points contradict the ruling: only “partial” takes points",
};
const needsPoints: Text = {
  zh: "“部分对”要填得分（1 到 99，满分 100）",
  en: "“partial” needs points (1 to 99 of 100)",
};
const notPartial: Text = {
  zh: "“部分对”的得分应在 1 到 99 之间（满分 100）",
  en: "points of “partial” must lie between 1 and 99 (of 100)",
};
