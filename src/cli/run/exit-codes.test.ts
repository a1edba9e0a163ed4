import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { FaultScriptInput } from "../../simulator/faults/script.ts";

import { startSimulator } from "../../simulator/server/server.ts";
import { readRun } from "../../store/runs/reader.ts";
import { inProcess } from "../testing/process.ts";
import { missingText } from "./closing.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "baimo-exit-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const suiteOf = (items: number): string =>
  [
    "schema: suite/1",
    "id: sums",
    "tasks:",
    "  - id: add",
    "    dimension: [数学, 加法]",
    '    prompt: "{{question}}请在最后一行用“答案：数字”给出结果。"',
    "    grader: {use: numeric}",
    "    items:",
    ...Array.from(
      { length: items },
      (_, index) =>
        `      - {id: a${index}, question: "${index} 加 ${index} 等于多少？", answer: ${index * 2}}`,
    ),
    "",
  ].join("\n");

/** Requests 1 to n of the vendor are refused as a bad request, which no second attempt mends. */
const failing = (n: number): FaultScriptInput => ({
  schema: "faults/1",
  rules: n === 0 ? [] : [{ requests: { to: n }, do: { fault: "status", status: 400 } }],
});

type Case = {
  readonly name: string;
  readonly failed?: number;
  /** Of the suite; default 12. */
  readonly items?: number;
  readonly gate?: string;
  readonly args?: readonly string[];
  /** Interrupted after so many answers. */
  readonly stopAfter?: number;
  readonly code: number;
  readonly says?: string;
};

const table: readonly Case[] = [
  { name: "0: all is well", code: 0 },
  { name: "3: a failed call", failed: 1, code: 3, says: ".jsonl --retry-failed" },
  {
    name: "0: failed calls within the declared rate",
    failed: 1,
    items: 20,
    gate: "{max_error_rate: 0.05}",
    code: 0,
  },
  {
    name: "1: 5% failed, at most 4% allowed",
    failed: 1,
    items: 20,
    gate: "{max_error_rate: 0.04}",
    code: 1,
    says: "调用失败率 5%，最多 4%，超出 1%",
  },
  { name: "1: a score below the least", gate: "{min_score: {总分: 99.9}}", code: 1, says: "总分" },
  {
    name: "1 before 3: a broken gate and a failed call",
    failed: 1,
    gate: "{min_score: {总分: 99.9}}",
    code: 1,
  },
  {
    name: "3: a good gate that says nothing of a failed call",
    failed: 1,
    gate: "{min_score: {总分: 1}}",
    code: 3,
  },
  {
    name: "1: coverage",
    failed: 1,
    items: 20,
    gate: "{min_coverage: 0.96}",
    code: 1,
    says: "覆盖率 95%",
  },
  { name: "3: the budget is reached", items: 30, args: ["--max-tokens-total", "1500"], code: 3 },
  { name: "130: interrupted", stopAfter: 5, code: 130 },
  {
    name: "130 before 1: interrupted, and the gate would fail",
    stopAfter: 5,
    gate: "{min_score: {总分: 99.9}}",
    code: 130,
  },
  { name: "2: a run of nothing", args: ["--filter", "id=none"], code: 2, says: "没有选中" },
  { name: "2: a flag that is none", args: ["--bogus"], code: 2, says: "bogus" },
  { name: "2: a misspelt rule", gate: "{max_eror_rate: 0.02}", code: 2, says: "max_error_rate" },
  { name: "2 before a cap is paid for", args: ["--max-cost", "20"], code: 2, says: "20CNY" },
];

test.each(table)("run, $name", async (given) => {
  const { failed = 0, items = 12, gate, args = [], stopAfter, code, says } = given;
  const file = join(folder, "sums.yaml");
  await writeFile(file, suiteOf(items));
  await writeFile(
    join(folder, "baimo.yaml"),
    `schema: baimo/1\ntargets: [sim/yuanshan]\n${gate === undefined ? "" : `gate: ${gate}\n`}`,
  );
  const stop = new AbortController();
  let requests = 0;
  const simulator = await startSimulator({
    suites: [file],
    speed: 1_000,
    script: failing(failed),
    onRequest: () => {
      if ((requests += 1) === stopAfter) stop.abort();
    },
  });
  try {
    const ended = await inProcess(
      folder,
      [
        "run",
        "sums.yaml",
        "--out",
        "r.jsonl",
        "--reporter",
        "silent",
        "--concurrency",
        "4",
        ...args,
      ],
      { env: { LANG: "zh_CN.UTF-8", BAIMO_SIM_URL: simulator.url }, stopping: stop.signal },
    );
    expect(ended.code).toBe(code);
    if (says !== undefined) expect(ended.stdout + ended.stderr).toContain(says);
    if (code === 2) expect([requests, ended.stdout]).toEqual([0, ""]);
    if (code === 130) {
      const end = (await readRun(join(folder, "r.jsonl"))).at(-1) as RunFileLine;
      expect(end).toMatchObject({ kind: "end", status: "interrupted" });
    }
  } finally {
    await simulator.close();
  }
});

test.each([
  [3, 0, 0, "", "还差 3 次作答", "3 answers are missing"],
  [
    0,
    4,
    4,
    " --retry-failed",
    "4 次调用失败（--retry-failed 会重问）",
    "4 calls failed (--retry-failed asks them again)",
  ],
  [
    3,
    4,
    4,
    "",
    "还差 7 次作答，其中 4 次问过但失败（续跑会重问）",
    "7 answers are missing, of which 4 were asked for and failed (a continuation asks them again)",
  ],
  // An earlier session had two more that this one did not come to.
  [
    72,
    4,
    6,
    "",
    "还差 76 次作答，其中 6 次问过但失败（续跑会重问）",
    "76 answers are missing, of which 6 were asked for and failed (a continuation asks them again)",
  ],
])("a run that stopped early, with %i not asked, %i failed and %i failed in all%s", (...row) => {
  const [unasked, ended, failed, option, zh, en] = row;
  expect(missingText({ unasked, ended, failed }, option)).toEqual({ zh, en });
});
