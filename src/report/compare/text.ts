import type { Lang, Text } from "../../domain/text.ts";
import type { Table } from "../render/table.ts";
import type { Comparison } from "./comparison.ts";
import type { FlipText } from "./flips.ts";
import type { TargetMatch } from "./match-targets.ts";
import type { RedLineTexts } from "./red-lines.ts";
import type { ComparedSides } from "./sides.ts";
import type { ComparedSlices } from "./slices.ts";

import { colon } from "../../domain/text.ts";
import { inCompare, swaySentence } from "../leaderboard/notes/sway-text.ts";
import { wrapTyped } from "../render/as-typed.ts";
import { clean, fixed, points, pText, signed } from "../render/format.ts";
import { markdownHeading, markdownLine, markdownList, renderMarkdown } from "../render/markdown.ts";
import { plain } from "../render/plain.ts";
import { columnsThatFit, renderTerminal, terminalLines } from "../render/terminal.ts";
import { flipLines, mostInMarkdown } from "./flips-text.ts";
import { differenceNotes } from "./notes/difference-notes.ts";
import { ratioNote, ratioTable } from "./ratio-text.ts";
import { redLineConclusion, redLineContext } from "./red-lines.ts";
import { sideLines } from "./sides.ts";
import { sliceDifferenceSections } from "./slices.ts";
import { type ComparedNode, type DifferenceVerdict, isUndecided } from "./verdict.ts";

/** A comparison together with what only the run files can tell. */
export type ShownComparison = {
  readonly comparison: Comparison;
  readonly runs: { readonly base: string; readonly new: string };
  readonly match: TargetMatch;
  readonly sides: ComparedSides;
  readonly red_lines: RedLineTexts;
  /** What `--by` names; empty without it. */
  readonly slices: readonly ComparedSlices[];
  readonly lost: readonly FlipText[];
  readonly won: readonly FlipText[];
};

export type CompareRender = {
  readonly lang: Lang;
  readonly width?: number;
  /** Breaks sentences that are longer than the terminal between words; without it they stay on one line. */
  readonly wrapped?: boolean;
  /** Flips shown in each direction. */
  readonly flips?: number;
};

export const verdictTexts: Readonly<Record<DifferenceVerdict, Text>> = {
  better: { zh: "变好", en: "better" },
  worse: { zh: "变差", en: "worse" },
  tied: { zh: "持平", en: "tied" },
  "not enough data": { zh: "数据不足", en: "not enough data" },
  "too few items": { zh: "题数不足", en: "too few items" },
};

/** The verdict in a sentence or two. */
export function comparisonConclusion(
  { targets, total, margin, refused, paired, same_answers, red_lines, suites }: Comparison,
  lang: Lang,
): string {
  const zh = lang === "zh";
  const name =
    targets.base === targets.new
      ? clean(targets.new)
      : `${clean(targets.base)} → ${clean(targets.new)}`;
  if (total.delta === null) {
    return zh ? `${name}：没有可比的题目。` : `${name}: nothing can be compared.`;
  }
  if (same_answers.self) {
    const self = zh
      ? `${name}：两侧是同一份回答，是文件和它自己比，得不出任何结论。`
      : `${name}: both sides are the same answers, a file compared with itself: nothing follows.`;
    return `${self}${redLineConclusion(red_lines, lang)}`;
  }
  const isStill = total.lost === 0 && total.won === 0 && total.delta === 0;
  const forced = refused ? (zh ? "（强行比较）" : " (forced)") : "";
  const how = paired ? "" : zh ? "（不配对）" : " (unpaired)";
  const delta = `${signed(total.delta)}${zh ? " 分" : " points"}${intervalText(total, lang)}`;
  const said =
    paired && isStill && isUndecided(total.verdict)
      ? still[lang](String(total.n), delta, fixed(margin * 100, 1))
      : verdictSentences[total.verdict][lang](delta, fixed(margin * 100, 1));
  return `${name}${forced}${how}${colon[lang]}${said}${swaySentence(suites, inCompare, lang)}${redLineConclusion(red_lines, lang)}`;
}

const verdictSentences: Readonly<
  Record<DifferenceVerdict, Record<Lang, (delta: string, margin: string) => string>>
> = {
  better: {
    zh: (delta) => `变好，${delta}。`,
    en: (delta) => `better, ${delta}.`,
  },
  worse: {
    zh: (delta) => `变差，${delta}。`,
    en: (delta) => `worse, ${delta}.`,
  },
  tied: {
    zh: (delta, margin) => `持平：${delta}，在 ±${margin} 分以内。`,
    en: (delta, margin) => `tied: ${delta}, within ±${margin}.`,
  },
  "not enough data": {
    zh: (delta, margin) =>
      `差别不确定：${delta}；数据不足，既不能说变了，也不能说相差在 ±${margin} 分以内。`,
    en: (delta, margin) =>
      `the difference is uncertain: ${delta}; not enough data to show a change, or a tie within ±${margin}.`,
  },
  "too few items": {
    zh: (delta) => `差别不确定：${delta}；有变化的题太少，无论结果如何都不足以下结论。`,
    en: (delta) =>
      `the difference is uncertain: ${delta}; so few items changed that no result could have shown anything.`,
  },
};

/** Nothing changed among these items, which is not yet a tie: with so few, a change elsewhere would not have shown. */
const still: Record<Lang, (n: string, delta: string, margin: string) => string> = {
  zh: (n, delta, margin) =>
    `没有看出差别：${n} 题里没有一题由对变错或由错变对，${delta}；题太少，还不能断定相差在 ±${margin} 分以内。`,
  en: (n, delta, margin) =>
    `no difference was seen: none of ${n} items became right or wrong, ${delta}; too few to say that it is within ±${margin}.`,
};

/** The interval, with the p that decides whether there is a change: beside it the interval may end at 0. A tie needs none. */
function intervalText(
  { interval, p, delta, verdict }: Pick<ComparedNode, "interval" | "p" | "delta" | "verdict">,
  lang: Lang,
): string {
  if (interval === null) return "";
  const [word, then] = lang === "zh" ? ["95% 区间", "；"] : ["95% interval", "; "];
  const decides = p !== null && delta !== 0 && verdict !== "tied";
  const chance = decides ? `${then}p ${pText(p)}` : "";
  return ` (${word} ${signed(interval.low)}…${signed(interval.high)}${chance})`;
}

/** The whole comparison for a terminal. */
export function comparisonTerminal(shown: ShownComparison, options: CompareRender): string {
  const { lang, width = Number.POSITIVE_INFINITY, wrapped = false, flips = 5 } = options;
  const { comparison } = shown;
  const told = [comparisonConclusion(comparison, lang), "", ...contextLines(shown, lang)];
  const [differences, ratios] = [differenceTable(comparison, lang), ratioTable(comparison, lang)];
  const sentences = (lines: readonly string[]): string =>
    wrapped
      ? lines.flatMap((line) => wrapTyped(plain(line), width)).join("\n")
      : terminalLines(lines);
  const explained = differenceNotes(comparison, lang);
  const notes = [
    ...ratioNote(comparison, lang),
    ...hiddenColumns([differences, ratios], width, lang),
  ];
  return [
    sentences(told),
    "",
    renderTerminal(differences, width),
    ...(explained.length === 0 ? [] : [sentences(explained)]),
    "",
    renderTerminal(ratios, width),
    "",
    ...(notes.length === 0 ? [] : [sentences(notes), ""]),
    ...sliceDifferenceSections(shown.slices, lang).flatMap(({ title, table, notes }) => [
      terminalLines([title]),
      renderTerminal(table, width),
      ...(notes.length === 0 ? [] : [terminalLines(notes)]),
      "",
    ]),
    terminalLines(flipLines(shown, lang, flips, width === Number.POSITIVE_INFINITY ? 200 : width)),
  ].join("\n");
}

/** Which columns a terminal has no room for, in the words of the leaderboard. */
function hiddenColumns(tables: readonly Table[], width: number, lang: Lang): readonly string[] {
  const titles = tables.flatMap((table) => {
    const shown = new Set(columnsThatFit(table, width));
    return table.columns.flatMap(({ title }, index) => (shown.has(index) ? [] : [title]));
  });
  const names = [...new Set(titles)];
  if (names.length === 0) return [];
  return lang === "zh"
    ? [`另有 ${names.length} 列放不下（${names.join("、")}），拉宽窗口或加 --format md 可见`]
    : [`${names.length} more columns (${names.join(", ")}) in a wider window or with --format md`];
}

/** The same as Markdown, with more of the flips. */
export function comparisonMarkdown(
  shown: ShownComparison,
  { lang, flips = mostInMarkdown }: CompareRender,
): string {
  const { comparison } = shown;
  return [
    markdownHeading(comparisonConclusion(comparison, lang)),
    "",
    ...markdownList(contextLines(shown, lang)),
    "",
    renderMarkdown(differenceTable(comparison, lang)),
    "",
    ...differenceNotes(comparison, lang).flatMap((note) => [markdownLine(note), ""]),
    renderMarkdown(ratioTable(comparison, lang)),
    "",
    ...ratioNote(comparison, lang).flatMap((note) => [markdownLine(note), ""]),
    ...sliceDifferenceSections(shown.slices, lang).flatMap(({ title, table, notes }) => [
      markdownLine(title),
      "",
      renderMarkdown(table),
      "",
      ...notes.flatMap((note) => [markdownLine(note), ""]),
    ]),
    ...flipLines(shown, lang, flips, 400).map(markdownLine),
    "",
  ].join("\n");
}

/** What was compared, what speaks against comparing it, and how much of each side was used. */
export function contextLines(
  { comparison, runs, match, sides, red_lines }: ShownComparison,
  lang: Lang,
): readonly string[] {
  const zh = lang === "zh";
  const { findings, coverage } = comparison;
  const alone = [
    ...match.only_base.map((name) =>
      zh ? `${clean(name)} 只在基准中` : `${clean(name)} only in the base`,
    ),
    ...match.only_new.map((name) =>
      zh ? `${clean(name)} 只在新的一侧` : `${clean(name)} only in the new run`,
    ),
  ];
  return [
    zh ? `基准 ${runs.base}，新 ${runs.new}` : `base ${runs.base}, new ${runs.new}`,
    ...findings.map(({ level, message }) => `${level === "refuse" ? "✗" : "!"} ${message[lang]}`),
    ...redLineContext(comparison.red_lines, red_lines, lang).map((line) => `! ${line}`),
    ...alone.map((line) => `! ${line}`),
    zh
      ? `覆盖：基准 ${coverage.base} 次作答，新 ${coverage.new} 次作答，共有 ${coverage.common}，可比 ${coverage.compared}；未计分：基准 ${coverage.base_not_counted}，新 ${coverage.new_not_counted}`
      : `coverage: base ${coverage.base} answers, new ${coverage.new}, common ${coverage.common}, compared ${coverage.compared}; not counted: base ${coverage.base_not_counted}, new ${coverage.new_not_counted}`,
    ...sideLines(sides, comparison, lang),
  ];
}

const placeText = ({ kind, path }: ComparedNode, lang: Lang): string => {
  if (kind === "total") return lang === "zh" ? "总分" : "Total";
  return kind === "suite"
    ? `[${clean(path[0] ?? "")}]`
    : `${"　".repeat(path.length - 1)}${clean(path.at(-1) ?? "")}`;
};

export function differenceTable({ total, parts, paired }: Comparison, lang: Lang): Table {
  const zh = lang === "zh";
  const right = "right" as const;
  const flips = paired ? [{ title: zh ? "对→错/错→对" : "Lost/won", align: right, drop: 3 }] : [];
  return {
    columns: [
      { title: zh ? "维度" : "Dimension", shrink: 10 },
      { title: zh ? "题数" : "n", align: right },
      { title: zh ? "基准" : "Base", align: right, drop: 4 },
      { title: zh ? "新" : "New", align: right, drop: 4 },
      { title: zh ? "差 (95% 区间)" : "Δ (95% interval)", align: right },
      { title: zh ? "p (Holm)" : "p (Holm)", align: right, drop: 2 },
      ...flips,
      { title: zh ? "可测最小差" : "Detectable difference", align: right, drop: 5 },
      { title: zh ? "判断" : "Verdict" },
    ],
    rows: [total, ...parts].map((node) => [
      placeText(node, lang),
      String(node.n),
      points(node.base),
      points(node.new),
      node.delta === null ? "—" : `${signed(node.delta)}${boundsText(node)}`,
      pText(node.kind === "total" ? node.p : node.p_adjusted),
      ...(paired ? [`${node.lost}/${node.won}`] : []),
      detectableText(node),
      verdictTexts[node.verdict][lang],
    ]),
  };
}

const boundsText = ({ interval }: ComparedNode): string =>
  interval === null ? "" : ` (${signed(interval.low)}…${signed(interval.high)})`;

const detectableText = ({ detectable }: ComparedNode): string =>
  detectable !== null && detectable > 1 ? ">100" : points(detectable);
