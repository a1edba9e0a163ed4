import type { Lang } from "../../domain/text.ts";
import type { Summary } from "../score/summary.ts";

import { clean, percent } from "../render/format.ts";

/** Kinds that a line names at most; the JSON has them all. */
const mostKinds = 8;

/** How far a target keeps constraints, with the kinds that it breaks most often, in one line; nothing where none was checked. */
export function constraintRateLines(
  name: string,
  { constraints, baseline }: Pick<Summary, "constraints" | "baseline">,
  lang: Lang,
): readonly string[] {
  if (constraints === null || baseline) return [];
  const { kept, n, kinds } = constraints;
  const worst = kinds
    .filter((kind) => kind.kept < kind.n)
    .toSorted((a, b) => a.kept / a.n - b.kept / b.n || b.n - a.n);
  const each = worst
    .slice(0, mostKinds)
    .map((kind) => `${clean(kind.check)} ${kind.kept}/${kind.n}`);
  const more = worst.length - each.length;
  if (lang === "zh") {
    const rest = more > 0 ? `等 ${worst.length} 种` : "";
    const lost =
      each.length === 0
        ? ""
        : `；没有全守住的（守住/检查，各是什么要求见 docs/graders/constraints.zh-CN.md）：${each.join("、")}${rest}`;
    return [`指令遵循率 ${name}：${percent(kept / n)}（${n} 条约束中守住 ${kept} 条）${lost}。`];
  }
  const rest = more > 0 ? ` and ${more} more kinds` : "";
  const lost =
    each.length === 0
      ? ""
      : `; not all kept (kept/checked; docs/graders/constraints.md says what each asks): ${each.join(", ")}${rest}`;
  return [
    `Instructions kept by ${name}: ${percent(kept / n)} (${kept} of ${n} constraints)${lost}.`,
  ];
}
