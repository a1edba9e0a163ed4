import type { Table } from "../../report/render/table.ts";
import type { Score } from "../../report/score/score.ts";
import type { FrameData } from "../ui-state.ts";

import { wrapTyped } from "../../report/render/as-typed.ts";
import { clean, fixed } from "../../report/render/format.ts";
import { columnsThatFit, renderTerminal } from "../../report/render/terminal.ts";
import { fitLine, line, type Line } from "../line.ts";
import { tableLines } from "../table-lines.ts";
import { words } from "../words.ts";
import { nameOf } from "./targets-page.ts";

/** The tree of dimensions with each target's score so far. */
export function dimensionsPage(data: FrameData, room: number): readonly Line[] {
  const { view, ui, lang, columns, scores } = data;
  if (scores === null) return wrapTyped(words.tooLarge[lang], columns).map((text) => line(text));
  if (scores.dimensions.length === 0) return [line(words.noScores[lang], "dim")];
  const table = tableOf(data);
  const hidden = table.columns.length - columnsThatFit(table, columns).length;
  const selected = Math.min(ui.selected.dimensions, table.rows.length - 1);
  const lines = tableLines(renderTerminal(table, columns), {
    selected,
    room: room - (hidden > 0 ? 1 : 0),
    columns,
    lang,
  });
  if (hidden === 0) return lines;
  const more = words.more[lang](view.targets.length > 0 ? hidden : 0);
  return [...lines, fitLine(line(more, "dim"), columns)];
}

function tableOf({ view, lang, scores }: FrameData): Table {
  return {
    columns: [
      { title: words.dimension[lang], shrink: 12 },
      ...view.targets.map((target) => ({
        title: nameOf(target, lang),
        align: "right" as const,
        drop: 1,
      })),
    ],
    rows: [
      [words.all[lang], ...(scores?.totals ?? []).map(cell)],
      ...(scores?.dimensions ?? []).map(({ path, scores: each }) => [
        `${"  ".repeat(path.length)}${clean(path.at(-1) ?? "", 200)}`,
        ...each.map(cell),
      ]),
    ],
  };
}

const cell = ({ value, n }: Score): string =>
  value === null ? "—" : `${fixed(value * 100, 1)} (${n})`;
