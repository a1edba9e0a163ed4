import type { Lang } from "../../../domain/text.ts";
import type { EgressRow } from "../../egress/egress.ts";
import type { Table } from "../../render/table.ts";
import type { ChoiceResult } from "../choose.ts";

import { egressLines, egressSections } from "../../egress/text.ts";
import { wrapTyped } from "../../render/as-typed.ts";
import { clean } from "../../render/format.ts";
import { plain } from "../../render/plain.ts";
import { renderBlocks, renderTerminal } from "../../render/terminal.ts";
import { choiceConclusion } from "./conclusion.ts";
import { choiceNotes, findingLines } from "./notes.ts";
import { criteriaKept, criteriaTable, rangeTable, totalTable } from "./tables.ts";
import { completingLines } from "./to-complete.ts";

type ChoicePart = {
  /** Its place among all kinds of parts: totals, criteria, sensitivity, egress, guide. */
  readonly kind: 0 | 1 | 2 | 3 | 4;
  readonly title: string;
  readonly table: Table | null;
  readonly lines: readonly string[];
  /** Columns that stand in every block of a table that is too wide. */
  readonly kept: number;
};

/** All that is shown of a choice below its conclusion, in order. */
export function choiceParts(
  choice: ChoiceResult,
  egress: readonly EgressRow[],
  lang: Lang,
): readonly ChoicePart[] {
  const zh = lang === "zh";
  const tables: readonly ChoicePart[] = [
    part(0, zh ? "总分" : "Totals", totalTable(choice, lang), findingLines(choice, lang)),
    {
      ...part(
        1,
        zh ? "各项：测得的值 → 得分（满 100）" : "Criteria: value → points of 100",
        criteriaTable(choice, lang),
      ),
      kept: criteriaKept,
    },
    ...(choice.ranges.length === 0
      ? []
      : [
          part(
            2,
            zh ? "权重改多少会换人" : "Weights that change the winner",
            rangeTable(choice, lang),
          ),
        ]),
    ...egressSections(egress, lang).map(({ title, table }) => ({
      ...part(3, title, table, egressLines(egress, lang)),
      kept: 1,
    })),
  ];
  return [
    ...tables,
    {
      kind: 4,
      title: zh ? "怎样读这些数" : "How to read these figures",
      table: null,
      lines: choiceNotes(choice, lang),
      kept: 0,
    },
  ];
}

const part = (
  kind: ChoicePart["kind"],
  title: string,
  table: Table,
  lines: readonly string[] = [],
): ChoicePart => ({
  kind,
  title,
  table,
  lines,
  kept: 0,
});

/** A choice for a terminal of this width: the conclusion first. */
export function choiceTerminal(
  choice: ChoiceResult,
  egress: readonly EgressRow[],
  { lang, width }: { readonly lang: Lang; readonly width: number },
): string {
  const told = (line: string): readonly string[] => wrapTyped(plain(line), width);
  // To be copied, so that no line is broken.
  const lacking = completingLines(choice, lang).map((line) => plain(line));
  const completing = lacking.length === 0 ? [] : ["", ...lacking];
  return [
    ...(choice.title === null ? [] : [clean(choice.title), ""]),
    ...told(choiceConclusion(choice, lang)),
    ...choiceParts(choice, egress, lang).flatMap(({ kind, title, table, lines, kept }) => [
      "",
      ...told(title),
      ...(table === null
        ? []
        : ["", kept > 0 ? renderBlocks(table, width, kept) : renderTerminal(table, width)]),
      ...(table === null || lines.length === 0 ? [] : [""]),
      ...lines.flatMap(told),
      ...(kind === 0 ? completing : []),
    ]),
  ].join("\n");
}
