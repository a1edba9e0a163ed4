import type { Lang, Text } from "../../domain/text.ts";
import type { Skipped } from "../../importing/import-suite.ts";

/** What was left out, a line for each reason, with the first places. */
export const skippedLines = (
  skipped: readonly Skipped[],
  lang: Lang,
  verb: Text = { zh: "跳过", en: "skipped" },
): readonly string[] =>
  skipped.map(({ reason, count, rows }) => {
    const named = rows.join(lang === "zh" ? "、" : ", ");
    const more = count > rows.length ? (lang === "zh" ? " 等" : " …") : "";
    return lang === "zh"
      ? `  ${verb.zh} ${count}：${reason.zh}（${named}${more}）`
      : `  ${verb.en} ${count}: ${reason.en} (${named}${more})`;
  });
