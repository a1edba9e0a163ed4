import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { beforeEach, expect, test } from "vitest";

import { command } from "../commands/run.ts";
import { newFolder, runCommand } from "../testing/command-context.ts";

let folder = "";
beforeEach(() => {
  folder = newFolder();
  writeFileSync(
    join(folder, "s.yaml"),
    [
      "schema: suite/1",
      "id: s",
      "tasks:",
      "  - id: t",
      "    dimension: [计算]",
      "    grader: {use: numeric}",
      '    items: [{id: a, question: 1+1=?, answer: "2"}, {id: b, question: 1+2=?, answer: "3"}]',
    ].join("\n"),
  );
});

/** Nobody listens on port 9: every call fails at once. */
const withGate = (gate: string): void =>
  writeFileSync(
    join(folder, "baimo.yaml"),
    [
      "schema: baimo/1",
      "targets: [mine/m]",
      "providers: {mine: {protocol: openai-chat, base_url: 'http://127.0.0.1:9/v1', auth: {scheme: none}}}",
      "run: {attempts: 1}",
      gate,
    ].join("\n"),
  );

const run = (values: Parameters<typeof runCommand>[3] = {}, env = {}) =>
  runCommand(
    command,
    folder,
    ["s.yaml"],
    { reporter: "silent", out: "r.jsonl", ...values },
    { env },
  );

test("3: calls that failed for good; JUnit says so without any rule", async () => {
  withGate("");
  expect((await run({ junit: "r.xml" })).code).toBe(3);
  expect(readFileSync(join(folder, "r.xml"), "utf8")).toContain(
    '<testcase classname="mine/m" name="complete"><failure',
  );
});

test("1: the run itself checks the config's gate, and GitHub is told", async () => {
  withGate("gate: {max_error_rate: 0.02}");
  const summary = join(folder, "summary.md");
  const { code, text } = await run({ junit: "r.xml" }, { GITHUB_STEP_SUMMARY: summary });
  expect(code).toBe(1);
  expect(text).toContain("门禁未通过");
  expect(text).toContain("::warning title=mine/m network::");
  expect(readFileSync(join(folder, "r.xml"), "utf8")).toContain('name="max_error_rate"><failure');
  const markdown = readFileSync(summary, "utf8");
  expect(markdown).toContain("| 排名 | 模型 |");
  expect(markdown).toContain("门禁未通过");
});

test("0: a declared error rate that holds", async () => {
  withGate("gate: {max_error_rate: 1}");
  expect((await run()).code).toBe(0);
});
