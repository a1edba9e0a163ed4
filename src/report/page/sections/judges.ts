import type { Lang } from "../../../domain/text.ts";
import type { Leaderboard } from "../../leaderboard/leaderboard.ts";
import type { CriterionMarks } from "../criteria.ts";

import { battleTable, judgeLines } from "../../judges/text.ts";
import { nameOf } from "../../leaderboard/table.ts";
import { clean, count, fixed } from "../../render/format.ts";
import { linesIn, type ReportSection, sectionsIn } from "./section.ts";

/** What judges did, compared, and marked by criterion. */
export function judgeSections(
  leaderboard: Leaderboard,
  criteria: readonly CriterionMarks[],
): readonly ReportSection[] {
  const { judging } = leaderboard;
  if (judging === null) return [];
  const { pairs } = judging;
  return [
    ...linesIn("judges", { zh: "裁判", en: "Judges" }, (lang) => judgeLines(judging, lang)),
    ...(pairs === null
      ? []
      : sectionsIn("judges", (lang) => [
          {
            title: { zh: "两两比较", en: "Pairwise comparisons" }[lang],
            table: battleTable(pairs, lang),
          },
        ])),
    ...criterionSection(leaderboard, criteria),
  ];
}

function criterionSection(
  { entries }: Leaderboard,
  criteria: readonly CriterionMarks[],
): readonly ReportSection[] {
  if (criteria.length === 0) return [];
  const names = new Map(entries.map(({ summary }) => [summary.target, summary]));
  return sectionsIn("judges", (lang) => {
    const right = (zh: string, en: string) => ({
      title: { zh, en }[lang],
      align: "right" as const,
    });
    return [
      {
        title: { zh: "各项标准的打分", en: "Marks by criterion" }[lang],
        table: {
          columns: [
            { title: { zh: "题集", en: "Suite" }[lang] },
            { title: { zh: "标准", en: "Criterion" }[lang] },
            { title: { zh: "模型", en: "Model" }[lang] },
            { title: { zh: "裁判", en: "Judge" }[lang] },
            right("票数", "Votes"),
            right("平均分", "Mean mark"),
            { title: { zh: "各分数的票数", en: "Votes by mark" }[lang] },
          ],
          rows: criteria.map((each) => {
            const summary = names.get(each.target);
            const name = summary === undefined ? clean(each.target) : nameOf(summary, lang);
            return rowOf(each, name, lang);
          }),
        },
        notes: [
          {
            zh: "分数照裁判所给；是非项记作 1 和 0。无效票不计。",
            en: "Marks as the judges gave them; yes and no are 1 and 0. Invalid votes are left out.",
          }[lang],
        ],
      },
    ];
  });
}

const rowOf = (
  { suite, criterion, judge, n, mean, counts }: CriterionMarks,
  name: string,
  lang: Lang,
): readonly string[] => [
  clean(suite),
  clean(criterion),
  name,
  clean(judge),
  count(n, lang),
  fixed(mean, 2),
  counts.map(({ mark, n: votes }) => `${mark}: ${votes}`).join(lang === "zh" ? "，" : ", "),
];
