import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import ExcelJS from "exceljs";
import { afterAll, describe, expect, test } from "vitest";

import type { RunFileLine } from "../src/domain/run-file/lines.ts";

import { command as exportRun } from "../src/cli/commands/export-run.ts";
import { command as leaderboard } from "../src/cli/commands/leaderboard.ts";
import { command as report } from "../src/cli/commands/report.ts";
import { runCommand, writeRun } from "../src/cli/testing/command-context.ts";
import { readWord, rowsOf } from "../src/report/papers/testing/read-paper.ts";
import { figureRuns } from "../src/report/testing/figure-runs.ts";
import { chromiumPath } from "./chromium.ts";
import { closeAll, openFile } from "./open-report.ts";
import { sampleRun } from "./sample-run.ts";

afterAll(closeAll);

const sizes = [
  { items: 8, right: [9, 9, 1] },
  { items: 24, right: [3, 6, 9] },
  { items: 40, right: [9, 6, 4] },
  { items: 60, right: [5, 5, 5] },
  { items: 130, right: [10, 0, 7] },
];
const runs: readonly (readonly [string, readonly RunFileLine[]])[] = [
  ...sizes.map((size) => [`${size.items} items`, sampleRun(size)] as const),
  ...Object.entries(figureRuns),
];

/** Numbers and words of cells, however they are parted into columns. */
const wordsIn = (cells: readonly string[]): readonly string[] =>
  cells
    .join(" ")
    .split(/[\s()–/]+/)
    .filter((word) => word !== "" && word !== "—");

type Json = {
  readonly targets: readonly {
    readonly target: string;
    readonly score: { readonly value: number | null };
  }[];
};

type Read = { readonly titles: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** Runs in the page: headings without their marks, and cells; a medal says itself in its label. */
const readTable = `({
  titles: [...document.querySelectorAll("thead th button")].map((each) => each.firstChild.textContent),
  rows: [...document.querySelectorAll("main tbody tr")].map((row) =>
    [...row.querySelectorAll("td")].map(
      (cell) => cell.querySelector("[role=img]")?.getAttribute("aria-label") ?? cell.textContent,
    ),
  ),
})`;

describe.skipIf(chromiumPath() === null)("page, terminal, JSON and papers say the same", () => {
  test.each(runs)("%s", async (_, lines) => {
    const folder = mkdtempSync(join(tmpdir(), "baimo-figures-"));
    writeRun(folder, "run.jsonl", lines);
    const said = async (flags: Readonly<Record<string, string | boolean>>) =>
      (await runCommand(leaderboard, folder, ["run.jsonl"], flags)).text;
    expect((await runCommand(report, folder, ["run.jsonl"])).error).toBe(null);
    const { page } = await openFile(join(folder, "run.html"));
    await page.getByText("选择列").click();
    for (const box of await page.locator(".menu-body input").all()) await box.check();
    const { titles, rows } = (await page.evaluate(readTable)) as Read;
    // The bars stand in a column of their own, without a text.
    const bars = titles.indexOf("95% 区间");
    const shown = rows.map((cells) => cells.filter((_, at) => at !== bars));
    const terminal = (await said({ wide: true })).split("\n");
    const json = JSON.parse(await said({ format: "json" })) as Json;
    for (const out of ["p.xlsx", "p.docx"])
      expect((await runCommand(exportRun, folder, ["run.jsonl"], { out })).error).toBe(null);
    const book = await new ExcelJS.Workbook().xlsx.readFile(join(folder, "p.xlsx"));
    const sheet = rowsOf(book, "总表").slice(2);
    const { tables } = await readWord(join(folder, "p.docx"));
    const word = tables.filter(({ caption }) => /总表(（续）)?$/.test(caption));
    for (const [at, cells] of shown.entries()) {
      // One line of the terminal's table holds all that the row holds.
      const best = terminal
        .map((line) => cells.filter((cell) => !line.includes(cell)))
        .toSorted((x, y) => x.length - y.length)[0];
      expect(best).toEqual([]);
      // Behind the workbook's table stand the target's number and its score from the replies.
      expect(wordsIn((sheet[at] ?? []).slice(0, -2)).slice(1)).toEqual(wordsIn(cells).slice(1));
      const inWord = word.flatMap(({ rows: own }, part) =>
        (own[at + 1] ?? []).slice(part === 0 ? 0 : 2),
      );
      expect(wordsIn(inWord).slice(1)).toEqual(wordsIn(cells).slice(1));
      const { target, score } = json.targets[at] ?? { target: "", score: { value: null } };
      expect(cells[1]).toContain(target);
      const place = titles
        .filter((_, column) => column !== bars)
        .findIndex((title) => title.startsWith("效果分"));
      expect(cells[place]).toContain(((score.value ?? 0) * 100).toFixed(1));
    }
    expect(terminal.join("\n")).toContain(await page.locator(".conclusion-text").innerText());
    const data = JSON.parse(
      (await runCommand(report, folder, ["run.jsonl"], { format: "json" })).text,
    ) as { readonly leaderboard: Json };
    expect(data.leaderboard.targets.map(({ target, score }) => [target, score.value])).toEqual(
      json.targets.map(({ target, score }) => [target, score.value]),
    );
  });
});
