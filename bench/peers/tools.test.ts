import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { beforeEach, expect, test } from "vitest";

import type { Job } from "./tool.ts";

import { baimo } from "./baimo.ts";
import { evalscope } from "./evalscope.ts";
import { guidellm } from "./guidellm.ts";
import { inspect } from "./inspect.ts";
import { lmEval } from "./lm-eval.ts";
import { promptfoo } from "./promptfoo.ts";
import { pythonVersion } from "./python.ts";

let job: Job;
const lay = (name: string, text: string): void => {
  mkdirSync(join(job.folder, name, ".."), { recursive: true });
  writeFileSync(join(job.folder, name), text);
};
const read = (name: string): string => readFileSync(join(job.folder, name), "utf8");

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), "baimo-peers-"));
  job = { url: "http://127.0.0.1:9", folder, items: 2, streams: 64 };
  lay(
    "sums.jsonl",
    '{"id":"a1","question":"1 + 7 = ?","answer":8}\n{"id":"a2","question":"2 + 14 = ?","answer":16}\n',
  );
});

test("promptfoo: what it is asked and how many it passed", () => {
  const { args } = promptfoo.prepare(job, "/opt/promptfoo");
  expect(args).toContain("/opt/promptfoo/node_modules/promptfoo/dist/src/entrypoint.js");
  expect(args.join(" ")).toContain("-j 64 --no-cache");
  expect(
    read("tests.jsonl")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([
    { vars: { id: "a1", question: "1 + 7 = ?", answer: 8 } },
    { vars: { id: "a2", question: "2 + 14 = ?", answer: 16 } },
  ]);
  expect(JSON.parse(read("promptfooconfig.json"))).toMatchObject({
    prompts: ["计算：{{question}}"],
    providers: [{ config: { apiBaseUrl: "http://127.0.0.1:9/v1" } }],
    defaultTest: { assert: [{ type: "contains", value: "答案：{{answer}}" }] },
  });
  lay("promptfoo/promptfoo.yaml", "");
  using database = new DatabaseSync(join(job.folder, "promptfoo/promptfoo.db"));
  database.exec(
    "CREATE TABLE eval_results (id TEXT, success INTEGER); INSERT INTO eval_results VALUES ('1', 1), ('2', 0)",
  );
  expect(promptfoo.right(job, "")).toBe(1);
});

test("Inspect AI: what it is asked and how many it scored", () => {
  const { args, env } = inspect.prepare(job, "/opt/inspect");
  expect(args.join(" ")).toContain("-M stream=true --max-connections 64 --max-samples 64");
  expect(env).toMatchObject({ MINE_BASE_URL: "http://127.0.0.1:9/v1" });
  expect(read("sums.py")).toContain(
    `input=f"计算：{row['question']}", target=f"答案：{row['answer']}"`,
  );
  const printed = `generate     | Steps:   2/2 100% | Samples:   2/  2 | accuracy:  n/a | openai-api:  0/ 3
includes
accuracy  0.500
stderr    0.500`;
  expect(inspect.right(job, printed)).toBe(1);
  expect(inspect.right(job, "Traceback (most recent call last):")).toBeNull();
});

test("lm-evaluation-harness: what it is asked and how many it found right", () => {
  const { args } = lmEval.prepare(job, "/opt/lm-eval");
  expect(args).toContain(
    "model=load,base_url=http://127.0.0.1:9/v1/chat/completions,num_concurrent=64,tokenized_requests=False",
  );
  expect(read("sums-task.yaml")).toContain("regex_pattern: '答案：(\\d+)'");
  lay("out/load/samples_sums_2026-12-01T01-46-24.337902.jsonl", "{}\n");
  expect(lmEval.right(job, "")).toBeNull();
  lay(
    "out/load/results_2026-12-01T01-46-24.337902.json",
    '{"results": {"sums": {"exact_match,result": 0.5, "exact_match_stderr,result": 0.5}}}',
  );
  expect(lmEval.right(job, "")).toBe(1);
});

test("programs of load get the prompts as texts", () => {
  expect(evalscope.prepare(job, "/opt/evalscope").args.join(" ")).toContain(
    "--parallel 64 --number 2 --stream",
  );
  expect(read("prompts.txt")).toBe("计算：1 + 7 = ?\n计算：2 + 14 = ?");
  expect(guidellm.prepare(job, "/opt/guidellm").args).toContain("kind=concurrent,streams=64");
  expect(read("prompts.jsonl").split("\n")[1]).toBe(
    '{"text":"计算：2 + 14 = ?","prompt":"计算：2 + 14 = ?"}',
  );
});

test("baimo: the verdicts of its run file", () => {
  lay(
    "run.jsonl",
    [
      '{"kind":"answer","key":"sums/add/a1#1@mine/load","text":"\\"verdict\\":\\"right\\""}',
      '{"kind":"score","key":"sums/add/a1#1@mine/load","grader":{"id":"numeric"},"verdict":"right","value":1}',
      '{"kind":"score","key":"sums/add/a2#1@mine/load","grader":{"id":"numeric"},"verdict":"wrong","value":0}',
    ].join("\n"),
  );
  expect(baimo.right(job, "")).toBe(1);
});

test("a package's version stands in its virtual environment", () => {
  const site = "lib/python3.11/site-packages";
  lay(`${site}/lm_eval-0.4.13.dist-info/METADATA`, "");
  lay(`${site}/lm_eval_extras-9.0.dist-info/METADATA`, "");
  expect(pythonVersion(job.folder, "lm_eval")).toBe("0.4.13");
  expect(pythonVersion(job.folder, "inspect_ai")).toBeNull();
});
