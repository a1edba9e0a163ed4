import type { Lang } from "../../domain/text.ts";
import type { Table } from "../render/table.ts";
import type { Migration, MigrationReport } from "./migration.ts";

import { wrapTyped } from "../render/as-typed.ts";
import { clean, fixed, points, signed } from "../render/format.ts";
import { markdownHeading, markdownLine, renderMarkdown } from "../render/markdown.ts";
import { renderTerminal } from "../render/terminal.ts";

/** What moving to each target costs, as a table, and how to read it. */
export function migrationLines(
  report: MigrationReport,
  {
    lang,
    width,
    markdown,
  }: { readonly lang: Lang; readonly width: number; readonly markdown: boolean },
): readonly string[] {
  const zh = lang === "zh";
  const table = tableOf(report, lang);
  const say = (line: string): readonly string[] =>
    markdown ? [`- ${markdownLine(line)}`] : wrapTyped(line, width);
  const incumbent = clean(report.incumbent);
  const title = zh ? `迁移成本：现用 ${incumbent}` : `Cost of migration from ${incumbent}`;
  return [
    markdown ? markdownHeading(title) : title,
    "",
    markdown ? renderMarkdown(table) : renderTerminal(table, width),
    "",
    ...[
      zh
        ? "沿用：照搬现用的提示词。改后：用为它改写的提示词里最好的一种，选用哪一种只看另一半题，因此没有把碰巧选中的运气算进去（交叉拟合，20 次对半分）。迁移成本是两者之差，即提示词改好之前少得的分。效果按题等权。"
        : "As is: with the prompts in use. Tuned: with the best of the prompts written for it, chosen on the other half of the items, so that the luck of the choice is not counted (cross-fitting, 20 splits in halves). The cost of migration is the difference, the points lost until the prompts are rewritten. Items weigh the same.",
      ...report.targets.flatMap((each) => seeming(each, lang)),
      ...(report.untuned.length === 0
        ? []
        : [
            zh
              ? `没有为它们改写过提示词，迁移成本未知：${report.untuned.map((ref) => clean(ref)).join("、")}`
              : `No prompt was written for these, so that their cost is unknown: ${report.untuned.map((ref) => clean(ref)).join(", ")}`,
          ]),
    ].flatMap(say),
  ];
}

function tableOf({ incumbent, targets }: MigrationReport, lang: Lang): Table {
  const zh = lang === "zh";
  const right = { align: "right" } as const;
  return {
    columns: [
      { title: zh ? "目标" : "Target", shrink: 16 },
      { title: zh ? "题" : "Items", ...right, drop: 3 },
      { title: zh ? "沿用" : "As is", ...right },
      { title: zh ? "改后" : "Tuned", ...right },
      { title: zh ? "迁移成本 95%" : "Cost 95%", ...right },
      { title: zh ? "改提示词" : "Prompts", ...right },
      { title: zh ? "沿用比现用" : "As is vs now", ...right, drop: 2 },
      { title: zh ? "改后比现用" : "Tuned vs now", ...right, drop: 1 },
      { title: zh ? "选中的问法" : "Wording", shrink: 8, drop: 4 },
    ],
    rows: targets.map((each) => [
      `${clean(each.target)}${each.target === incumbent ? (zh ? "（现用）" : " (now)") : ""}`,
      String(each.items),
      points(each.unified),
      each.wordings.length === 0 ? "—" : points(each.best),
      each.wordings.length === 0 ? "—" : changeText(each.cost),
      each.wordings.length === 0 ? "—" : `${each.prompts.change}/${each.prompts.all}`,
      each.against === null ? "—" : changeText(each.against.unified),
      each.against === null ? "—" : changeText(each.against.best),
      each.chosen === null ? (zh ? "现用的" : "as is") : clean(each.chosen),
    ]),
  };
}

const changeText = ({ value, interval }: Migration["cost"]): string =>
  interval === null
    ? signed(value)
    : `${signed(value)} [${signed(interval.low)}, ${signed(interval.high)}]`;

/** How much better the winner looks on the items that chose it. */
function seeming(
  { target, wordings, best, chosen_mean }: Migration,
  lang: Lang,
): readonly string[] {
  if (wordings.length < 2 || chosen_mean - best < 0.005) return [];
  const [seems, by] = [points(chosen_mean), fixed(100 * (chosen_mean - best), 1)];
  return [
    lang === "zh"
      ? `${clean(target)}：${wordings.length} 种改写里最好的在全部题上是 ${seems} 分，其中 ${by} 分是挑选带来的，不计`
      : `${clean(target)}: the best of its ${wordings.length} prompts has ${seems} over all items, of which ${by} come from the choice and do not count`,
  ];
}
