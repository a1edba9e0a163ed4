import type { PointsRule } from "../../../domain/choosing/scorecard.ts";
import type { Lang } from "../../../domain/text.ts";
import type { Column, Table } from "../../render/table.ts";
import type { ChoiceResult, ChoiceRange, ChoiceRow, ChoiceTarget } from "../choose.ts";
import type { WeightSwitch } from "../sensitivity.ts";

import { measuredCriteria } from "../../../domain/choosing/criteria.ts";
import { clean, fixed, percent, points } from "../../render/format.ts";
import { measureText } from "../measure-text.ts";
import { weightAt } from "../sensitivity.ts";
import { nameOfTarget, pointsGiven, rankedOf, stateWords } from "./names.ts";

const right = { align: "right" } as const;

/** Places, totals with their intervals, how often each is first, and what each group contributes. */
export function totalTable(choice: ChoiceResult, lang: Lang): Table {
  const zh = lang === "zh";
  const groups = groupsOf(choice);
  return {
    columns: [
      { title: zh ? "名次" : "Rank" },
      { title: zh ? "目标" : "Target", shrink: 12 },
      { title: zh ? "总分（95% 区间）" : "Total (95% interval)", ...right },
      { title: zh ? "居首" : "First", ...right },
      { title: zh ? "前三" : "Top 3", ...right, drop: 1 },
      ...groups.map(({ name, share }) => ({
        title: `${clean(name)} /${fixed(share * 100, 1)}`,
        ...right,
        drop: 2,
      })),
    ],
    rows: choice.targets.map((target) => [
      target.rank === null ? stateWords[unrankedState(target)][lang] : String(target.rank),
      nameOfTarget(target, lang),
      totalText(target),
      percent(target.simulation?.first ?? null),
      percent(target.simulation?.first_three ?? null),
      ...groups.map(({ rows }) =>
        target.total === null ? "—" : points(groupTotal(choice, target, rows), 1),
      ),
    ]),
  };
}

const unrankedState = ({ state }: ChoiceTarget) => (state === "ranked" ? "open" : state);

function totalText({ total, simulation, bounds }: ChoiceTarget): string {
  if (total !== null)
    return simulation === null
      ? points(total)
      : `${points(total)} (${points(simulation.interval.low)}–${points(simulation.interval.high)})`;
  return bounds === null ? "—" : `${points(bounds.low)}…${points(bounds.high)}`;
}

/** The groups that count, with their share and rows. */
function groupsOf({ rows }: ChoiceResult) {
  const counted = rows.flatMap((row, at) => (row.share > 0 ? [{ row, at }] : []));
  return [...Map.groupBy(counted, ({ row }) => row.group)].map(([name, members]) => ({
    name,
    share: members.reduce((sum, { row }) => sum + row.share, 0),
    rows: members.map(({ at }) => at),
  }));
}

const groupTotal = (
  { rows }: ChoiceResult,
  { cells }: ChoiceTarget,
  places: readonly number[],
): number => places.reduce((sum, at) => sum + (rows[at]?.share ?? 0) * (cells[at]?.points ?? 0), 0);

/** Each criterion with its weight and scale, and of every target its value and the points of 100 that it gives. */
export function criteriaTable(choice: ChoiceResult, lang: Lang): Table {
  const zh = lang === "zh";
  const targets = choice.targets.map((target): Column => ({
    title: nameOfTarget(target, lang),
    ...right,
  }));
  return {
    columns: [
      { title: zh ? "项" : "Criterion", shrink: 10 },
      { title: zh ? "权重" : "Weight", ...right },
      { title: zh ? "计分" : "Scale", shrink: 10 },
      ...targets,
    ],
    rows: choice.rows.map((row, at) => [
      clean(row.title[lang]),
      row.dropped === null ? percent(row.share) : zh ? "不计" : "left out",
      scaleText(row, lang),
      ...choice.targets.map((target) => cellText(row, target, at, lang)),
    ]),
  };
}

/** Columns of the table of criteria that stand in every block. */
export const criteriaKept = 3;

export function scaleText({ criterion, unit, better }: ChoiceRow, lang: Lang): string {
  const { points: rule } = criterion;
  if (rule === "lowest-price") return { zh: "低价优先", en: "lowest / own" }[lang];
  const isShare = criterion.use !== "stated" && measuredCriteria[criterion.use].most === 1;
  const told = isShare || unit[lang] === "" ? "" : ` ${unit[lang]}`;
  const ends = (value: number): string => (isShare ? percent(value, 2) : String(value));
  if ("steps" in rule) return stepsText(rule, better, ends);
  return `${ends(rule.worst)}→${ends(rule.best)}${told}`;
}

const stepsText = (
  { steps }: Extract<PointsRule, { readonly steps: unknown }>,
  better: "higher" | "lower",
  told: (value: number) => string,
): string =>
  steps
    .map(({ from, points: own }) => `${better === "higher" ? "≥" : "≤"}${told(from)}:${own}`)
    .join(" ");

function cellText(row: ChoiceRow, target: ChoiceTarget, at: number, lang: Lang): string {
  const cell = target.cells[at];
  if (cell === undefined || cell.value === null) return { zh: "未测", en: "unmeasured" }[lang];
  const { use } = row.criterion;
  const unit = row.criterion.use === "stated" ? (row.criterion.unit ?? "") : "";
  const own = measureText(use, cell.value, unit)[lang];
  return `${own} → ${points(pointsGiven(row, target, at), 1)}`;
}

/** For each weight, where the winner changes and who wins then. */
export function rangeTable(choice: ChoiceResult, lang: Lang): Table {
  const zh = lang === "zh";
  return {
    columns: [
      { title: zh ? "权重" : "Weight", shrink: 12 },
      { title: zh ? "现在" : "Now", ...right },
      { title: zh ? "低于多少换人" : "Below", shrink: 18 },
      { title: zh ? "高于多少换人" : "Above", shrink: 18 },
    ],
    rows: choice.ranges.map((each) => [
      rangeName(choice, each, lang),
      shareText(each.range.share, choice.whole),
      switchText(choice, each, "below", lang),
      switchText(choice, each, "above", lang),
    ]),
  };
}

export function rangeName(
  { rows }: ChoiceResult,
  { kind, name, rows: own }: ChoiceRange,
  lang: Lang,
): string {
  if (kind === "group") return { zh: `${clean(name)}（整组）`, en: `${clean(name)} (group)` }[lang];
  return clean(rows[own[0] ?? 0]?.title[lang] ?? name);
}

const isHundred = (whole: number): boolean => Math.abs(whole - 100) < 1e-9;

/** Where the card's points do not sum to 100 they stand beside the share. */
const shareText = (share: number, whole: number): string =>
  isHundred(whole) ? percent(share) : `${percent(share)} (${fixed(share * whole, 2)})`;

function switchText(
  choice: ChoiceResult,
  { range }: ChoiceRange,
  side: "below" | "above",
  lang: Lang,
): string {
  if (range.alone) return { zh: "只有这一项", en: "the only one" }[lang];
  const found = range[side];
  if (found === null) return { zh: "不换", en: "never" }[lang];
  return `${switchShare(range.share, found, choice.whole, side)}${{ zh: "：", en: ": " }[lang]}${winnerName(choice, found, lang)}`;
}

/** `> 41.2%`, and in the card's points what the weight would be with the others unchanged. */
function switchShare(
  share: number,
  found: WeightSwitch,
  whole: number,
  side: "below" | "above",
): string {
  const own = weightAt(found.share, share, whole);
  const sign = side === "below" ? "<" : ">";
  const told = own === null ? "" : ` (${fixed(own, 2)})`;
  return `${sign} ${fixed(found.share * 100, 2)}%${told}`;
}

export const winnerName = (choice: ChoiceResult, { winner }: WeightSwitch, lang: Lang): string => {
  const target = rankedOf(choice)[winner];
  return target === undefined ? "" : nameOfTarget(target, lang);
};
