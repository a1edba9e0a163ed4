import type { Lang, Text } from "../../domain/text.ts";
import type { PaperPart } from "../export/format.ts";
import type { ReportSection } from "../page/sections/section.ts";
import type { Table } from "../render/table.ts";
import type { Bars, PaperBlock, Chapter, ChapterId } from "./blocks.ts";
import type { Paper } from "./paper.ts";

import { dimensionTable } from "../leaderboard/text.ts";
import { definitions } from "../method/definitions.ts";
import { formulaTable } from "../method/formulas.ts";
import {
  priceTable,
  priceTableTitle,
  settingsOf,
  suiteTable,
  suiteTableTitle,
} from "../method/tables.ts";
import { amountText, clean, points, seconds } from "../render/format.ts";
import { chapterTitles, heading, notice, says, tabled } from "./blocks.ts";
import { limitsOf } from "./limits.ts";
import { numberCell } from "./numbers.ts";
import { factsOf, simulatedNotice } from "./paper.ts";
import { recordBlocks, sampleBlocks } from "./samples.ts";

/** A report as chapters, the conclusion first. Chapters without anything to say are left out. */
export async function chaptersOf(paper: Paper): Promise<readonly Chapter[]> {
  const { lang } = paper;
  const blocks: Readonly<Record<ChapterId, readonly PaperBlock[]>> = {
    conclusion: conclusionBlocks(paper),
    candidates: candidateBlocks(paper),
    suites: suiteBlocks(paper),
    method: methodBlocks(paper),
    scores: scoreBlocks(paper),
    performance: performanceBlocks(paper),
    cost: costBlocks(paper),
    safety: sectionBlocks(paper, "safety"),
    clauses: partBlocks(paper.parts, lang),
    failures: sectionBlocks(paper, "failures"),
    limits: limitsOf(paper).map(says),
    samples: await sampleBlocks(paper),
    items: sectionBlocks(paper, "items"),
    records: recordBlocks(paper),
    signatures: [{ kind: "signatures" }],
  };
  return (Object.keys(chapterTitles) as ChapterId[]).flatMap((id) =>
    blocks[id].length === 0 ? [] : [{ id, title: chapterTitles[id][lang], blocks: blocks[id] }],
  );
}

function conclusionBlocks({ lang, made }: Paper): readonly PaperBlock[] {
  const { report } = made;
  const say = (zh: string, en: string): string => ({ zh, en })[lang];
  return [
    ...(report.simulated ? [notice(simulatedNotice[lang])] : []),
    says(report.conclusion[lang]),
    ...report.comparisons.map(({ conclusion }) => says(conclusion[lang])),
    ...tabled(say("结果一览", "Results at a glance"), glance(report.board[lang])),
    ...(report.notes.length === 0
      ? []
      : [heading(say("看这些数之前要知道", "Before these figures are trusted"))]),
    ...report.notes.map((note) => says(note[lang])),
  ];
}

/** Rank, model, score, coverage and cost, as far as the table has them. */
function glance({ columns, rows }: Table): Table {
  const wanted = [
    /^(排名|Rank)$/,
    /^(模型|Model)$/,
    /^(效果分|Score)/,
    /^(名次范围|Rank range)$/,
    /^(覆盖率|Coverage)$/,
    /^(首字延迟 p50|TTFT p50)/,
    /^(元\/千次|CNY\/1k calls)$/,
  ];
  const kept = wanted
    .map((pattern) => columns.findIndex(({ title }) => pattern.test(title)))
    .filter((at) => at >= 0);
  return {
    columns: kept.flatMap((at) => columns[at] ?? []),
    rows: rows.map((row) => kept.map((at) => row[at] ?? "")),
  };
}

function candidateBlocks(paper: Paper): readonly PaperBlock[] {
  const { lang, made } = paper;
  const { runs, targets } = made.report;
  const say = (zh: string, en: string): string => ({ zh, en })[lang];
  const entries = new Map(runs.flatMap((run) => run.targets.map((each) => [each.ref, each])));
  const filledIn = say("（用户填写）", "(to be filled in)");
  return [
    ...tabled(say("候选目标", "Candidates"), {
      columns: [
        { title: say("模型", "Model") },
        { title: say("机构", "Vendor") },
        { title: say("请求的模型", "Model asked") },
        { title: say("返回的模型", "Model returned") },
        { title: say("协议与地址", "Protocol and address") },
        { title: say("备案号", "Filing number") },
      ],
      rows: targets.map(({ target, name, models_returned, baseline }) => {
        const entry = entries.get(target);
        const returned = models_returned.map(({ id }) => clean(id));
        return [
          name[lang],
          clean(entry?.vendor[lang] ?? "—"),
          clean(entry?.model ?? "—"),
          returned.length === 0 ? "—" : returned.join("、"),
          entry === undefined || baseline ? "—" : `${entry.protocol} ${clean(entry.base_url)}`,
          baseline ? "—" : filledIn,
        ];
      }),
    }),
    ...targets.flatMap(({ name, mismatch }) =>
      mismatch === null ? [] : [says(`${name[lang]}${say("：", ": ")}${mismatch[lang]}`)],
    ),
    says(
      say(
        "备案号、部署方式、授权等由用户填写，评测工具没有核实。",
        "Filing numbers, deployment and licences are the user's to fill in; the tool did not check them.",
      ),
    ),
  ];
}

function suiteBlocks({ lang, made }: Paper): readonly PaperBlock[] {
  const say = (zh: string, en: string): string => ({ zh, en })[lang];
  const { heat, runs } = made.report;
  return [
    ...tabled(suiteTableTitle[lang], suiteTable(runs, lang)),
    ...tabled(say("题目分布", "Items by dimension"), {
      columns: [
        { title: say("维度", "Dimension") },
        { title: say("任务", "Task") },
        { title: say("计分的题（第一个目标）", "Items that count (first target)"), align: "right" },
      ],
      rows: heat.flatMap(({ path, tasks }) =>
        tasks.map(({ suite, task, cells }) => [
          path.map((each) => clean(each)).join(" / "),
          `${clean(suite)}/${clean(task)}`,
          String(cells[0]?.n ?? 0),
        ]),
      ),
    }),
  ];
}

function methodBlocks(paper: Paper): readonly PaperBlock[] {
  const { lang, made } = paper;
  const { runs, ends } = made.report;
  const say = (zh: string, en: string): string => ({ zh, en })[lang];
  return [
    ...definitions.map(({ name, text }) => says(`${name[lang]}${say("：", ": ")}${text[lang]}`)),
    ...tabled(
      say("公式、分母与无效样本处理", "Formulas, denominators, invalid samples"),
      formulaTable(lang),
    ),
    ...sectionBlocks(paper, "judges"),
    ...sectionBlocks(paper, "people"),
    ...runs.flatMap((run, at) =>
      tabled(`${say("运行设置", "Settings of run")} ${run.id}`, {
        columns: [{ title: say("名称", "Name") }, { title: say("值", "Value") }],
        rows: settingsOf(run, ends[at] ?? null, lang),
      }),
    ),
  ];
}

function scoreBlocks(paper: Paper): readonly PaperBlock[] {
  const { lang, made } = paper;
  const { report, leaderboard } = made;
  const say = (zh: string, en: string): string => ({ zh, en })[lang];
  return [
    ...chart(say("效果分与 95% 区间", "Score with its 95% interval"), scoreBars(paper)),
    ...tabled(say("总表", "Table"), report.board[lang], 2),
    ...tabled(say("分维度效果分", "Scores by dimension"), dimensionTable(leaderboard, lang)),
    ...sectionBlocks(paper, "scores"),
    ...report.comparisons.flatMap(({ conclusion, difference }) => [
      says(conclusion[lang]),
      ...tabled(say("逐维度差异", "Differences by dimension"), difference[lang]),
    ]),
  ];
}

function performanceBlocks(paper: Paper): readonly PaperBlock[] {
  const { lang } = paper;
  const say = (zh: string, en: string): string => ({ zh, en })[lang];
  const caption = say("首字延迟中位数与 95% 区间", "Median TTFT with its 95% interval");
  return [...chart(caption, timeBars(paper)), ...sectionBlocks(paper, "latency")];
}

function costBlocks(paper: Paper): readonly PaperBlock[] {
  const { lang, made } = paper;
  const say = (zh: string, en: string): string => ({ zh, en })[lang];
  const currencies = ["CNY", "USD"] as const;
  return [
    ...currencies.flatMap((currency) =>
      chart(
        say(`每千次调用的费用（${currency}）`, `Cost of 1,000 calls (${currency})`),
        costBars(paper, currency),
      ),
    ),
    ...sectionBlocks(paper, "cost"),
    ...tabled(priceTableTitle[lang], priceTable(made.report.runs, lang)),
  ];
}

/** Tables and sentences of a view of the page. */
function sectionBlocks({ lang, made }: Paper, view: ReportSection["view"]): readonly PaperBlock[] {
  return partBlocks(
    made.report.sections.filter((section) => section.view === view),
    lang,
  );
}

function partBlocks(parts: readonly PaperPart[], lang: Lang): readonly PaperBlock[] {
  return parts.flatMap(({ title, table, brief = table, lines }) => [
    ...(brief === null ? [heading(title[lang])] : tabled(title[lang], brief[lang])),
    ...lines.map((line: Text) => says(line[lang])),
  ]);
}

/** One bar draws nothing that its number does not say. */
const chart = (caption: string, bars: Bars): readonly PaperBlock[] =>
  bars.values.filter(({ value }) => typeof value === "number").length < 2
    ? []
    : [{ kind: "chart", caption, bars }];

function scoreBars({ lang, made }: Paper): Bars {
  const { targets, decimals } = made.report;
  const bound = (value: number | undefined): number | null =>
    value === undefined ? null : Number(points(value, decimals));
  return {
    unit: { zh: "分", en: "points" }[lang],
    names: targets.map(({ name }) => name[lang]),
    values: targets.map(({ score }) => numberCell(points(score.value, decimals))),
    low: targets.map(({ score }) => bound(score.interval?.low)),
    high: targets.map(({ score }) => bound(score.interval?.high)),
    most: 100,
  };
}

function timeBars({ lang, made }: Paper): Bars {
  const targets = made.report.targets.filter(({ first_token_ms }) => first_token_ms !== null);
  const bound = (ms: number | null | undefined): number | null =>
    ms == null ? null : Number(seconds(ms));
  return {
    unit: { zh: "秒", en: "s" }[lang],
    names: targets.map(({ name }) => name[lang]),
    values: targets.map(({ first_token_ms }) => numberCell(seconds(first_token_ms?.value ?? null))),
    low: targets.map(({ first_token_ms }) => bound(first_token_ms?.low)),
    high: targets.map(({ first_token_ms }) => bound(first_token_ms?.high)),
    most: null,
  };
}

function costBars({ lang, made }: Paper, currency: "CNY" | "USD"): Bars {
  const targets = made.report.targets.filter(
    ({ cost_per_thousand }) => cost_per_thousand?.currency === currency,
  );
  const none = targets.map(() => null);
  return {
    unit: currency,
    names: targets.map(({ name }) => name[lang]),
    values: targets.map(({ cost_per_thousand }) =>
      numberCell(amountText(cost_per_thousand?.amount ?? 0)),
    ),
    low: none,
    high: none,
    most: null,
  };
}

/** The facts of the runs as a table, for a template. */
export const factTable = (paper: Paper): Table => ({
  columns: [
    { title: { zh: "项目", en: "Fact" }[paper.lang] },
    { title: { zh: "内容", en: "Content" }[paper.lang] },
  ],
  rows: factsOf(paper),
});
