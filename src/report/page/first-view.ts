import type { Board } from "../../domain/board.ts";
import type { Lang } from "../../domain/text.ts";
import type { ShownComparison } from "../compare/text.ts";
import type { Leaderboard } from "../leaderboard/leaderboard.ts";
import type { SteadinessReport } from "../steadiness/steadiness.ts";
import type { View } from "../view/model.ts";
import type { Report } from "./report.ts";

import { pageAssets } from "./assets.ts";
import { bareReport, withoutAnswers } from "./bare-report.ts";
import { inBoth } from "./both.ts";
import { pagePieces } from "./document.ts";
import { reportComparison } from "./report-comparison.ts";
import { reportOf } from "./report.ts";
import { reportSections } from "./sections/sections.ts";
import { steadinessPart } from "./steadiness.ts";

/** A leaderboard as a report of its figures: what can be read from the view, without its answers. */
export function leaderboardReport(
  view: View,
  leaderboard: Leaderboard,
  { board, now }: { readonly board: Board | null; readonly now: Date },
): Report {
  const { generated_at, tool } = bareReport(now);
  return reportOf(view, leaderboard, board, {
    generated_at,
    tool,
    latency: [],
    failures: [],
    token_costs: [],
    criteria: [],
    sections: reportSections({
      leaderboard,
      latency: [],
      failures: [],
      token_costs: [],
      criteria: [],
      items: null,
      egress: [],
    }),
    comparisons: [],
  });
}

/** Comparisons as a report, which begins with them. */
export function comparisonReport(shown: readonly ShownComparison[], now: Date): Report {
  const comparisons = shown.map(reportComparison);
  return {
    ...bareReport(now),
    conclusion: inBoth((lang) =>
      comparisons.map(({ conclusion }) => conclusion[lang]).join(lang === "zh" ? "" : " "),
    ),
    comparisons,
  };
}

/** How steady a period was as a report, which begins and ends with it. */
export function reportOfSteadiness(report: SteadinessReport, now: Date): Report {
  const steadiness = steadinessPart(report);
  return {
    ...bareReport(now),
    simulated: report.targets.some(({ simulated }) => simulated),
    conclusion: steadiness.headline,
    steadiness,
  };
}

/** A report as a page of one file, without answers behind it. */
export async function figuresPage(report: Report, lang: Lang): Promise<string> {
  const made = await withoutAnswers(report);
  return [...pagePieces({ ...made, assets: await pageAssets(), lang })].join("");
}
