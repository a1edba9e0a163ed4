import { basename } from "node:path";

import type { ImportedRow, Output } from "./importer.ts";

import { UserError } from "../domain/text.ts";
import { csvRecords } from "../files/csv.ts";
import { decodedText } from "../files/decode.ts";
import { lineLimit } from "../files/line-limit.ts";
import { outputsOf } from "./convert.ts";
import { needText, rowId, textField, toId } from "./fields.ts";
import { goldLetters } from "./gold.ts";
import { choiceHead } from "./heads.ts";
import { SkipRow } from "./importer.ts";

/** Four-option questions of one subject in a CSV, whose columns are found by name, in upper or lower case. */
export async function* csvQuestions(
  file: string,
  nameOf: (name: string) => { readonly set: string; readonly subject: string },
): AsyncGenerator<ImportedRow> {
  const { set, subject } = nameOf(basename(file).replace(/\.csv$/i, ""));
  const task = choiceHead({
    id: toId(subject) ?? "subject",
    title: subject,
    dimension: [set, subject],
  });
  const records = csvRecords(decodedText(file, lineLimit()));
  const first = await records.next();
  const header =
    first.done === true || "problem" in first.value
      ? []
      : first.value.cells.map((cell) => cell.trim().toLowerCase());
  if (!header.includes("question")) throw noQuestion(file);
  for await (const record of records) {
    const row = record.line;
    if ("problem" in record) {
      yield { row, outputs: [{ skip: record.problem }] };
      continue;
    }
    const { cells } = record;
    yield {
      row,
      outputs: outputsOf(() => {
        if (cells.length !== header.length) throw ragged(cells.length, header.length);
        const named = Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ""]));
        return [question(named, row, task)];
      }),
    };
  }
}

function question(
  cells: Readonly<Record<string, string>>,
  row: number,
  task: ReturnType<typeof choiceHead>,
): Output {
  const letters = ["A", "B", "C", "D", "E"].filter(
    (letter) => textField(cells, letter.toLowerCase()) !== null,
  );
  const options = Object.fromEntries(
    letters.map((letter) => [letter, needText(cells, letter.toLowerCase())]),
  );
  if (letters.length < 2) throw new SkipRow("选项不足两个", "fewer than two options");
  const id = toId(textField(cells, "id")) ?? rowId(row);
  const answer = goldLetters(textField(cells, "answer"), options, null);
  return { task, item: { id, question: needText(cells, "question"), options, answer } };
}

const ragged = (n: number, of: number): SkipRow =>
  new SkipRow(`有 ${n} 个单元格，表头有 ${of} 列`, `${n} cells, but the header has ${of} columns`);

const noQuestion = (file: string): UserError =>
  new UserError({
    zh: `${file}：表头里没有 question 列`,
    en: `${file}: the header has no question column`,
  });
