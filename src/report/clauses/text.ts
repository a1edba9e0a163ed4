import type { Lang, Text } from "../../domain/text.ts";
import type { Column, Table } from "../render/table.ts";
import type { EvidenceLink, ResponseRow, ResponseTable, StateCounts } from "./response.ts";

import { colon } from "../../domain/text.ts";
import { clean, count } from "../render/format.ts";
import { renderMarkdown, markdownHeading, markdownList } from "../render/markdown.ts";
import { renderTerminal, terminalLines } from "../render/terminal.ts";
import { stateName } from "./respond.ts";

type Cell = (row: ResponseRow, lang: Lang) => string;
type ResponseColumn = {
  readonly title: Text;
  readonly cell: Cell;
  readonly column?: Omit<Column, "title">;
  /** Also in a terminal. */
  readonly narrow?: true;
};

const sign: Readonly<Record<ResponseRow["state"], string>> = {
  met: "✓",
  missed: "✗",
  open: "?",
  untested: "–",
};

const columns: readonly ResponseColumn[] = [
  {
    title: { zh: "条款", en: "Clause" },
    cell: ({ no }) => clean(no, 40),
    column: { width: 10 },
    narrow: true,
  },
  {
    title: { zh: "标", en: "Mark" },
    cell: ({ mark }) => mark ?? "",
    column: { width: 6 },
    narrow: true,
  },
  {
    title: { zh: "要求", en: "Requirement" },
    cell: ({ requirement }) => clean(requirement, 600),
    column: { width: 44, shrink: 12, drop: 3 },
    narrow: true,
  },
  {
    title: { zh: "指标", en: "Measure" },
    cell: ({ measure, scope, source }, lang) =>
      source === "user"
        ? { zh: "用户填写", en: "stated by the user" }[lang]
        : [measure?.name[lang], scope]
            .filter(Boolean)
            .map((each) => clean(String(each), 80))
            .join(" · "),
    column: { width: 24, shrink: 12, drop: 2 },
    narrow: true,
  },
  {
    title: { zh: "界限", en: "Bound" },
    cell: ({ bound_text }) => bound_text,
    column: { width: 14 },
    narrow: true,
  },
  {
    title: { zh: "实测", en: "Measured" },
    cell: ({ value_text }, lang) => clean(value_text[lang], 200),
    column: { width: 14, align: "right", shrink: 8 },
    narrow: true,
  },
  {
    title: { zh: "95% 区间", en: "95% interval" },
    cell: ({ interval_text }) => interval_text,
    column: { width: 20, drop: 1 },
    narrow: true,
  },
  {
    title: { zh: "分母 n", en: "n" },
    cell: ({ n, n_of }, lang) =>
      n === null ? "" : `${count(n, lang)} ${n_of?.[lang] ?? ""}`.trim(),
    column: { width: 14, align: "right", drop: 4 },
    narrow: true,
  },
  {
    title: { zh: "结论", en: "State" },
    cell: ({ state }, lang) => `${sign[state]} ${stateName(state)[lang]}`,
    column: { width: 10 },
    narrow: true,
  },
  {
    title: { zh: "公式", en: "Formula" },
    cell: ({ formula }, lang) => formula?.[lang] ?? "",
    column: { width: 36 },
  },
  {
    title: { zh: "无效样本", en: "Invalid" },
    cell: ({ invalid }) => (invalid === null ? "" : String(invalid)),
    column: { width: 9, align: "right" },
  },
  {
    title: { zh: "无效样本的处理", en: "How invalid samples count" },
    cell: ({ invalid_rule }, lang) => invalid_rule?.[lang] ?? "",
    column: { width: 36 },
  },
  {
    title: { zh: "证据", en: "Evidence" },
    cell: ({ evidence, user_evidence }) =>
      [
        ...evidence.map(linkText),
        ...(user_evidence === null ? [] : [clean(user_evidence, 200)]),
      ].join("；"),
    column: { width: 30 },
  },
  {
    title: { zh: "说明", en: "Remarks" },
    cell: ({ remarks }, lang) =>
      remarks.map((each) => clean(each[lang], 300)).join(lang === "zh" ? "；" : "; "),
    column: { width: 40 },
  },
];

const linkText = ({ file, view }: EvidenceLink): string =>
  `${clean(file, 200)}${view === null ? "" : ` ${view}`}`;

/** The table with all of its columns, or with those that a terminal shows. */
export function responseColumns({ rows }: ResponseTable, lang: Lang, narrow = false): Table {
  const shown = columns.filter((each) => !narrow || each.narrow === true);
  return {
    columns: shown.map(({ title, column }) => ({ title: title[lang], ...column })),
    rows: rows.map((row) => shown.map(({ cell }) => cell(row, lang))),
  };
}

/** What the table comes to, first what ★ clauses say. */
function responseConclusion(table: ResponseTable, lang: Lang): readonly string[] {
  const zh = lang === "zh";
  const { rows, counts, star_result } = table;
  const missed = rows.filter(({ mark, state }) => mark === "★" && state === "missed");
  const numbers = missed.map(({ no }) => clean(no, 40)).join(zh ? "、" : ", ");
  const waiting = counts.star.open + counts.star.untested;
  const star = {
    none: zh ? "没有 ★ 条款。" : "There is no ★ clause.",
    kept: zh ? `★ ${counts.star.all} 条全部满足。` : `All ${counts.star.all} ★ clauses are met.`,
    rejected: zh
      ? `★ ${countsText(counts.star, lang)}。有一条不满足即否决：${numbers}。`
      : `★ ${countsText(counts.star, lang)}. One miss rejects: ${numbers}.`,
    open: zh
      ? `★ ${countsText(counts.star, lang)}。没有一条不满足，但有 ${waiting} 条未断定或未测，还不能说通过。`
      : `★ ${countsText(counts.star, lang)}. None is missed, but ${waiting} are open or untested: it cannot be said that they are kept.`,
  };
  const users = rows.filter(({ source }) => source === "user").length;
  return [
    star[star_result],
    ...(counts.triangle.all === 0
      ? []
      : [
          `▲ ${countsText(counts.triangle, lang)}${zh ? `，不满足的计 ${counts.triangle.missed} 条。` : `; missed ones count: ${counts.triangle.missed}.`}`,
        ]),
    ...(counts.plain.all === 0
      ? []
      : [`${zh ? "其余 " : "Others: "}${countsText(counts.plain, lang)}${zh ? "。" : "."}`]),
    ...(users === 0
      ? []
      : [
          zh
            ? `其中 ${users} 条由用户填写，未核实。`
            : `${users} of them are stated by the user and checked by nobody.`,
        ]),
  ];
}

function countsText({ all, met, missed, open, untested }: StateCounts, lang: Lang): string {
  return lang === "zh"
    ? `${all} 条：满足 ${met}，不满足 ${missed}，未断定 ${open}，未测 ${untested}`
    : `${all}: ${met} met, ${missed} missed, ${open} open, ${untested} untested`;
}

const rule: Text = {
  zh: "判定：数值与整个 95% 区间都在界限以内，才算满足；都在以外，才算不满足；区间跨过界限，或只看了样本而没有区间，都是未断定。全数统计的（费用、覆盖率）只看数值。",
  en: "Rule: met where the value and its whole 95% interval keep the bound, missed where neither the value nor any of the interval does, open where the interval straddles the bound or a sample has none. What was counted in full (cost, coverage) is decided by the value.",
};

/** The notes below a table. */
const notesOf = ({ notes }: ResponseTable, lang: Lang): readonly string[] => [
  rule[lang],
  ...notes.map((each) => clean(each[lang], 300)),
];

const titleOf = ({ title, target, simulated }: ResponseTable, lang: Lang): string => {
  const head = { zh: "逐条响应表", en: "Answers clause by clause" }[lang];
  const mark = simulated ? { zh: "（模拟）", en: " (simulated)" }[lang] : "";
  return `${title === null ? "" : `${clean(title, 200)} · `}${head}${colon[lang]}${clean(target)}${mark}`;
};

/** For a terminal: the conclusion, the table, and why clauses are not met. */
export function responseText(table: ResponseTable, lang: Lang, width: number): string {
  const why = table.rows
    .filter(
      ({ state, remarks, source }) =>
        state !== "met" && source === "measured" && remarks.length > 0,
    )
    .map(
      ({ no, remarks }) =>
        `${clean(no, 40)}${colon[lang]}${remarks.map((each) => clean(each[lang], 300)).join(lang === "zh" ? "；" : "; ")}`,
    );
  return [
    terminalLines([titleOf(table, lang), ...responseConclusion(table, lang)]),
    renderTerminal(responseColumns(table, lang, true), width),
    terminalLines([...why, ...notesOf(table, lang)]),
  ].join("\n\n");
}

/** The whole table in Markdown. */
export const responseMarkdown = (table: ResponseTable, lang: Lang): string =>
  [
    markdownHeading(titleOf(table, lang)),
    markdownList(responseConclusion(table, lang)).join("\n"),
    renderMarkdown(responseColumns(table, lang)),
    markdownList(notesOf(table, lang)).join("\n"),
  ].join("\n\n");

/** What stands on the second sheet of a workbook, in both languages. */
export const responseGuide = (table: ResponseTable): readonly Text[] => {
  const both = (of: (lang: Lang) => readonly string[]): readonly Text[] => {
    const [zh, en] = [of("zh"), of("en")];
    return zh.map((text, at) => ({ zh: text, en: en[at] ?? "" }));
  };
  return [
    { zh: titleOf(table, "zh"), en: titleOf(table, "en") },
    ...both((lang) => responseConclusion(table, lang)),
    ...both((lang) => notesOf(table, lang)),
  ];
};
