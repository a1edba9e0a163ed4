import type { ReadClause } from "./reading.ts";

import { shares, sharesMost } from "./compare.ts";

/**
 * Whether a claim denies what a passage denies: `apart` where one denies what the other says, `unsure` where both happens
 * or what is denied is not spoken of.
 */
export function denialOf(
  clause: ReadClause,
  claim: ReadClause,
  { clauses, whole }: { readonly clauses: readonly ReadClause[]; readonly whole: ReadClause },
): "same" | "apart" | "unsure" {
  const agrees: boolean[] = [];
  for (const scope of clause.denied) {
    const about = nearestTo(scope, clauses);
    if (about === null) return "unsure";
    agrees.push(about.denied.some((other) => shares(scope, other)));
  }
  for (const scope of whole.denied) {
    if (!shares(scope, clause.content) || sharesMost(scope, clause.content) < 0.5) continue;
    agrees.push(claim.denied.some((other) => shares(scope, other)));
  }
  if (agrees.every(Boolean)) return "same";
  return agrees.some(Boolean) ? "unsure" : "apart";
}

function nearestTo(scope: string, clauses: readonly ReadClause[]): ReadClause | null {
  const ranked = clauses
    .map((each) => ({ each, share: sharesMost(scope, each.content) }))
    .toSorted((a, b) => b.share - a.share);
  const [first] = ranked;
  return first === undefined || first.share < 0.5 ? null : first.each;
}

/** Words of which one excludes the other. */
const contrasts: readonly (readonly string[])[] = [
  ["红", "蓝", "绿", "黄", "黑", "白色", "灰"],
  ["左", "右"],
  ["东", "西", "南", "北"],
  ["公司", "客户", "个人", "单位"],
  ["免费", "收费", "付费"],
  ["全体", "部分", "所有"],
  ["提前", "推迟", "延后"],
  ["增长", "下降", "减少", "增加"],
  ["最高", "最低"],
  ["首次", "末次"],
  ["季度", "半年", "每周", "每月", "每年"],
  ["早", "晚"],
  ["男", "女"],
  ["进口", "出口"],
  ["允许", "禁止"],
];

/** A word of a claim whose opposite stands in the place that speaks of it; null where there is none. */
export function contrastIn(clause: ReadClause, near: ReadClause): string | null {
  for (const group of contrasts) {
    const said = group.filter((word) => clause.raw.includes(word));
    const there = group.filter((word) => near.raw.includes(word));
    const other = said.find((word) => !there.includes(word));
    if (other !== undefined && there.length > 0 && !there.some((word) => said.includes(word)))
      return `${other} against ${there.join(", ")}`;
  }
  return null;
}
