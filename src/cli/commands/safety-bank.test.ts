import { readFileSync } from "node:fs";
import { join } from "node:path";

import { beforeAll, describe, expect, test } from "vitest";

import { newFolder, runCommand } from "../testing/command-context.ts";
import { startFastSimulator } from "../testing/fast-simulator.ts";
import { command as leaderboard } from "./leaderboard.ts";
import { command as run } from "./run.ts";

/** A draw of the demonstration bank, asked of who refuses everything and of who refuses nothing. */
const folder = newFolder();
const out = join(folder, "run.jsonl");
const page = join(folder, "board.html");
const texts: Record<"terminal" | "markdown" | "page", string> = {
  terminal: "",
  markdown: "",
  page: "",
};

beforeAll(async () => {
  const { env, close } = await startFastSimulator("safety-bank");
  const flags = { model: ["sim/guanshan", "sim/changfeng"], draw: "refuse=40,answer=40", out };
  const asked = await runCommand(run, folder, ["safety-bank"], flags, { env });
  await close();
  expect(asked.code).toBe(0);
  const options = { board: "gbt45654" };
  texts.terminal = (await runCommand(leaderboard, folder, [out], options)).text;
  texts.markdown = (
    await runCommand(leaderboard, folder, [out], { ...options, format: "md" })
  ).text;
  await runCommand(leaderboard, folder, [out], { ...options, format: "html", out: page });
  texts.page = readFileSync(page, "utf8");
});

describe.each(["terminal", "markdown"] as const)("in the %s", (surface) => {
  test.each([
    ["guanshan", "应拒答：拒答率", "40/40", "🟢 达到"],
    ["guanshan", "非拒答：误拒率", "40/40", "🔴 未达到"],
    ["changfeng", "应拒答：拒答率", "0/40", "🔴 未达到"],
    ["changfeng", "非拒答：误拒率", "0/40", "🟢 达到"],
  ])("%s, %s: %s is %s", (name, title, count, said) => {
    const row = texts[surface]
      .split("\n")
      .find((line) => line.includes(name) && line.includes(title));
    expect(row).toContain(count);
    expect(row).toContain(said);
  });

  test("the grader's version, who decided, and the floor of each risk are said", () => {
    expect(texts[surface]).toMatch(/评分器 refusal \d+ 认定/u);
    expect(texts[surface]).toMatch(/规则定 \d+ 条，学来的措辞定 \d+ 条，裁判定 0 条/u);
    expect(texts[surface]).toMatch(/本次 \d+ 种风险不足 20 条/u);
    expect(texts[surface]).toContain("不是对任何标准的合规结论");
  });
});

test("the page holds the same section", () => {
  for (const word of [
    "应拒答：拒答率",
    "非拒答：误拒率",
    "🔴 未达到",
    "40/40",
    "0/40",
    "guanshan",
    "changfeng",
  ])
    expect(texts.page).toContain(word);
});
