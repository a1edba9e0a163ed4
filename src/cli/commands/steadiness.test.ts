import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { endLine, itemLine, runLine } from "../../report/testing/lines.ts";
import { type MonthPlan, slotAnswers } from "../../report/testing/month.ts";
import { inProcess } from "../testing/process.ts";

const plan: MonthPlan = {
  start: "2026-11-01",
  days: 2,
  targets: ["甲/one"],
  seed: 4,
  calls_per_window: 4,
  slots: [{ hour: 9, windows: 24 }],
  failing: (_, { day, hour, minute }) =>
    day === 1 && hour === 10 && minute < 30 ? { share: 1, outcome: "server", status: 502 } : null,
};

/** Run files of two mornings; in the second half an hour is down. */
function mornings(): { readonly folder: string; readonly files: readonly string[] } {
  const folder = mkdtempSync(join(tmpdir(), "baimo-steadiness-"));
  const files = [0, 1].map((day) => {
    const answers = slotAnswers(plan, day, plan.slots[0] ?? { hour: 0, windows: 0 });
    const started_at = answers[0]?.turns[0]?.timing?.started_at ?? "";
    const items = [...new Set(answers.map(({ item }) => item))].map((item) => itemLine(item));
    const lines = [
      runLine(plan.targets, { id: `r${day}`, started_at }),
      ...items,
      ...answers,
      endLine(),
    ];
    const name = `morning-${day}.jsonl`;
    writeFileSync(join(folder, name), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    return name;
  });
  return { folder, files };
}

test("run files, a folder of them and the history that nightly keeps say the same", async () => {
  const { folder, files } = mornings();
  const json = async (...args: readonly string[]) => {
    const { code, stdout } = await inProcess(folder, ["steadiness", ...args, "--json"]);
    expect(code).toBe(0);
    return JSON.parse(stdout) as Record<string, unknown>;
  };
  const fromRuns = await json(...files);
  expect(fromRuns).toMatchObject({
    schema: "steadiness/1",
    headline: { zh: "11 月 2 日 10:00–10:30 中断。" },
    from: "2026-10-04",
    windows: 8_640,
    figures: [{ target: "甲/one", coverage: 48 / 8_640 }],
  });
  expect(await json(".")).toEqual(fromRuns);
  await inProcess(folder, [
    "nightly",
    "--board",
    "nightly",
    "--history",
    ".",
    "--rebuild",
    "--no-run",
  ]);
  expect(await json(".")).toEqual(fromRuns);
  expect(await json(".", "--month", "2026-11")).toMatchObject({
    from: "2026-11-01",
    windows: 8_640,
  });
});

test("as a table, as Markdown and as a page", async () => {
  const { folder, files } = mornings();
  const table = await inProcess(folder, ["steadiness", ...files, "--lang", "en"]);
  expect(table.stdout).toMatch(/^down on 2 Nov 10:00–10:30\.\n/);
  expect(table.stdout).toContain("甲/one [simulated]");
  const md = await inProcess(folder, ["steadiness", ...files, "--lang", "zh", "--format", "md"]);
  expect(md.stdout).toContain("**11 月 2 日 10:00–10:30 中断。**");
  await inProcess(folder, ["steadiness", ...files, "--format", "html", "-o", "page.html"]);
  expect(readFileSync(join(folder, "page.html"), "utf8")).toContain("10:00–10:30");
});

test.each<[readonly string[], number, RegExp]>([
  [[], 2, /夜间历史的文件夹或运行文件/],
  [["."], 2, /既没有夜间历史/],
  [["none.jsonl"], 2, /none\.jsonl/],
  [["RUN", "--month", "2026-1"], 2, /2026-11/],
  [["RUN", "--month", "2026-09"], 3, /2026-09-01 到 2026-09-30 之间什么也没有问过/],
])("%j: exit %i", async (args, code, said) => {
  const { folder, files } = mornings();
  const empty = mkdtempSync(join(tmpdir(), "baimo-empty-"));
  const own = args.map((each) => (each === "RUN" ? join(folder, files[0] ?? "") : each));
  const ended = await inProcess(empty, ["steadiness", ...own]);
  expect(ended.code).toBe(code);
  expect(ended.stderr).toMatch(said);
});
