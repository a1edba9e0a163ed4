import { join } from "node:path";

import ExcelJS from "exceljs";
import { beforeAll, describe, expect, test } from "vitest";

import type { Report } from "../page/report.ts";

import { command as exportRun } from "../../cli/commands/export-run.ts";
import { command as leaderboard } from "../../cli/commands/leaderboard.ts";
import { command as report } from "../../cli/commands/report.ts";
import { newFolder, runCommand, writeRun } from "../../cli/testing/command-context.ts";
import { points } from "../render/format.ts";
import { figureRuns } from "../testing/figure-runs.ts";
import { readWord, rowsOf, type WordTable } from "./testing/read-paper.ts";

type Json = {
  readonly targets: readonly {
    readonly target: string;
    readonly score: { readonly value: number | null };
  }[];
};

/** The numbers and words of cells, however they are parted into columns. */
const wordsIn = (cells: readonly string[]): readonly string[] =>
  cells
    .join(" ")
    .split(/[\s()–/]+/)
    .filter((word) => word !== "" && word !== "—");

/** The parts of a table that was too wide for a page, put together again. */
function wholeTable(tables: readonly WordTable[], name: string, keys: number) {
  const parts = tables.filter(({ caption }) => caption.replace(/（续）$/, "").endsWith(name));
  const [first, ...rest] = parts;
  return (first?.rows ?? []).map((row, at) => [
    ...row,
    ...rest.flatMap(({ rows }) => (rows[at] ?? []).slice(keys)),
  ]);
}

describe.each(Object.entries(figureRuns))("a run: %s", (_, lines) => {
  const folder = newFolder();
  const bookOf = () => new ExcelJS.Workbook().xlsx.readFile(join(folder, "p.xlsx"));
  beforeAll(async () => {
    writeRun(folder, "run.jsonl", lines);
    for (const out of ["p.xlsx", "p.docx"])
      expect((await runCommand(exportRun, folder, ["run.jsonl"], { out })).error).toBe(null);
  });

  test("terminal, JSON, page, workbook and Word report say the same figures", async () => {
    const said = async (flags: Readonly<Record<string, string | boolean>>) =>
      (await runCommand(leaderboard, folder, ["run.jsonl"], flags)).text;
    const page = JSON.parse(
      (await runCommand(report, folder, ["run.jsonl"], { format: "json" })).text,
    ) as Report;
    const json = JSON.parse(await said({ format: "json" })) as Json;
    const terminal = (await said({ wide: true })).split("\n");
    const book = await bookOf();
    const { text, tables } = await readWord(join(folder, "p.docx"));

    const { rows } = page.board.zh;
    const sheet = rowsOf(book, "总表").slice(2);
    const word = wholeTable(tables, "总表", 2).slice(1);
    expect([rows.length, sheet.length, word.length]).toEqual([3, 3, 3]);
    for (const [at, cells] of rows.entries()) {
      const line = terminal.filter((each) => cells.every((cell) => each.includes(cell)));
      expect(line).toHaveLength(1);
      // Behind the table stand the target's number and its score from the replies.
      expect(wordsIn((sheet[at] ?? []).slice(0, -2))).toEqual(wordsIn(cells));
      expect(wordsIn(word[at] ?? [])).toEqual(wordsIn(cells));
      const { target, score } = json.targets[at] ?? { target: "", score: { value: null } };
      expect(cells[1]).toContain(target);
      expect(sheet[at]?.at(-1)).toBe(points(score.value, page.decimals));
      expect(cells.join(" ")).toContain(points(score.value, page.decimals));
    }
    expect(text).toContain(page.conclusion.zh);
    expect(rowsOf(book, "结论").flat()).toContain(page.conclusion.zh);

    const shown = page.heat.flatMap(({ cells, tasks }) => [
      cells,
      ...tasks.map((each) => each.cells),
    ]);
    expect(
      rowsOf(book, "维度")
        .slice(2)
        .map((row) => row.slice(1)),
    ).toEqual(shown.map((cells) => cells.map(({ value }) => points(value, page.decimals))));
    const inWord = new Set(
      wholeTable(tables, "分维度效果分", 1).map(
        // What a target lacks stands behind its score.
        ([name = "", ...cells]) =>
          `${name.trim()} ${cells.map((cell) => cell.replace(/ \[.*\]$/, "")).join(" ")}`,
      ),
    );
    for (const { path, cells } of page.heat) {
      const scores = cells.map(({ value }) => points(value, page.decimals)).join(" ");
      expect([...inWord].join("\n")).toContain(`${path.at(-1)} ${scores}`);
    }
  });

  test("formulas find the scores again, and sums add up", async () => {
    const book = await bookOf();
    const board = book.getWorksheet("总表");
    const answers = book.getWorksheet("题目与作答");
    const products = new Map<number, number[]>();
    answers?.eachRow((row, at) => {
      if (at < 3) return;
      const value = row.getCell(15).result;
      const target = Number(row.getCell(1).value);
      if (typeof value === "number") products.set(target, [...(products.get(target) ?? []), value]);
    });
    for (const target of [1, 2, 3]) {
      const row = board?.getRow(target + 2);
      const cell = row?.getCell(row.cellCount);
      const own = products.get(target) ?? [];
      const mean = own.reduce((a, b) => a + b, 0) / own.length;
      expect(mean * 100).toBeCloseTo(Number(cell?.result), 9);
      expect(cell?.formula).toMatch(/^AVERAGEIFS\('题目与作答'!\$O\$3:\$O\$\d+,/);
    }
    for (const name of ["合计", "失败"]) {
      const sums = rowsOf(book, name).find(([first]) => first === "合计") ?? [];
      const numbers = sums.slice(1).map((each) => Number(each.replaceAll(",", "")));
      const all = numbers.at(-1);
      expect(all).toBe(numbers.slice(0, -1).reduce((a, b) => a + b, 0));
      expect(all).toBe((answers?.rowCount ?? 0) - 2);
    }
  });
});
