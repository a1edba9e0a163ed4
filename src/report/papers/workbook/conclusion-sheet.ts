import type { Text } from "../../../domain/text.ts";
import type { Paper } from "../paper.ts";

import { factsOf, generatedNotice, paperTitle, simulatedNotice, subjectOf } from "../paper.ts";
import { sheetNames } from "./sheet-names.ts";
import { addSheet, type PaperBook } from "./sheet.ts";

/** What was found, what must be known before it is trusted, and what the workbook holds. */
export async function writeConclusion(book: PaperBook, paper: Paper): Promise<void> {
  const { lang, made } = paper;
  const { report } = made;
  const sheet = addSheet(book, {
    name: sheetNames.conclusion[lang],
    lang,
    widths: [26, 110],
    frozen: { rows: 1, columns: 0 },
    header: subjectOf(paper),
  });
  const heading = (zh: string, en: string): void => {
    sheet.blank();
    sheet.line({ zh, en }[lang], "heading");
  };
  sheet.line(`${paperTitle[lang]} · ${subjectOf(paper)}`, "title");
  if (report.simulated) sheet.line(simulatedNotice[lang], "notice");
  heading("结论", "Conclusion");
  sheet.line(report.conclusion[lang]);
  for (const { conclusion } of report.comparisons) sheet.line(conclusion[lang]);
  heading("看这些数之前要知道", "Before you trust these figures");
  for (const note of report.notes) sheet.line(note[lang]);
  heading("基本信息", "Facts");
  for (const [name, value] of factsOf(paper)) sheet.row([{ value: name }, { value }]);
  heading("本工作簿", "This workbook");
  sheet.line(generatedNotice[lang], "notice");
  for (const [id, name] of Object.entries(sheetNames))
    sheet.row([{ value: name[lang] }, { value: contents[id as keyof typeof contents][lang] }]);
  await sheet.close();
}

const contents: Readonly<Record<keyof typeof sheetNames, Text>> = {
  conclusion: { zh: "结论、须知、基本信息", en: "the conclusion, what must be known, facts" },
  board: {
    zh: "各目标一行：效果分与区间、覆盖率、延迟、费用；效果分由作答表用公式复算",
    en: "a row for each target: score with its interval, coverage, times, cost; the score made again from the replies by a formula",
  },
  sums: {
    zh: "判定计数与费用，带求和公式",
    en: "verdicts and costs with the formulas of their sums",
  },
  dimensions: { zh: "维度与任务的得分", en: "scores of dimensions and tasks" },
  cells: {
    zh: "同一批得分，未取整，带区间和题数",
    en: "the same unrounded, with intervals and items",
  },
  answers: {
    zh: "每次作答一行：题面、标准答案、作答、判定、得分、权重、用时、用量；风险题的作答折叠",
    en: "a row for each reply: question, gold, reply, verdict, value, weight, times, tokens; replies to risk items are folded",
  },
  failures: {
    zh: "调用怎样结束，原因与厂商原话",
    en: "how calls ended, and causes in the vendors' words",
  },
  method: {
    zh: "每个指标的公式与分母、设置、题集、单价与日期、版本",
    en: "formula and denominator of each figure, settings, suites, prices with their dates, versions",
  },
};
