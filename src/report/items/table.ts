import type { Lang, Text } from "../../domain/text.ts";
import type { Column, Table } from "../render/table.ts";
import type { ItemAnalysis, ItemStatistics } from "./analysis.ts";

import { clean, fixed, percent } from "../render/format.ts";
import { truncate, widthOf } from "../render/width.ts";

/** A column of an item table: its title, how it is fitted, and its cell. */
export type ItemColumn = Omit<Column, "title"> & {
  readonly title: Text;
  readonly cell: (item: ItemStatistics, lang: Lang) => string;
};

export const itemColumns = {
  item: { title: { zh: "题目", en: "item" }, cell: (each) => tail(nameOf(each)) },
  question: {
    title: { zh: "题干", en: "question" },
    drop: 4,
    cell: ({ question }) => truncate(question, 26),
  },
  answers: {
    title: { zh: "份数", en: "answers" },
    align: "right",
    cell: ({ answers }) => String(answers),
  },
  share: {
    title: { zh: "得分率", en: "share" },
    align: "right",
    cell: ({ share }) => percent(share),
  },
  discrimination: {
    title: { zh: "区分度", en: "discr." },
    align: "right",
    drop: 1,
    cell: ({ discrimination: r }) => (r === null ? "—" : fixed(r, 2)),
  },
  interval: {
    title: { zh: "95% 区间", en: "95% interval" },
    drop: 3,
    cell: ({ discrimination_interval: bounds }) =>
      bounds === null ? "—" : `${fixed(bounds.low, 2)}…${fixed(bounds.high, 2)}`,
  },
  gold: { title: { zh: "标准", en: "gold" }, shrink: 6, cell: ({ gold }) => gold },
  chosen: {
    title: { zh: "各答案（✓ 为标准）", en: "answers given (✓ gold)" },
    shrink: 12,
    cell: chosenText,
  },
  dead: {
    title: { zh: "全对全错", en: "dead" },
    cell: ({ dead }, lang) => (dead === null ? "" : deadWords[dead][lang]),
  },
  doubt: {
    title: { zh: "存疑", en: "doubt" },
    align: "right",
    cell: ({ doubt }) => percent(doubt?.probability ?? null),
  },
  instead: {
    title: { zh: "或应为", en: "perhaps" },
    shrink: 6,
    cell: ({ doubt }, lang) =>
      doubt === null ? "" : (doubt.answer ?? (lang === "zh" ? "（别的）" : "(another)")),
  },
  supporters: {
    title: { zh: "支持", en: "models" },
    align: "right",
    cell: ({ doubt }) => (doubt === null ? "" : `${doubt.models}/${doubt.of}`),
  },
  targets: {
    title: { zh: "给出它的目标（强者在前）", en: "who (strongest first)" },
    drop: 2,
    cell: (each) => truncate(targetsText(each), 24),
  },
} as const satisfies Readonly<Record<string, ItemColumn>>;

/** Some items in some columns. */
export const itemTable = (
  columns: readonly ItemColumn[],
  items: readonly ItemStatistics[],
  lang: Lang,
): Table => ({
  columns: columns.map((column) => ({ ...column, title: column.title[lang] })),
  rows: items.map((item) => columns.map(({ cell }) => clean(cell(item, lang), 400))),
});

/** Every item with every figure, nothing cut short, for CSV. */
export const wholeTable = ({ items }: ItemAnalysis, lang: Lang): Table =>
  itemTable(wholeColumns, items, lang);

const wholeColumns: readonly ItemColumn[] = [
  { ...itemColumns.item, cell: nameOf },
  { title: { zh: "维度", en: "dimension" }, cell: ({ dimension }) => dimension.join("/") },
  { ...itemColumns.question, cell: ({ question }) => question },
  itemColumns.answers,
  itemColumns.share,
  itemColumns.discrimination,
  itemColumns.interval,
  itemColumns.gold,
  itemColumns.chosen,
  itemColumns.dead,
  itemColumns.doubt,
  itemColumns.instead,
  itemColumns.supporters,
  { ...itemColumns.targets, cell: targetsText },
  { title: { zh: "题面摘要", en: "prompt digest" }, cell: ({ ask_digest }) => ask_digest },
  { title: { zh: "答案摘要", en: "gold digest" }, cell: ({ gold_digest }) => gold_digest },
];

const deadWords = {
  all_right: { zh: "全对", en: "all right" },
  all_wrong: { zh: "全错", en: "all wrong" },
} as const satisfies Readonly<Record<string, Text>>;

/** The item's key; of several items under one id, the later ones have a number. */
function nameOf({ item, version }: ItemStatistics): string {
  return version === 1 ? clean(item) : `${clean(item)} (${version})`;
}

/** The end of a name says which item it is. */
const tail = (name: string): string =>
  widthOf(name) <= mostName ? name : `…${name.slice(1 - mostName)}`;

const mostName = 34;

function targetsText({ doubt }: ItemStatistics): string {
  return doubt?.targets.map((target) => clean(target)).join(" ") ?? "";
}

/** `A 3 · B✓ 12 · C 0 · ? 1` */
function chosenText({ chosen, others, unknown }: ItemStatistics): string {
  const parts = chosen.map(
    ({ answer, count, gold }) =>
      `${answer === "" ? "—" : clean(answer, 40)}${gold ? "✓" : ""} ${count}`,
  );
  if (others > 0) parts.push(`… ${others}`);
  if (unknown > 0) parts.push(`? ${unknown}`);
  return parts.join(" · ");
}
