import type { Lang, Text } from "../../../domain/text.ts";
import type { ExportedAnswer, ExportRow } from "../../export/columns.ts";
import type { ExportedRuns } from "../../export/format.ts";
import type { PaperCell } from "../numbers.ts";
import type { Paper } from "../paper.ts";

import { rowOf } from "../../export/columns.ts";
import { isMeanBoard } from "../../export/weights.ts";
import { foldedText, isFolded } from "../../render/folded.ts";
import { outcomeWords, verdictWords } from "../../render/words.ts";
import { generatedNotice, subjectOf } from "../paper.ts";
import { sheetNames } from "./sheet-names.ts";
import { addSheet, type PaperBook, columnName } from "./sheet.ts";

/** Rows that a sheet can hold at all. */
const mostRows = 1_048_576;
const firstRow = 3;

type AnswerColumn = {
  readonly id?: "target" | "value" | "weight" | "product";
  readonly title: Text;
  readonly width: number;
  readonly cell: (each: Answered) => PaperCell;
};

type Answered = {
  readonly row: ExportRow;
  readonly answer: ExportedAnswer;
  /** Place of the target in the table, from 1. */
  readonly target: number;
  /** Of the row in the sheet. */
  readonly number: number;
  readonly folded: boolean;
  readonly lang: Lang;
};

const text = (zh: string, en: string, width: number, name: string): AnswerColumn => ({
  title: { zh, en },
  width,
  cell: ({ row }) => ({ value: row[name] == null ? null : String(row[name]) }),
});

const number = (
  zh: string,
  en: string,
  name: string,
  { format = "#,##0", factor = 1, width = 10, id }: NumberOptions = {},
): AnswerColumn => ({
  ...(id === undefined ? {} : { id }),
  title: { zh, en },
  width,
  cell: ({ row }) => {
    const value = row[name];
    return typeof value === "number" && Number.isFinite(value)
      ? { value: value * factor, format }
      : { value: null };
  },
});

type NumberOptions = {
  readonly format?: string;
  readonly factor?: number;
  readonly width?: number;
  readonly id?: "value" | "weight";
};

const columns: readonly AnswerColumn[] = [
  {
    id: "target",
    title: { zh: "目标序号", en: "Target no." },
    width: 7,
    cell: ({ target }) => ({ value: target, format: "0" }),
  },
  text("模型", "Model", 22, "target"),
  text("题目", "Item", 24, "item"),
  text("维度", "Dimension", 16, "dimension"),
  text("难度", "Difficulty", 8, "difficulty"),
  text("问法", "Wording", 8, "wording"),
  number("重复", "Trial", "trial", { format: "0", width: 6 }),
  text("题面", "Question", 48, "prompt"),
  text("标准答案", "Gold", 24, "gold"),
  {
    title: { zh: "作答（人工智能生成）", en: "Reply (AI-generated)" },
    width: 60,
    cell: ({ row, folded, lang }) => {
      const reply = String(row["answer"] ?? "");
      return { value: folded ? foldedText(reply, lang) : reply };
    },
  },
  {
    title: { zh: "结果", en: "Outcome" },
    width: 9,
    cell: ({ answer, lang }) => ({ value: outcomeWords[answer.answer.outcome][lang] }),
  },
  {
    title: { zh: "判定", en: "Verdict" },
    width: 9,
    cell: ({ answer, lang }) => ({
      value: answer.verdict === null ? null : verdictWords[answer.verdict][lang],
    }),
  },
  number("得分", "Value", "value", { format: "0.0###", width: 8, id: "value" }),
  number("权重", "Weight", "weight", { format: "0.0000", width: 8, id: "weight" }),
  {
    id: "product",
    title: { zh: "得分 × 权重", en: "Value × weight" },
    width: 9,
    cell: ({ answer: { value, weight }, number: at }) =>
      value === null || weight === null
        ? { value: null }
        : {
            value: value * weight,
            format: "0.0000",
            formula: `${letterOf("value")}${at}*${letterOf("weight")}${at}`,
          },
  },
  {
    title: { zh: "读出的答案", en: "Answer read" },
    width: 16,
    cell: ({ answer: { score }, folded }) => ({
      value: folded ? null : (score?.extracted ?? null),
    }),
  },
  text("判分说明", "Why", 36, "why"),
  {
    title: { zh: "评分器与版本", en: "Grader and version" },
    width: 16,
    cell: ({ answer: { score } }) => ({
      value: score === null ? null : `${score.grader.id} ${score.grader.version}`,
    }),
  },
  {
    title: { zh: "人工裁定", en: "Ruled" },
    width: 8,
    cell: ({ answer, lang }) => ({ value: answer.ruled ? { zh: "是", en: "yes" }[lang] : null }),
  },
  number("首字延迟（秒）", "TTFT (s)", "first_token_ms", { format: "0.000", factor: 0.001 }),
  number("总耗时（秒）", "Total (s)", "total_ms", { format: "0.000", factor: 0.001 }),
  number("输入 tokens", "Input tokens", "input_tokens"),
  number("命中缓存", "Cached", "cached_input_tokens"),
  number("输出 tokens", "Output tokens", "output_tokens"),
  number("其中思考", "Reasoning", "reasoning_tokens"),
  number("费用", "Cost", "cost", { format: "0.00000000", width: 13 }),
  text("币种", "Currency", 7, "currency"),
  text("返回的模型", "Model returned", 22, "model_returned"),
  text("开始时间", "Started at", 24, "started_at"),
  text("运行", "Run", 24, "run"),
  text("记录键", "Key", 24, "key"),
];

const letterOf = (id: AnswerColumn["id"]): string =>
  columnName(columns.findIndex((column) => column.id === id) + 1);

/** The cells of a column of this sheet, as a formula names them; null where there is none, or no weights make the score. */
export function answerRange(
  { view, board }: ExportedRuns,
  lang: Lang,
  id: "target" | "product",
): string | null {
  const { length } = view.answerRows;
  // Where rows were left out, no formula could find the score again.
  if (length === 0 || length > mostRows - firstRow || (board !== null && !isMeanBoard(board)))
    return null;
  const letter = letterOf(id);
  const last = firstRow + length - 1;
  return `'${sheetNames.answers[lang]}'!$${letter}$${firstRow}:$${letter}$${last}`;
}

/** Every answer with its item. Replies to risk items are folded as on the page. */
export async function writeAnswers(
  book: PaperBook,
  paper: Paper,
  { most = mostRows }: { readonly most?: number } = {},
): Promise<void> {
  const { lang, made, runs, options } = paper;
  const places = new Map(made.report.targets.map(({ target }, at) => [target, at + 1]));
  const sheet = addSheet(book, {
    name: sheetNames.answers[lang],
    lang,
    widths: columns.map(({ width }) => width),
    frozen: { rows: 2, columns: 3 },
    header: `${subjectOf(paper)} · ${{ zh: "作答由人工智能生成", en: "replies are AI-generated" }[lang]}`,
  });
  sheet.line(generatedNotice[lang], "notice");
  sheet.head(columns.map(({ title }) => title[lang]));
  for await (const answer of runs.answers()) {
    if (options.signal.aborted) break;
    if (sheet.next() >= most) {
      const rest = runs.view.answerRows.length - (sheet.next() - firstRow);
      sheet.line(leftOut(rest)[lang], "notice");
      options.say(leftOut(rest));
      break;
    }
    const row = rowOf(answer);
    const folded = !options.unfold && answer.item !== null && isFolded(answer.item);
    const target = places.get(answer.answer.target) ?? 0;
    const each = { row, answer, target, number: sheet.next(), folded, lang };
    sheet.row(columns.map(({ cell }) => cell(each)));
  }
  await sheet.close();
}

const leftOut = (rest: number): Text => ({
  zh: `工作表最多 ${mostRows.toLocaleString("en-US")} 行，还有 ${rest.toLocaleString("en-US")} 条作答没有写进来；要全部作答请用 --to parquet`,
  en: `A sheet holds ${mostRows.toLocaleString("en-US")} rows: ${rest.toLocaleString("en-US")} replies are not in it; --to parquet writes them all`,
});
