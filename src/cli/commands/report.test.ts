import { readdirSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { newFolder, runCommand } from "../testing/command-context.ts";
import { command as leaderboard } from "./leaderboard.ts";
import { command as report } from "./report.ts";
import { command as run } from "./run.ts";

test("a page of two runs says how to see what changed between them; one of a single run need not", async () => {
  const folder = newFolder();
  for (const name of ["a", "b"]) {
    const options = { model: ["baseline/random"], limit: "1", out: join(folder, `${name}.jsonl`) };
    expect((await runCommand(run, folder, ["starter"], options)).code).toBe(0);
  }
  const page = async (files: readonly string[], options = {}) =>
    (await runCommand(report, folder, files, { out: "page.html", ...options })).text;
  expect(await page(["a.jsonl", "b.jsonl"])).toMatch(
    /不作比较；要看后一次比前一次变了多少：\nbaimo report b\.jsonl --baseline a\.jsonl$/,
  );
  // Whichever is named first, the older one is what the other is compared with.
  expect(await page(["b.jsonl", "a.jsonl"])).toMatch(/baimo report b\.jsonl --baseline a\.jsonl$/);
  expect(await page(["a.jsonl"])).not.toContain("--baseline");
  expect(await page(["b.jsonl"], { baseline: "a.jsonl" })).toContain("看报告页的“比较”");
  expect(await page(["b.jsonl"], { baseline: "a.jsonl" })).not.toContain("不作比较");
});

test("a page of several runs has a name of its own, beside the first", async () => {
  const folder = newFolder();
  for (const name of ["a", "b", "c", "d"]) {
    const options = { model: ["baseline/random"], limit: "1", out: join(folder, `${name}.jsonl`) };
    await runCommand(run, folder, ["starter"], options);
  }
  const files = ["a.jsonl", "b.jsonl", "c.jsonl", "d.jsonl"];
  for (const count of [1, 2, 3, 4]) await runCommand(report, folder, files.slice(0, count));
  expect(readdirSync(folder).filter((name) => name.endsWith(".html"))).toEqual([
    "a+3-runs.html",
    "a+b+c.html",
    "a+b.html",
    "a.html",
  ]);
});

test("without a run file the newest are listed, with what they asked and whom", async () => {
  const folder = newFolder();
  expect((await runCommand(report, folder, [])).error).toBe(
    "请给出至少一个运行文件，例如 baimo report results/run.jsonl",
  );
  const options = { model: ["baseline/random", "baseline/first"], limit: "1" };
  await runCommand(run, folder, ["starter"], options);
  for (const { code, error } of [
    await runCommand(report, folder, []),
    await runCommand(leaderboard, folder, []),
  ]) {
    expect(code).toBe(2);
    expect(error).toMatch(
      /最近的（时间为北京时间，文件名里的是 UTC；不要的文件可以删掉）：\n {2}results\/\S+\.jsonl {2}2026-\d\d-\d\d \d\d:\d\d {2}starter {2}baseline\/random、baseline\/first$/,
    );
  }
});
