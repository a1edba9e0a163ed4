import type { Lang, Text } from "../../domain/text.ts";
import type { Variables } from "../../domain/variables/variables.ts";
import type { Table } from "../render/table.ts";
import type { Score } from "../score/score.ts";
import type { Grid, GridCell } from "./grids.ts";
import type { Slices } from "./slices.ts";

import { clean, scoreText } from "../render/format.ts";
import { fewItems } from "./slices.ts";

/** A table below the main one, with what has to be known to read it. */
export type SliceSection = {
  readonly title: string;
  readonly table: Table;
  readonly notes: readonly string[];
};

const facetNames: Readonly<Record<string, Text>> = {
  tag: { zh: "标签", en: "tag" },
  difficulty: { zh: "难度", en: "difficulty" },
  source: { zh: "来源", en: "source" },
  language: { zh: "语言", en: "language" },
};

/** A facet's name for people; variables keep their own. */
export const facetName = (by: string, lang: Lang): string => facetNames[by]?.[lang] ?? clean(by);

/** Latin letters are set apart from the Chinese before them. */
export const spaced = (name: string): string =>
  /^[\p{Script=Han}]/u.test(name) ? name : ` ${name}`;

/** A slice's value for people. */
export const sliceName = (value: Variables[string] | null, lang: Lang): string =>
  value === null ? { zh: "（未写明）", en: "(not said)" }[lang] : clean(String(value), 200);

/** Behind a number of items, where they are too few to say much. */
export const countText = (n: number, few: boolean): string => `${n}${few ? "†" : ""}`;

/** What the marks of a table of slices mean. */
export function sliceNotes(
  {
    several,
    slices,
  }: { readonly several: boolean; readonly slices: readonly { readonly few: boolean }[] },
  lang: Lang,
): readonly string[] {
  const zh = lang === "zh";
  return [
    ...(several
      ? [
          zh
            ? "一题有几个标签时，在每个标签下各计一次。"
            : "An item with several tags counts under each of them.",
        ]
      : []),
    ...(slices.some(({ few }) => few) ? [fewNote(lang)] : []),
  ];
}

const fewNote = (lang: Lang): string =>
  lang === "zh"
    ? `† 不足 ${fewItems} 题，只看区间，不看得分。`
    : `† fewer than ${fewItems} items: go by the interval, not by the score.`;

/** Slices of a leaderboard: one row each, one column for each target. */
export function sliceSection(
  found: Slices,
  names: readonly string[],
  decimals: number,
  lang: Lang,
): SliceSection {
  const zh = lang === "zh";
  const facet = facetName(found.by, lang);
  return {
    title: zh
      ? `按${spaced(facet)}（按题平均，括号里是 95% 区间）`
      : `By ${facet} (means over items, 95% intervals)`,
    table: {
      columns: [
        { title: facet, shrink: 8 },
        { title: zh ? "题数" : "n", align: "right" },
        ...names.map((title) => ({ title, align: "right" as const, drop: 1 })),
      ],
      rows: found.slices.map(({ value, n, few, scores }) => [
        sliceName(value, lang),
        countText(n, few),
        ...scores.map((score) => countedText(score, n, decimals)),
      ]),
    },
    notes: sliceNotes(found, lang),
  };
}

/** A score, behind it how many items it is of where some have none. */
function countedText(score: Score, n: number, decimals: number): string {
  const text = scoreText(score, decimals);
  return score.n === n || score.n === 0 ? text : `${text} n${score.n}`;
}

/** A grid of every target: rows are all axes but the last, columns are the last one. */
export function gridSections(
  grid: Grid,
  names: readonly string[],
  decimals: number,
  lang: Lang,
): readonly SliceSection[] {
  const zh = lang === "zh";
  const of = `${clean(grid.suite)}/${clean(grid.task)}`;
  const axes = grid.axes.map(({ name }) => clean(name)).join(" × ");
  const head = zh ? `矩阵 ${of}（${axes}）` : `Matrix ${of} (${axes})`;
  const notes = grid.cells.some(({ few }) => few) ? [fewNote(lang)] : [];
  if (grid.axes.length === 1) {
    const table = axisTable(grid, names, decimals, lang);
    return [{ title: head, table, notes }];
  }
  return names.map((name, target) => ({
    title: `${head}  ${name}`,
    table: gridTable(grid, target, decimals),
    notes: target === names.length - 1 ? notes : [],
  }));
}

function axisTable(
  { axes, cells }: Grid,
  names: readonly string[],
  decimals: number,
  lang: Lang,
): Table {
  const [axis] = axes;
  const right = "right" as const;
  return {
    columns: [
      { title: clean(axis?.name ?? ""), shrink: 8 },
      { title: lang === "zh" ? "题数" : "n", align: right },
      ...names.map((title) => ({ title, align: right, drop: 1 })),
    ],
    rows: (axis?.values ?? []).flatMap((value) => {
      const cell = cells.find(({ vars }) => vars[axis?.name ?? ""] === value);
      if (cell === undefined) return [];
      const scores = cell.scores.map((score) => countedText(score, cell.n, decimals));
      return [[clean(String(value)), countText(cell.n, cell.few), ...scores]];
    }),
  };
}

function gridTable({ axes, cells }: Grid, target: number, decimals: number): Table {
  const across = axes.at(-1);
  const down = axes.slice(0, -1);
  const rows = new Map<string, { readonly texts: readonly string[]; readonly own: GridCell[] }>();
  for (const cell of inOrder(cells, down)) {
    const texts = down.map(({ name }) => clean(String(cell.vars[name] ?? "")));
    const key = JSON.stringify(texts);
    const row = rows.get(key) ?? { texts, own: [] };
    rows.set(key, row);
    row.own.push(cell);
  }
  const name = across?.name ?? "";
  return {
    columns: [
      ...down.map((axis) => ({ title: clean(axis.name), align: "right" as const })),
      ...(across?.values ?? []).map((value) => ({
        title: `${clean(name)} ${clean(String(value))}`,
        align: "right" as const,
      })),
    ],
    rows: [...rows.values()].map(({ texts, own }) => [
      ...texts,
      ...(across?.values ?? []).map((value) => {
        const cell = own.find(({ vars }) => vars[name] === value);
        return cell === undefined ? "—" : cellText(cell, target, decimals);
      }),
    ]),
  };
}

/** Cells by the places of their values on the axes. */
function inOrder(cells: readonly GridCell[], axes: Grid["axes"]): readonly GridCell[] {
  const placesOf = ({ vars }: GridCell) =>
    axes.map(({ name, values }) => values.indexOf(vars[name] ?? ""));
  return cells.toSorted((a, b) => {
    const [one, other] = [placesOf(a), placesOf(b)];
    const at = one.findIndex((place, axis) => place !== other[axis]);
    return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
  });
}

function cellText({ scores, few }: GridCell, target: number, decimals: number): string {
  const score = scores[target];
  if (score === undefined || score.n === 0) return "—";
  return `${scoreText(score, decimals)} n${countText(score.n, few)}`;
}
