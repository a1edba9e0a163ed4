import type { HeatCell } from "../../page/heat.ts";
import type { PaperCell, PaperTable } from "../numbers.ts";
import type { Paper } from "../paper.ts";

import { clean, points } from "../../render/format.ts";
import { numberCell } from "../numbers.ts";
import { subjectOf } from "../paper.ts";
import { sheetNames } from "./sheet-names.ts";
import { addSheet, type PaperBook, widthsOf } from "./sheet.ts";

/** Dimensions and tasks by targets as the page shows them; on a second sheet each cell with its interval and its items, unrounded. */
export async function writeDimensions(book: PaperBook, paper: Paper): Promise<void> {
  const { lang } = paper;
  const [grid, cells] = [gridOf(paper), cellTable(paper)];
  const sheet = addSheet(book, {
    name: sheetNames.dimensions[lang],
    lang,
    widths: widthsOf([grid], { most: 30 }),
    frozen: { rows: 2, columns: 1 },
    header: subjectOf(paper),
  });
  sheet.line(
    {
      zh: "满分 100。缩进的是维度下的任务；— 表示没有计分的题。",
      en: "Points of 100. Tasks are indented below their dimension; — means that no item counts.",
    }[lang],
  );
  sheet.table(grid);
  await sheet.close();
  const detail = addSheet(book, {
    name: sheetNames.cells[lang],
    lang,
    widths: widthsOf([cells], { most: 30 }),
    frozen: { rows: 2, columns: 0 },
    header: subjectOf(paper),
  });
  detail.line(
    {
      zh: "维度表各格未取整的值、95% 区间与题数。",
      en: "Each cell of the sheet before, unrounded, with its 95% interval and its items.",
    }[lang],
  );
  detail.table(cells);
  await detail.close();
}

function gridOf({ lang, made }: Paper): PaperTable {
  const { heat, targets, decimals } = made.report;
  const shown = (cells: readonly HeatCell[]): readonly PaperCell[] =>
    cells.map(({ value }) => numberCell(points(value, decimals)));
  return {
    columns: [
      { title: { zh: "维度 / 任务", en: "Dimension / task" }[lang] },
      ...targets.map(({ name }) => ({ title: name[lang], align: "right" as const })),
    ],
    rows: heat.flatMap(({ path, cells, tasks }) => [
      [{ value: path.map((each) => clean(each)).join(" / ") }, ...shown(cells)],
      ...tasks.map(({ suite, task, cells: own }) => [
        { value: `　${clean(suite)} / ${clean(task)}` },
        ...shown(own),
      ]),
    ]),
  };
}

const rawFormat = "0.0000";

function cellTable({ lang, made }: Paper): PaperTable {
  const { heat, targets } = made.report;
  const title = (zh: string, en: string) => ({ title: { zh, en }[lang] });
  const number = (value: number | null): PaperCell =>
    value === null ? { value: "—" } : { value: value * 100, format: rawFormat };
  const rowsOf = (dimension: string, task: string, cells: readonly HeatCell[]) =>
    cells.map(({ value, low, high, n }, at): readonly PaperCell[] => [
      { value: dimension },
      { value: task },
      { value: targets[at]?.name[lang] ?? "" },
      number(value),
      number(low),
      number(high),
      { value: n, format: "#,##0" },
    ]);
  return {
    columns: [
      title("维度", "Dimension"),
      title("任务", "Task"),
      title("模型", "Model"),
      title("效果分", "Score"),
      title("下限", "Low"),
      title("上限", "High"),
      title("题数", "Items"),
    ],
    rows: heat.flatMap(({ path, cells, tasks }) => {
      const dimension = path.map((each) => clean(each)).join(" / ");
      return [
        ...rowsOf(dimension, "", cells),
        ...tasks.flatMap((each) =>
          rowsOf(dimension, `${clean(each.suite)}/${clean(each.task)}`, each.cells),
        ),
      ];
    }),
  };
}
