import type { Lang } from "../../../domain/text.ts";
import type { ChoiceResult, ChoiceRow, ChoiceTarget } from "../choose.ts";

import { widthOf } from "../../render/width.ts";
import { choiceConclusion } from "./conclusion.ts";
import { nameOfTarget, stateWords } from "./names.ts";
import { formatOf, pointsFormula, timeout, unmeasured } from "./sheet-formulas.ts";
import { scaleText } from "./tables.ts";

/** A cell of the first sheet; with a formula, `value` is what the formula gives under the card's own weights. */
export type SheetCell = {
  readonly value: string | number | null;
  readonly formula?: string;
  readonly format?: string;
  readonly look?: "head" | "input" | "total" | "plain" | "title" | "words";
};

export type SheetGrid = {
  readonly rows: readonly {
    readonly cells: readonly (SheetCell | null)[];
    /** Columns that are one cell, from and to. */
    readonly span: readonly (readonly [number, number])[];
    readonly height?: number;
  }[];
  readonly widths: readonly number[];
  readonly frozen: { readonly rows: number; readonly columns: number };
};

/** Columns before the targets: group, criterion, scale, worst, best, weight, counts, share. */
const before = 8;
const column = { worst: "D", best: "E", weight: "F", counts: "G", share: "H" } as const;
const head = 6;

/** The sheet in which weights are changed: one row a criterion, two columns a target. */
export function scoreSheet(choice: ChoiceResult, lang: Lang): SheetGrid {
  const { rows, targets } = choice;
  const places = targets.map((_, at) => ({
    value: letter(before + 2 * at),
    points: letter(before + 2 * at + 1),
  }));
  const [first, last] = [head + 1, head + rows.length];
  const scored = { choice, lang, places, first, last };
  const width = before + 2 * targets.length;
  const conclusion = choiceConclusion(choice, lang);
  const line = (value: string, look: "title" | "words", height?: number) => ({
    cells: [{ value, look } as SheetCell],
    span: [[1, Math.min(width, 16)]] as const,
    ...(height === undefined ? {} : { height }),
  });
  return {
    rows: [
      line(choice.title ?? { zh: "选型", en: "Choice" }[lang], "title"),
      line(conclusion, "words", 15 * Math.ceil(widthOf(conclusion) / 110) + 3),
      line(hint[lang], "words", 32),
      { cells: nowFirst(scored), span: [[3, Math.min(width, 12)]] },
      {
        cells: targetHeads(scored),
        span: targets.map((_, at) => [before + 2 * at + 1, before + 2 * at + 2] as const),
        height: 32,
      },
      { cells: heads(scored), span: [] },
      ...rows.map((row, at) => ({ cells: criterionCells(row, at, scored), span: [] })),
      { cells: totalCells(scored), span: [] },
      { cells: rankCells(scored), span: [] },
    ],
    widths: [12, 20, 16, 9, 9, 9, 8, 9, ...targets.flatMap(() => [13, 9])],
    frozen: { rows: head, columns: 2 },
  };
}

type Scored = {
  readonly choice: ChoiceResult;
  readonly lang: Lang;
  readonly places: readonly { readonly value: string; readonly points: string }[];
  readonly first: number;
  readonly last: number;
};

const hint = {
  zh: "黄色的格子可以改：权重（任何单位）、是否计入（1 或 0）、最差值和最好值。得分、总分和名次随之变化；上面的结论和其余各表按计分卡原来的权重。",
  en: "Yellow cells may be changed: weights (any unit), whether a criterion counts (1 or 0), worst and best. Points, totals and places follow; the conclusion above and the other sheets are by the card's own weights.",
} as const;

/** 0 is A. */
function letter(place: number): string {
  const own = String.fromCharCode(65 + (place % 26));
  return place < 26 ? own : `${letter(Math.floor(place / 26) - 1)}${own}`;
}

const text = (value: string, look: NonNullable<SheetCell["look"]> = "head"): SheetCell => ({
  value,
  look,
});

const totalRow = ({ last }: Scored): number => last + 1;

function nowFirst(scored: Scored): readonly (SheetCell | null)[] {
  const { choice, lang, places } = scored;
  const row = totalRow(scored) + 1;
  const formula = places
    .map(({ value, points }) => `IF(${points}${row}=1,${value}5&"  ","")`)
    .join("&");
  const now = choice.targets
    .filter(({ rank }) => rank === 1)
    .map((target) => `${nameOfTarget(target, lang)}  `)
    .join("");
  return [
    text({ zh: "现在第一", en: "Now first" }[lang], "total"),
    null,
    { value: now, formula: formula === "" ? '""' : formula, look: "total" },
  ];
}

const targetHeads = ({ choice, lang }: Scored): readonly (SheetCell | null)[] => [
  ...Array.from({ length: before }, () => null),
  ...choice.targets.flatMap((target) => [text(nameOfTarget(target, lang)), text("")]),
];

function heads({ choice, lang }: Scored): readonly SheetCell[] {
  const zh = lang === "zh";
  const own = zh
    ? ["组", "项", "计分", "最差", "最好", "权重", "计入", "份额"]
    : ["Group", "Criterion", "Scale", "Worst", "Best", "Weight", "Counts", "Share"];
  return [
    ...own.map((each) => text(each)),
    ...choice.targets.flatMap(() => [text(zh ? "值" : "Value"), text(zh ? "得分" : "Points")]),
  ];
}

function criterionCells(row: ChoiceRow, at: number, scored: Scored): readonly SheetCell[] {
  const { choice, lang, places, first, last } = scored;
  const line = first + at;
  const { points: rule } = row.criterion;
  const linear = typeof rule === "object" && "worst" in rule ? rule : null;
  const range = (name: string): string => `$${name}$${first}:$${name}$${last}`;
  const counted = `SUMPRODUCT(${range(column.weight)},${range(column.counts)})`;
  const format = formatOf(row);
  const ranked = places.filter((_, target) => choice.targets[target]?.state === "ranked");
  const lowest = `MIN(${ranked.map(({ value }) => `$${value}${line}`).join(",")})`;
  const ends = (value: number | undefined): SheetCell =>
    value === undefined ? text("—", "plain") : { value, look: "input", format };
  return [
    text(row.group, "plain"),
    text(row.title[lang], "plain"),
    text(scaleText(row, lang), "plain"),
    ends(linear?.worst),
    ends(linear?.best),
    { value: row.weight, look: "input" },
    { value: row.dropped === null ? 1 : 0, look: "input" },
    {
      value: row.share,
      formula: `IF(${counted}=0,0,$${column.weight}${line}*$${column.counts}${line}/${counted})`,
      format: "0.0%",
    },
    ...choice.targets.flatMap(({ cells }, target): readonly SheetCell[] => {
      const cell = cells[at];
      const place = places[target]?.value ?? "";
      const value = cell?.value ?? null;
      const lacking = row.missing === "zero" ? 0 : unmeasured[lang];
      return [
        value === null
          ? text(unmeasured[lang], "plain")
          : Number.isFinite(value)
            ? { value, format }
            : text(timeout[lang], "plain"),
        {
          value: cell?.points === undefined || cell.points === null ? lacking : 100 * cell.points,
          formula: pointsFormula(row, { value: `$${place}${line}`, line, lowest, lang, column }),
          format: "0.0",
        },
      ];
    }),
  ];
}

function totalCells(scored: Scored): readonly (SheetCell | null)[] {
  const { choice, lang, places, first, last } = scored;
  const shares = `$${column.share}$${first}:$${column.share}$${last}`;
  return [
    text({ zh: "总分", en: "Total" }[lang], "total"),
    ...Array.from({ length: before - 1 }, () => text("", "total")),
    ...choice.targets.flatMap((target, at): readonly SheetCell[] => {
      const own = `${places[at]?.points ?? ""}${first}:${places[at]?.points ?? ""}${last}`;
      const stateCell = text(stateOf(target, lang), "total");
      if (target.state === "out" || target.state === "open") return [stateCell, text("—", "total")];
      const word = stateWords.incomplete[lang];
      return [
        stateCell,
        {
          value: target.total === null ? word : 100 * target.total,
          formula: `IF(SUMPRODUCT((1-ISNUMBER(${own}))*(${shares}>0))>0,"${word}",SUMPRODUCT(${shares},${own}))`,
          format: "0.0",
          look: "total",
        },
      ];
    }),
  ];
}

const stateOf = ({ state }: ChoiceTarget, lang: Lang): string =>
  state === "ranked" ? "" : stateWords[state][lang];

function rankCells(scored: Scored): readonly (SheetCell | null)[] {
  const { choice, lang, places } = scored;
  const row = totalRow(scored);
  return [
    text({ zh: "名次", en: "Rank" }[lang], "total"),
    ...Array.from({ length: before - 1 }, () => text("", "total")),
    ...choice.targets.flatMap((target, at): readonly SheetCell[] => {
      const own = `${places[at]?.points ?? ""}${row}`;
      const above = places
        .filter((_, other) => other !== at)
        .map(({ points }) => `(N(${points}${row})>${own}+0.0000001)`);
      return [
        text("", "total"),
        {
          value: target.rank ?? "—",
          formula: `IF(ISNUMBER(${own}),${["1", ...above].join("+")},"—")`,
          look: "total",
        },
      ];
    }),
  ];
}
