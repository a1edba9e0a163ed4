import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";

import { startFastSimulator } from "../testing/fast-simulator.ts";
import { inProcess } from "../testing/process.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baimo-caps-"));
  await writeFile(
    join(folder, "s.yaml"),
    `schema: suite/1
id: s
defaults: {params: {max_tokens: 100}}
tasks:
  - id: t
    dimension: [数学]
    prompt: "{{question}}"
    grader: {use: numeric}
    items:
      - {id: a, question: "一加三等于几", answer: 4}
      - {id: b, question: "二加二等于几", answer: 4}
`,
  );
  const provider = (price: string) =>
    `{protocol: openai-chat, base_url: "http://127.0.0.1:9/v1", models: [{id: m${price}}]}`;
  await writeFile(
    join(folder, "baimo.yaml"),
    `schema: baimo/1
suites: [s.yaml]
targets: [priced/m]
providers:
  priced: ${provider(", price: {currency: CNY, tiers: [{input: 1000000, output: 2000000}]}")}
  unpriced: ${provider("")}
  dollars: ${provider(", price: {currency: USD, tiers: [{input: 1, output: 2}]}")}
`,
  );
});
afterAll(() => rm(folder, { recursive: true }));

const dry = (...args: string[]) => inProcess(folder, ["run", "--dry-run", ...args]);

test("the dry run tells calls, tokens and cost of each target, and what it assumes", async () => {
  const { code, stdout } = await dry("-m", "priced/m", "-m", "unpriced/m", "--trials", "3");
  expect(code).toBe(0);
  // Six characters, eight for the message and three for the request: 17 tokens a call.
  expect(stdout).toMatch(
    /priced\/m\s+调用 6 {2}输入 102 tokens {2}输出最多 600 tokens {2}最多 1302\.00 CNY/,
  );
  expect(stdout).toMatch(/unpriced\/m .* 费用未知/);
  expect(stdout).toContain("合计最多 1302.00 CNY");
  expect(stdout).toContain("假设");
});

test.each([
  [["-m", "unpriced/m", "--max-cost", "1CNY"], 2, "--allow-unknown-price"],
  [["-m", "unpriced/m", "--max-cost", "1CNY", "--allow-unknown-price"], 0, ""],
  [["-m", "dollars/m", "--max-cost", "1CNY"], 2, "USD_CNY"],
  [["-m", "dollars/m", "--max-cost", "1.5USD"], 0, ""],
  [["-m", "priced/m", "--max-cost-per-target", "3 元"], 0, ""],
  [["-m", "priced/m", "--max-cost", "20"], 2, "20CNY"],
  [["-m", "priced/m", "--max-cost=-1CNY"], 2, "20CNY"],
  [["-m", "priced/m", "--max-tokens-total", "0"], 2, "--max-tokens-total"],
])("%j", async (args, expected, said) => {
  const { code, stderr } = await dry(...args);
  expect(stderr).toContain(said);
  expect(code).toBe(expected);
});

test("a cap too small for one answer is told what one and all take, and the next cap finishes", async () => {
  const { env, close } = await startFastSimulator("starter");
  onTestFinished(close);
  const given = { env: { LANG: "zh_CN.UTF-8", ...env } };
  const args = ["run", "starter", "-m", "sim/xiliu", "--limit", "1", "--out", "tight.jsonl"];
  const tight = await inProcess(folder, [...args, "--max-cost", "0.00001CNY"], given);
  expect(tight.code, tight.stderr).toBe(3);
  expect(tight.stdout).toContain("预算不够再问一次");
  expect(tight.stdout).toMatch(/一次作答最多要 [\d.e-]+ CNY，全部问完最多 [\d.]+ CNY/u);
  const [, cap = ""] = /--max-cost (\S+)/.exec(tight.stdout) ?? [];
  const again = ["run", "--resume", "tight.jsonl", "--max-cost", cap];
  const done = await inProcess(folder, again, given);
  expect(done.code, done.stdout).toBe(0);
});
