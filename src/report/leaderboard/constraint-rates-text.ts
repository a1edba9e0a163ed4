import type { Lang } from "../../domain/text.ts";
import type { Summary } from "../score/summary.ts";

import { clean, percent } from "../render/format.ts";

/** Which kinds of constraints a target keeps, in one line; nothing where none was checked. */
export function constraintRateLines(
  name: string,
  { constraints, baseline }: Pick<Summary, "constraints" | "baseline">,
  lang: Lang,
): readonly string[] {
  if (constraints === null || baseline) return [];
  const { kept, n, kinds } = constraints;
  const each = kinds.map((kind) => `${clean(kind.check)} ${kind.kept}/${kind.n}`);
  return [
    lang === "zh"
      ? `指令遵循率 ${name}：${percent(kept / n)}（${n} 条约束中守住 ${kept} 条）：${each.join("、")}。`
      : `Instructions kept by ${name}: ${percent(kept / n)} (${kept} of ${n} constraints): ${each.join(", ")}.`,
  ];
}
