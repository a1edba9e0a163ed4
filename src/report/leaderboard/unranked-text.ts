import type { Lang } from "../../domain/text.ts";
import type { Summary } from "../score/summary.ts";
import type { Entry, Unranked } from "./leaderboard.ts";

import { colon } from "../../domain/text.ts";
import { percent } from "../render/format.ts";
import { nameOf } from "./table.ts";

const reasons: Readonly<Record<Unranked, { readonly zh: string; readonly en: string }>> = {
  baseline: { zh: "基线，不参与排名", en: "a baseline, not ranked" },
  reference: { zh: "参照，不参与排名", en: "a reference, not ranked" },
  coverage: { zh: "覆盖率不足，不排名", en: "coverage too low, not ranked" },
  partial: {
    zh: "缺少部分维度的成绩，没有总分",
    en: "some dimensions have no score, so there is no total",
  },
  nothing: { zh: "没有可计分的回答", en: "no answer counts" },
  红线: { zh: "触及红线，一票否决", en: "crossed a red line, vetoed" },
  unjudged: {
    zh: "裁判没有判定的太多，不排名",
    en: "judges gave too few verdicts, not ranked",
  },
  misnamed: {
    zh: "作答与名字所说的设置不符，不排名",
    en: "its answers are not what its name says, not ranked",
  },
  apart: { zh: "各项分列，不合成总分", en: "results stand apart, no total" },
  pending: {
    zh: "红线题待裁定或没有回答，不排名",
    en: "a red line is to be ruled on or has no answer, not ranked",
  },
};

/** Why, without what follows from it. */
export const unrankedReason = (unranked: Unranked, lang: Lang): string =>
  reasons[unranked][lang].split(lang === "zh" ? "，" : ", ")[0] ?? "";

/** Who has no rank, and why; one line each. */
export function unrankedNotes(entries: readonly Entry[], lang: Lang): readonly string[] {
  return entries.flatMap(({ summary, unranked }) => {
    if (unranked === null) return [];
    const more = unrankedDetail(summary, unranked, lang);
    return [`${nameOf(summary, lang)}${colon[lang]}${reasons[unranked][lang]}${more}`];
  });
}

/** The names of what is missing or was wrong. */
function unrankedDetail(summary: Summary, unranked: Unranked, lang: Lang): string {
  if (unranked === "unjudged") return ` (${percent(summary.judge_missing?.share ?? null)})`;
  if (unranked === "coverage") return ` (${percent(summary.coverage)})`;
  const names = unranked === "红线" ? summary.red_line_suites : summary.score.lacking;
  if ((unranked !== "红线" && unranked !== "partial") || names.length === 0) return "";
  return lang === "zh" ? `（${names.join("、")}）` : ` (${names.join(", ")})`;
}
