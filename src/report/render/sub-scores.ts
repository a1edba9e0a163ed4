import type { SubScore } from "../../domain/run-file/sub-score.ts";
import type { Lang } from "../../domain/text.ts";

import { clean } from "./format.ts";
import { reasonText } from "./reasons.ts";

const marks: Readonly<Record<SubScore["verdict"], string>> = {
  right: "✓",
  wrong: "✗",
  partial: "◐",
  unresolved: "?",
  ungraded: "?",
};

/** What each check or field scored, one line each: ✗ 金额（numeric）：53 · 写明“答案”的地方. Nothing for other graders. */
export const subScoreLines = (
  scores: readonly SubScore[] | undefined,
  lang: Lang,
): readonly string[] =>
  (scores ?? []).map(({ name, use, verdict, extracted, why }) => {
    const by = use === null ? "" : lang === "zh" ? `（${use}）` : ` (${use})`;
    const read = [extracted ?? "", reasonText(why, lang)]
      .filter((part) => part !== "")
      .map((part) => clean(part));
    return `${marks[verdict]} ${clean(name)}${by}${lang === "zh" ? "：" : ": "}${read.join(" · ")}`;
  });
