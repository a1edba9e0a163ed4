import { readdirSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { RunFileLine, ScoreLine } from "../../domain/run-file/lines.ts";

import { readRun } from "../../store/runs/reader.ts";
import { newFolder } from "../testing/command-context.ts";
import { startFastSimulator } from "../testing/fast-simulator.ts";
import { inProcess } from "../testing/process.ts";
import { guideRows, linesOf } from "./testing/lines.ts";

const uses = join(import.meta.dirname, "prompts/suites");
const config = ["--config", join(uses, "baimo.yaml")];

/**
 * What users of other programs do every day with prompts, variables and data: the suite that does it here, with the verdicts
 * that two simulated models get, in the order of their keys: right, wrong, partly right, unresolved.
 */
const table = [
  { use: "variables", strong: "rrr", weak: "wrw" },
  {
    use: "matrix",
    strong: "rrrwrrrrwrrrrwrwrr",
    weak: "rwwuuwwrwrrwrwrwww",
  },
  {
    use: "matrix-of-variables",
    strong: "rrrrwwrr",
    weak: "wrrwwwru",
  },
  {
    use: "system-prompts",
    strong: "rrww",
    weak: "wwww",
  },
  {
    use: "several-prompts",
    strong: "rrrrrr",
    weak: "rwrrrr",
  },
  { use: "few-shot", strong: "rrr", weak: "rwr" },
  {
    use: "languages",
    strong: "wwrr",
    weak: "rwrr",
  },
  { use: "slices", strong: "rrr", weak: "rrw" },
  {
    use: "house-grader",
    strong: "pp",
    weak: "pw",
  },
  { use: "conversation", strong: "p", weak: "p" },
  {
    use: "shots",
    strong: "rrrrrrrrw",
    weak: "rrrrrwrww",
  },
] as const;

let lines: readonly RunFileLine[] = [];
let file = "";
const suites = table.map(({ use }) => join(uses, `${use}.yaml`));
const { env, close } = await startFastSimulator(...suites);
afterAll(close);

beforeAll(async () => {
  file = join(newFolder(), "run.jsonl");
  const models = ["-m", "sim/yuanshan", "-m", "sim/baicao"];
  const ended = await inProcess(
    uses,
    ["run", ...suites, ...models, ...config, "--wordings", "--out", file],
    { env },
  );
  expect(ended.code).toBe(0);
  lines = await readRun(file);
});

test("all of them pass the check", async () => {
  const { code, stderr } = await inProcess(uses, ["check", ...suites, ...config]);
  expect(code).toBe(0);
  // Nothing but how far it is.
  const told = stderr.trimEnd().split("\n");
  expect(told.filter((line) => !/^\d+\/\d+ {2}\S+ {2}查完$/u.test(line))).toEqual([]);
});

test.each(table)("$use takes at most twice their lines, and is in the guide", ({ use }) => {
  const { here, there } = linesOf("prompts", use);
  expect(here).toBeLessThanOrEqual(2 * there);
  for (const row of guideRows("prompts", use)) expect(row).toContain(`| ${there} | ${here} |`);
});

test.each(table)(
  "$use gets the verdicts that the simulated models earn",
  ({ use, strong, weak }) => {
    const verdictsOf = (target: string): string =>
      lines
        .filter((line): line is ScoreLine => line.kind === "score")
        .filter(({ key }) => key.startsWith(`${use}/`) && key.endsWith(`@${target}`))
        .toSorted((a, b) => (a.key < b.key ? -1 : 1))
        .map(({ verdict }) => verdict.slice(0, 1))
        .join("");
    expect([verdictsOf("sim/yuanshan"), verdictsOf("sim/baicao")]).toEqual([strong, weak]);
  },
);

test("no suite is left out", () => {
  const named = readdirSync(uses)
    .filter((name) => name.endsWith(".yaml") && name !== "baimo.yaml")
    .map((name) => name.replace(".yaml", ""));
  expect(named).toEqual(expect.arrayContaining(table.map(({ use }) => use)));
});

test("languages and tags are slices of the reports, a matrix is a grid", async () => {
  const by = ["--by", "language", "--by", "tag,difficulty"];
  const { stdout } = await inProcess(uses, ["leaderboard", file, ...by, "--format", "md"]);
  expect(stdout).toMatch(/^\| 中文 \| 6† \|/m);
  expect(stdout).toMatch(/^\| 唐 \| 2† \|/m);
  expect(stdout).toContain("一题有几个标签时，在每个标签下各计一次。");
  expect(stdout).toMatch(/^\| depth \| length 400 \| length 800 \| length 1600 \|$/m);
  const html = await inProcess(uses, ["leaderboard", file, ...by, "--format", "html"]);
  expect(html.stdout).toContain("难度（按题平均");
  const json = JSON.parse(
    (await inProcess(uses, ["leaderboard", file, ...by, "--format", "json"])).stdout,
  ) as { readonly slices: readonly { readonly by: string }[]; readonly grids: readonly unknown[] };
  expect(json.slices.map((each) => each.by)).toEqual(["language", "tag", "difficulty"]);
  expect(json.grids).toHaveLength(3);
  const compared = await inProcess(uses, [
    "compare",
    file,
    "--map",
    "sim/baicao=sim/yuanshan",
    "--by",
    "language",
  ]);
  expect(compared.stdout).toMatch(/^英语 +2† /m);
});

test("a facet that no item has is refused with the nearest", async () => {
  const { code, stderr } = await inProcess(uses, ["leaderboard", file, "--by", "langauge"]);
  expect(code).toBe(2);
  expect(stderr).toContain('--by langauge：题目没有这一项；是否应为 "language"？');
});

test("a CSV becomes a suite in one line, and runs", async () => {
  const folder = newFolder();
  const out = join(folder, "suites", "csv-data.yaml");
  const imported = await inProcess(folder, [
    "import",
    "csv",
    join(uses, "csv-data.csv"),
    "-o",
    out,
  ]);
  expect(imported).toMatchObject({ code: 0, stderr: "" });
  expect(imported.stdout).toContain("导入 3 题");
  expect(await inProcess(folder, ["check", out])).toMatchObject({ code: 0 });
  const run = await inProcess(folder, ["run", out, "-m", "sim/yuanshan", "--out", "csv.jsonl"]);
  expect(run.code).toBe(0);
  const scores = (await readRun(join(folder, "csv.jsonl"))).filter(({ kind }) => kind === "score");
  expect(scores.map((line) => line.kind === "score" && line.verdict)).toEqual([
    "right",
    "right",
    "right",
  ]);
});
