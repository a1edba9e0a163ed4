import type { Text } from "../../../domain/text.ts";
import type { EgressRow } from "../../egress/egress.ts";
import type { ItemAnalysis } from "../../items/analysis.ts";
import type { Leaderboard } from "../../leaderboard/leaderboard.ts";
import type { CriterionMarks } from "../criteria.ts";
import type { FailureCause } from "../failures.ts";
import type { TargetLatency } from "../latency.ts";
import type { TokenCosts } from "../token-costs.ts";

import { egressLines, egressSections } from "../../egress/text.ts";
import { itemHeading, itemSections } from "../../items/sections.ts";
import { itemTable } from "../../items/table.ts";
import { constraintRateLines } from "../../leaderboard/constraint-rates-text.ts";
import { safetyTargets, scoreDetails } from "../../leaderboard/details.ts";
import { redLineLines } from "../../leaderboard/red-line-text.ts";
import { sliceSections } from "../../leaderboard/slice-sections.ts";
import { nameOf } from "../../leaderboard/table.ts";
import { circularLines, wordingLines } from "../../leaderboard/variants-text.ts";
import { agreementLines } from "../../people/agreement.ts";
import { correctedLines } from "../../people/corrected-text.ts";
import { clean, count, seconds } from "../../render/format.ts";
import { outcomeWords } from "../../render/words.ts";
import { safetyLines, safetySections } from "../../safety/text.ts";
import { costSections } from "./cost.ts";
import { judgeSections } from "./judges.ts";
import { linesIn, type ReportSection, sectionsIn } from "./section.ts";

export type SectionSources = {
  readonly egress: readonly EgressRow[];
  readonly leaderboard: Leaderboard;
  readonly latency: readonly TargetLatency[];
  readonly failures: readonly FailureCause[];
  readonly token_costs: readonly TokenCosts[];
  readonly criteria: readonly CriterionMarks[];
  readonly items: ItemAnalysis | null;
};

/** All that a page shows beside board, charts and answers. A view without a section has nothing to show. */
export function reportSections(sources: SectionSources): readonly ReportSection[] {
  return [
    ...scoreSections(sources.leaderboard),
    ...safetyPart(sources.leaderboard),
    ...latencySections(sources),
    ...costSections(sources.leaderboard, sources.token_costs),
    ...failureSections(sources),
    ...judgeSections(sources.leaderboard, sources.criteria),
    ...peopleSections(sources.leaderboard),
    ...(sources.items === null ? [] : itemAnalysisSections(sources.items)),
    ...egressPart(sources),
  ];
}

function scoreSections(leaderboard: Leaderboard): readonly ReportSection[] {
  const { entries, decimals } = leaderboard;
  const summaries = entries.map(({ summary }) => summary);
  return [
    ...sectionsIn("scores", (lang) => sliceSections(leaderboard, lang)),
    ...sectionsIn("scores", (lang) => scoreDetails(leaderboard, lang)),
    ...linesIn("scores", { zh: "选项轮换", en: "Circular options" }, (lang) =>
      summaries.flatMap((each) => circularLines(nameOf(each, lang), each, decimals, lang)),
    ),
    ...linesIn("scores", { zh: "换一种问法", en: "Other wordings" }, (lang) =>
      summaries.flatMap((each) => wordingLines(nameOf(each, lang), each, decimals, lang)),
    ),
    ...linesIn("scores", { zh: "约束", en: "Constraints" }, (lang) =>
      summaries.flatMap((each) => constraintRateLines(nameOf(each, lang), each, lang)),
    ),
    ...linesIn("scores", { zh: "红线", en: "Red lines" }, (lang) =>
      redLineLines(leaderboard, (summary) => nameOf(summary, lang), lang),
    ),
  ];
}

const egressPart = ({ egress }: SectionSources): readonly ReportSection[] =>
  sectionsIn("egress", (lang) =>
    egressSections(egress, lang).map((section) => ({
      ...section,
      notes: egressLines(egress, lang),
    })),
  );

const safetyPart = (leaderboard: Leaderboard): readonly ReportSection[] => [
  ...sectionsIn("safety", (lang) => safetySections(safetyTargets(leaderboard, lang), lang)),
  ...linesIn("safety", { zh: "怎样读这些数", en: "How to read these figures" }, (lang) =>
    safetyLines(safetyTargets(leaderboard, lang), lang),
  ),
];

const groupTitles: Readonly<Record<TargetLatency["groups"][number]["by"], Text>> = {
  in_flight: { zh: "按同时进行的请求数", en: "By requests in flight" },
  hour: { zh: "按钟点（运行所在时区）", en: "By hour of the day (the run's time zone)" },
  cache: { zh: "冷请求与命中缓存", en: "Cold and cached" },
  thinking: { zh: "思考与不思考", en: "With and without thinking" },
  region: { zh: "按工作进程所在地域", en: "By the region of the worker" },
};

const groupNames: Readonly<Record<string, Text>> = {
  cold: { zh: "冷", en: "cold" },
  cached: { zh: "命中缓存", en: "cached" },
  thinking: { zh: "思考", en: "thinking" },
  direct: { zh: "不思考", en: "no thinking" },
};

function latencySections({ latency, leaderboard }: SectionSources): readonly ReportSection[] {
  const names = new Map(leaderboard.entries.map(({ summary }) => [summary.target, summary]));
  return (["in_flight", "hour", "cache", "thinking", "region"] as const).flatMap((by) =>
    sectionsIn("latency", (lang) => {
      const rows = latency.flatMap(({ target, groups }) => {
        const summary = names.get(target);
        if (summary === undefined) return [];
        return groups
          .filter((group) => group.by === by)
          .map(({ name, first_token_ms, total_ms }) => [
            nameOf(summary, lang),
            groupNames[name]?.[lang] ?? name,
            count(total_ms?.n ?? 0, lang),
            seconds(first_token_ms?.p50.value ?? null),
            seconds(first_token_ms?.p95.value ?? null),
            seconds(total_ms?.p50.value ?? null),
            seconds(total_ms?.p95.value ?? null),
          ]);
      });
      const right = (zh: string, en: string) => ({
        title: { zh, en }[lang],
        align: "right" as const,
      });
      const columns = [
        { title: { zh: "模型", en: "Model" }[lang] },
        { title: { zh: "组", en: "Group" }[lang] },
        right("调用", "Calls"),
        right("首字 p50 (秒)", "TTFT p50 (s)"),
        right("首字 p95 (秒)", "TTFT p95 (s)"),
        right("整答 p50 (秒)", "Total p50 (s)"),
        right("整答 p95 (秒)", "Total p95 (s)"),
      ];
      return rows.length === 0 ? [] : [{ title: groupTitles[by][lang], table: { columns, rows } }];
    }),
  );
}

function failureSections({ failures, leaderboard }: SectionSources): readonly ReportSection[] {
  const names = new Map(leaderboard.entries.map(({ summary }) => [summary.target, summary]));
  if (failures.length === 0) return [];
  return sectionsIn("failures", (lang) => [
    {
      title: { zh: "原因与厂商原话", en: "Causes, in the vendors' words" }[lang],
      table: {
        columns: [
          { title: { zh: "模型", en: "Model" }[lang] },
          { title: { zh: "结果", en: "Outcome" }[lang] },
          { title: { zh: "最终", en: "Final" }[lang], align: "right" },
          { title: { zh: "重试过", en: "Repeated" }[lang], align: "right" },
          { title: "HTTP", align: "right" },
          { title: { zh: "错误码", en: "Code" }[lang] },
          { title: { zh: "原话", en: "Message" }[lang] },
        ],
        rows: failures.map(({ target, outcome, status, code, message, final, repeated }) => {
          const summary = names.get(target);
          return [
            summary === undefined ? clean(target) : nameOf(summary, lang),
            outcomeWords[outcome][lang],
            count(final, lang),
            count(repeated, lang),
            status === null ? "—" : String(status),
            clean(code ?? "—"),
            clean(message ?? "—"),
          ];
        }),
      },
    },
  ]);
}

const peopleSections = ({ reviews, corrected }: Leaderboard): readonly ReportSection[] =>
  linesIn("people", { zh: "人工裁定", en: "People's rulings" }, (lang) => [
    ...(reviews === null ? [] : agreementLines(reviews, lang)),
    ...(corrected === null ? [] : correctedLines(corrected, lang)),
  ]);

/** Of each list: `baimo items` shows them all. */
const mostItems = 20;

function itemAnalysisSections(analysis: ItemAnalysis): readonly ReportSection[] {
  return [
    ...linesIn("items", { zh: "题目分析", en: "Item analysis" }, (lang) =>
      itemHeading(analysis, lang),
    ),
    ...sectionsIn("items", (lang) =>
      itemSections(analysis, mostItems, lang).map(({ title, columns, items, notes }) => ({
        title,
        table: itemTable(columns, items, lang),
        notes,
      })),
    ),
  ];
}
