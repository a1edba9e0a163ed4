import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { answerLine, endLine, itemLine, runLine, scoreLine } from "../../report/testing/lines.ts";
import { command as compare } from "../commands/compare.ts";
import { command as exportRun } from "../commands/export-run.ts";
import { command as items } from "../commands/items.ts";
import { command as leaderboard } from "../commands/leaderboard.ts";
import { command as report } from "../commands/report.ts";
import { newFolder, runCommand, writeRun } from "../testing/command-context.ts";

/** A folder as after `run`, `run` and `load`: what `results/*.jsonl` then names, in the order of a shell. */
function folderOfBoth(): { readonly folder: string; readonly named: readonly string[] } {
  const folder = newFolder();
  mkdirSync(join(folder, "results"));
  for (const name of ["results/a.jsonl", "results/b.jsonl"]) {
    const facts = { item: "s/t/0", target: `mine/${name[8] ?? ""}` };
    const lines = [itemLine(facts.item), answerLine(facts), scoreLine(facts, "right")];
    const size = { items: 1, per_target: 1, answers: 1 };
    writeRun(folder, name, [runLine([facts.target], { size }), ...lines, endLine()]);
  }
  const load = "results/load-20261130T230204Z-7d24d3.jsonl";
  writeFileSync(join(folder, load), '{"kind":"load","schema":"load/1"}\n');
  return { folder, named: ["results/a.jsonl", "results/b.jsonl", load] };
}

const note =
  "略过压测文件 results/load-20261130T230204Z-7d24d3.jsonl：里面没有判分的回答，用 load FILE 看";

test("the runs of a folder are read, and the loads beside them left out with a note", async () => {
  const { folder, named } = folderOfBoth();
  const board = await runCommand(leaderboard, folder, named);
  expect(board.error).toBeNull();
  expect(board.text).toContain(note);
  expect(board.text).toMatch(/mine\/a [^]*mine\/b /);
  for (const told of [
    await runCommand(report, folder, named, { out: "page.html" }),
    await runCommand(items, folder, named),
    await runCommand(exportRun, folder, named, { out: "answers.csv" }),
    await runCommand(compare, folder, named, { map: ["mine/a=mine/b"] }),
  ]) {
    expect(told.error).toBeNull();
    expect(told.text).toContain(note);
  }
});

test("a load alone is told for what it is", async () => {
  const { folder, named } = folderOfBoth();
  const { error } = await runCommand(leaderboard, folder, named.slice(2));
  expect(error).toMatch(/是压测文件（load 写的），不是运行文件；用 load \S+\.jsonl 看它/);
});

test("where no run is named, loads take no place among the newest", async () => {
  const { folder } = folderOfBoth();
  for (const second of [1, 2, 3, 4, 5]) {
    writeFileSync(join(folder, `results/load-2026-${second}.jsonl`), '{"kind":"load"}\n');
  }
  const { error } = await runCommand(leaderboard, folder, []);
  expect(error).toMatch(/results\/b\.jsonl [^]*results\/a\.jsonl /);
  expect(error).not.toContain("load-");
});
