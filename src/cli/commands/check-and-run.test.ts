import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { folderWith } from "../../store/testing/files.ts";
import { inProcess } from "../testing/process.ts";

type Files = Readonly<Record<string, string>>;

const head = "schema: suite/1\nid: mine\ntasks:\n";
const task = (grader: string, items: string): string =>
  `  - id: t\n    dimension: [知识]\n    grader: ${grader}\n    items: ${items}\n`;
const good = `${head}${task("{use: exact}", "[{id: a, question: 问, answer: 甲}]")}`;
const config = "schema: baimo/1\nsuites: [suites/mine.yaml]\ntargets: [baseline/first]\n";

const suite = (text: string): Files => ({ "suites/mine.yaml": text });
const exact = (items: string): Files => suite(`${head}${task("{use: exact}", items)}`);
const graded = (grader: string): Files =>
  suite(`${head}${task(grader, "[{id: a, question: 问, answer: 甲}]")}`);
const targets = (list: string, more = ""): Files => ({
  "baimo.yaml": `schema: baimo/1\nsuites: [suites/mine.yaml]\ntargets: ${list}\n${more}`,
});
/** A provider of one's own, and a target of it. */
const vendor = (fields: string): Files =>
  targets(
    "[own/m]",
    `providers: {own: {protocol: openai-chat, auth: {scheme: none}, egress: 内网, ${fields}}}\n`,
  );
const url = "base_url: http://127.0.0.1:9/v1";
const inner: Files = suite(good.replace("id: mine", "id: mine\ndata_class: 内部"));

const judged = (judges: string, more = ""): Files => ({
  ...suite(`${head}${task("{use: judge}", "[{id: a, question: 写一句诗}]")}`),
  ...targets(
    "[own/one]",
    `judges: {default: ${judges}}\nproviders: {own: {protocol: openai-chat, auth: {scheme: none}, ${url}, egress: 内网, models: [{id: one, base_model: 甲}, {id: two, base_model: 甲}]}}\n${more}`,
  ),
});

/** What a run refuses before it asks anything, each with the words that tell it. */
const refused: readonly (readonly [name: string, files: Files, words: string])[] = [
  [
    "an address without a scheme",
    vendor("base_url: api.acme.com/v1"),
    "是否应为 https://api.acme.com/v1",
  ],
  [
    "an address of another scheme",
    vendor('base_url: "ftp://api.acme.com/v1"'),
    "不是 http(s) 网址",
  ],
  ["an address of one slash", vendor('base_url: "https//api.acme.com"'), "不是 http(s) 网址"],
  [
    "an address whose default has no scheme",
    vendor('base_url: "${OWN_URL:-api.acme.com}/v1"'),
    "不是 http(s) 网址",
  ],
  [
    "a path without its slash",
    vendor(`${url}, path: chat/completions`),
    "是否应为 /chat/completions？",
  ],
  [
    "no address",
    targets("[own/m]", "providers: {own: {protocol: openai-chat}}\n"),
    "缺少必填项 base_url",
  ],
  [
    "an unknown protocol",
    targets("[own/m]", `providers: {own: {protocol: opnai-chat, ${url}}}\n`),
    "openai-chat",
  ],
  [
    "an unknown credential scheme",
    targets(
      "[own/m]",
      `providers: {own: {protocol: openai-chat, ${url}, auth: {scheme: baerer, env: K}}}\n`,
    ),
    "bearer",
  ],
  ["a header that cannot be sent", vendor(`${url}, headers: {x-team: 评测组}`), "请求头 x-team"],
  ["a proxy that is no address", vendor(`${url}, proxy: "http://"`), "不是代理地址"],
  [
    "a proxy of another scheme",
    vendor(`${url}, proxy: "socks5://127.0.0.1:1080"`),
    "只支持 http 和 https 代理",
  ],
  ["a key without its certificate", vendor(`${url}, client_key: k.pem`), "client_cert"],
  [
    "a certificate that is not there",
    vendor(`${url.replace("http:", "https:")}, ca: none.pem`),
    "none.pem",
  ],
  [
    "targets joined by a comma",
    targets('["qwen/qwen-plus,deepseek/deepseek-flash"]'),
    "-m qwen/qwen-plus -m deepseek/deepseek-flash",
  ],
  [
    "targets joined by a Chinese comma",
    targets("[baseline/first，baseline/random]"),
    "-m baseline/first -m baseline/random",
  ],
  [
    "targets joined by a blank",
    targets("[baseline/first baseline/random]"),
    "-m baseline/first -m baseline/random",
  ],
  ["a target without a model", targets("[qwen-plus]"), "应写成 服务商/模型"],
  ["a target of an unknown provider", targets("[qwne/qwen-plus]"), '"qwen"'],
  [
    "two targets of one name",
    targets("[baseline/first, {ref: baseline/first, temperature: 0.5}]"),
    "两个目标都叫 baseline/first",
  ],
  [
    "a suite that is not there",
    { "baimo.yaml": config.replace("mine.yaml", "mien.yaml") },
    "mien.yaml",
  ],
  [
    "suites joined by a comma",
    { "baimo.yaml": config.replace("suites/mine.yaml", '"mine,starter"') },
    "mine starter",
  ],
  [
    "data that may not go there",
    { ...inner, "baimo.yaml": vendor(url)["baimo.yaml"]?.replace("内网", "境外") ?? "" },
    "数据级别是 内部",
  ],
  ["a judge of the target's family", judged("[own/two]"), "同系"],
  ["an unknown judge", judged("[onw/two]"), '"own"'],
  [
    "a cap on cost without a price",
    {
      "baimo.yaml": `${vendor(url)["baimo.yaml"] ?? ""}run: {max_cost: {amount: 5, currency: CNY}}\n`,
    },
    "价格",
  ],
  [
    "a folder as data",
    { ...exact("{from: data}"), "suites/data/x.jsonl": "" },
    "这是文件夹，不是文件",
  ],
  ["data that is not there", exact("{from: none.jsonl}"), "数据文件不存在"],
  ["data without a row", { ...exact("{from: x.jsonl}"), "suites/x.jsonl": "\n\n" }, "没有题目"],
  [
    "a row that is no JSON",
    { ...exact("{from: x.jsonl}"), "suites/x.jsonl": "{\n" },
    "不是有效的 JSON",
  ],
  ["an unquoted code", exact("[{id: a, question: 代码？, answer: 000001}]"), '请写成 "000001"'],
  ["an unquoted version", exact("[{id: a, question: 版本？, answer: 1.10}]"), '请写成 "1.10"'],
  ["an unquoted octal", exact("[{id: a, question: 区号？, answer: 010}]"), '请写成 "010"'],
  ["an unquoted power", exact("[{id: a, question: 型号？, answer: 1e3}]"), '请写成 "1e3"'],
  [
    "an unquoted truth value",
    exact("[{id: a, question: 对吗？, answer: False}]"),
    '请写成 "False"',
  ],
  [
    "an unquoted option",
    suite(
      `${head}${task("{use: choice}", "[{id: a, question: 几？, options: {A: 1.50, B: 2}, answer: A}]")}`,
    ),
    '请写成 "1.50"',
  ],
  [
    "YAML 1.1",
    suite(
      `%YAML 1.1\n---\n${head}${task("{use: exact}", "[{id: a, question: 开关？, answer: off}]")}`,
    ),
    "off",
  ],
  [
    "a date of YAML 1.1",
    suite(
      `%YAML 1.1\n---\n${head}${task("{use: exact}", "[{id: a, question: 哪天？, answer: 2024-01-01}]")}`,
    ),
    "answer",
  ],
  ["the id .", exact("[{id: ., question: 问, answer: 甲}]"), "不能只是 . 或 .."],
  ["the id ..", suite(good.replace("id: mine", 'id: ".."')), "不能只是 . 或 .."],
  [
    "a repeated id",
    exact("[{id: a, question: 问, answer: 甲}, {id: a, question: 又问, answer: 乙}]"),
    "重复的 id a",
  ],
  ["no gold", exact("[{id: a, question: 问}]"), "answer"],
  ["an unknown grader", graded("{use: exakt}"), '"exact"'],
  ["an unknown option of a grader", graded("{use: exact, with: {form: reply}}"), '"from"'],
  ["an unknown generator", exact("{generate: dates, n: 3, seed: 7}"), '"date"'],
  [
    "a wrong option of a generator",
    exact("{generate: multi-hop, n: 3, seed: 7, with: {hops: 三}}"),
    "应为数",
  ],
  [
    "a template without the question",
    suite(good.replace("    grader", "    prompt: 请回答\n    grader")),
    "{{question}}",
  ],
  [
    "answers to be compared with that are not there",
    {
      ...judged("[own/two]"),
      "suites/mine.yaml": `${head}${task("{use: judge, with: {mode: pair, same_family: allow, baseline: {file: none.jsonl}}}", "[{id: a, question: 写一句诗}]")}`,
    },
    "none.jsonl",
  ],
  [
    "a board of an unknown suite",
    {
      "boards/all.yaml": "schema: board/1\nid: all\nmembers: [{suite: mien}]\n",
      "baimo.yaml": config.replace("suites/mine.yaml", "boards/all.yaml"),
    },
    '"mine"',
  ],
  [
    "a board that lists a suite twice",
    {
      "boards/all.yaml": "schema: board/1\nid: all\nmembers: [{suite: mine}, {suite: mine}]\n",
      "baimo.yaml": config.replace("suites/mine.yaml", "boards/all.yaml"),
    },
    "有题集列了两次",
  ],
  [
    "an in-house grader that is not there",
    { "baimo.yaml": `${config}graders: {house: ./none.mjs}\n`, ...graded("{use: house}") },
    "none.mjs 无法加载",
  ],
];

const projectOf = (files: Files): Promise<string> =>
  folderWith({ ...suite(good), "baimo.yaml": config, ...files });

test("two suites of one id are refused by both", async () => {
  const other = good.replace("question: 问", "question: 又问");
  const cwd = await projectOf({ "suites/other.yaml": other });
  for (const args of [
    ["check", "suites"],
    ["run", "suites", "--dry-run"],
  ]) {
    const { code, stderr } = await inProcess(cwd, args);
    expect([code, stderr]).toEqual([2, expect.stringContaining("题集都叫 mine")]);
  }
});

test.each(refused)("%s: check refuses it as run does", async (_name, files, words) => {
  const cwd = await projectOf(files);
  const checked = await inProcess(cwd, ["check"]);
  const ran = await inProcess(cwd, ["run", "--dry-run"]);
  for (const { code, stdout, stderr } of [checked, ran])
    expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining(words)]);
});

test("a pipe as data or as a suite is refused at once by both", async () => {
  const cwd = await projectOf(exact("{from: pipe}"));
  execFileSync("mkfifo", [join(cwd, "suites/pipe")]);
  for (const args of [["check"], ["run", "--dry-run"]]) {
    const { code, stderr } = await inProcess(cwd, args);
    expect([code, stderr]).toEqual([2, expect.stringContaining("这是命名管道，不是文件")]);
  }
  execFileSync("mkfifo", [join(cwd, "suites/other.yaml")]);
  for (const args of [
    ["check", "suites/other.yaml"],
    ["run", "suites/other.yaml", "--dry-run"],
  ]) {
    const { code, stderr } = await inProcess(cwd, args);
    expect([code, stderr]).toEqual([2, expect.stringContaining("suites/other.yaml")]);
  }
});

test("a folder that is named like a suite is refused by both", async () => {
  const cwd = await projectOf({});
  mkdirSync(join(cwd, "suites/old.yaml"));
  for (const args of [
    ["check", "suites"],
    ["run", "suites", "--dry-run"],
  ]) {
    const { code, stderr } = await inProcess(cwd, args);
    expect([code, stderr]).toEqual([2, expect.stringContaining("old.yaml：这是文件夹，不是文件")]);
  }
});

const passing: readonly (readonly [name: string, files: Files, args: readonly string[]])[] = [
  ["a good project", {}, []],
  ["a key that is not set, which is another machine's business", targets("[qwen/qwen-plus]"), []],
  ["an address that a variable holds", vendor('base_url: "${OWN_URL}"'), []],
  ["a host that a variable holds", vendor('base_url: "https://${OWN_HOST}/v1"'), []],
  [
    "equal options",
    suite(
      `${head}${task("{use: choice}", "[{id: a, question: 问, options: {A: 甲, B: 甲, C: 乙}, answer: C}]")}`,
    ),
    [],
  ],
  [
    "one question with two golds",
    exact("[{id: a, question: 问, answer: 甲}, {id: b, question: 问, answer: 乙}]"),
    [],
  ],
];

test.each(passing)("%s passes", async (_name, files, args) => {
  const { code, stderr } = await inProcess(await projectOf(files), ["check", ...args]);
  expect([code, stderr]).toEqual([0, ""]);
});

test("what is only doubtful is a warning of check, and stops no run", async () => {
  const cwd = await projectOf(
    suite(
      `${head}${task("{use: choice}", "[{id: a, question: 问, options: {A: 甲, B: 甲, C: 乙}, answer: C}, {id: b, question: 问, options: {A: 甲, B: 甲, C: 乙}, answer: A}]")}`,
    ),
  );
  const checked = await inProcess(cwd, ["check"]);
  expect(checked.code).toBe(0);
  expect(checked.stdout).toContain("警告：选项 B 与选项 A 的内容相同");
  expect(checked.stdout).toContain("警告：与本任务第 1 题问的是同一个问题，标准答案却不同");
  expect(checked.stdout).toContain("2 个文件，没有错误，有 3 处警告");
  expect((await inProcess(cwd, ["run", "--dry-run"])).code).toBe(0);
});
