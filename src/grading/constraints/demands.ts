import type { Lang } from "../../domain/text.ts";

import { readConstraints } from "./read.ts";
import { scopeText } from "./scope.ts";

/** What constraints demand, one line each, such as `length: 第 2 句，至多 12 汉字`; nothing of those that cannot be read. */
export async function demandsOf(
  constraints: readonly unknown[],
  lang: Lang,
): Promise<readonly string[]> {
  const { ready } = await readConstraints(constraints);
  return ready.map(({ constraint, options, scope }) => {
    const where = scopeText(scope)[lang];
    const parts = [...(where === "" ? [] : [where]), constraint.describe(options, lang)];
    return `${constraint.id}${lang === "zh" ? "：" : ": "}${parts.join(lang === "zh" ? "，" : ", ")}`;
  });
}
