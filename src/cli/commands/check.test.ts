import { expect, inject, test } from "vitest";

import { builtinFolder } from "../../store/builtin.ts";
import { errorOf, folderWith, told } from "../../store/testing/files.ts";
import { call } from "../testing/call.ts";
import { command as check } from "./check.ts";

const suite = `schema: suite/1
id: mine
title: 自测
data_class: 内部
tasks:
  - id: idiom
    title: 成语
    dimension: [中文特性, 成语]
    system: 你是语文老师。
    prompt: |
      {{question}}
      {{options}}
      只回答字母。
    grader: {use: choice}
    items:
      - {id: a, question: 选一个, options: {A: 甲, B: 乙}, answer: B}
      - {id: b, question: 再选一个, options: {A: 甲, B: 乙}, answer: A}
  - id: sums
    dimension: [数学, 计算]
    grader: {use: numeric}
    items: {from: data/sums.jsonl}
`;
const good = {
  "suites/mine.yaml": suite,
  "suites/data/sums.jsonl":
    '{"id":"s1","turns":[{"user":"1+1 等于几？","answer":2},{"user":"再加 1 呢？","answer":3}]}\n',
  "suites/boards/total.yaml":
    "schema: board/1\nid: total\nmembers: [{suite: mine}, {suite: starter}]\n",
  "baimo.yaml": "schema: baimo/1\ntargets: [baseline/first]\n",
};

test("a good folder: items per dimension and the first prompt of each task", async () => {
  const cwd = await folderWith(good);
  expect(await call(check, { cwd })).toEqual({
    code: 0,
    text: `baimo.yaml  baimo/1

suites/mine.yaml  自测  3 题，2 个任务，内部
  中文特性 / 成语        2
  数学 / 计算            1

  ── idiom 成语 · choice ──
    [system]
    你是语文老师。
    [user]
    选一个
    A. 甲
    B. 乙
    只回答字母。

  ── sums · numeric ──
    [user]
    1+1 等于几？
    …… 另有 1 轮

suites/boards/total.yaml  board/1

3 个文件，没有问题`,
  });
});

test.each([
  [["suites"], ["suites/mine.yaml", "suites/boards/total.yaml"]],
  [["mine"], ["suites/mine.yaml"]],
  [["total"], ["suites/mine.yaml", "starter.yaml"]],
  [
    ["baimo.yaml", "suites/mine.yaml", "mine"],
    ["baimo.yaml", "suites/mine.yaml"],
  ],
])("%j checks %j", async (args, files) => {
  const cwd = await folderWith(good);
  const { text } = await call(check, { cwd, args, lang: "en" });
  for (const file of files) expect(text).toContain(`${file}  `);
  const count = files.length === 1 ? "1 file" : `${files.length} files`;
  expect(text.split("\n").at(-1)).toBe(`${count}, no problems`);
});

test("a circular task tells how often it asks, and which options cannot change places", async () => {
  const circular = suite
    .replace("grader: {use: choice}", "circular: true\n    grader: {use: choice}")
    .replace("{A: 甲, B: 乙}, answer: A", "{A: 甲, B: 乙, C: 以上都对}, answer: C");
  const cwd = await folderWith({ ...good, "suites/mine.yaml": circular });
  const { text } = await call(check, { cwd });
  expect(text).toContain("循环评测：共问 3 次");
  expect(text).toContain("不轮换：b (选项“以上都对”提到别的选项)");
});

// src/store/suites/shipped/shipped-suites.test.ts checks the same suites one by one.
test.runIf(inject("matrix"))(
  "without anything of one's own the built-in suites are checked, and they are well",
  async () => {
    const { code, text } = await call(check, { cwd: await folderWith({}) });
    expect(code).toBe(0);
    expect(text).toContain("starter.yaml");
  },
);

test("every problem of every file comes in one error, exit 2", async () => {
  const cwd = await folderWith({
    "suites/a.yaml": suite.replace("answer: B", "answer: E").replace("use: numeric", "use: numric"),
    "suites/data/sums.jsonl": '{"id":"s1","question":"1+1"}\n',
    "suites/b.yaml": "schema: suite/1\nid: b\ntask: []\n",
    "suites/c.yaml": "title: 什么\n",
    "suites/d.yaml": "schema: siute/1\n",
    "suites/boards/total.yaml":
      "schema: board/1\nid: total\nmembers: [{suite: mine}, {suite: startre}]\n",
    "baimo.yaml": `schema: baimo/1
targets: [baseline/first, bseline/first, {ref: noslash}]
judges: {default: [qwne/qwen-plus]}
providers:
  acme: {base_url: http://127.0.0.1/v1}
graders: {house: ./none.mjs}
`,
  });
  const error = await errorOf(() => call(check, { cwd }));
  expect(error.exitCode).toBe(2);
  expect(told(error, "en")).toEqual([
    expect.stringMatching(
      /^baimo.yaml:2:27 {2}targets\[1\] {2}unknown provider "bseline"; did you mean "baseline"\?/,
    ),
    "baimo.yaml:2:48  targets[2].ref  the target noslash must be provider/model, such as qwen/qwen-plus",
    expect.stringMatching(
      /^baimo.yaml:3:20 {2}judges.default\[0\] {2}unknown provider "qwne"; did you mean "qwen"\?/,
    ),
    "baimo.yaml:5:9  providers.acme.protocol  missing required protocol (a new provider needs protocol and base_url)",
    expect.stringMatching(/^baimo.yaml:6:18 {2}graders.house {2}cannot load the grader file/),
    expect.stringMatching(
      /^suites\/a.yaml:16:63 {2}tasks\[0\].items\[0\].answer {2}expected letters of A, B/,
    ),
    'suites/a.yaml:20:19  tasks[1].grader.use  unknown grader "numric"; did you mean "numeric"?',
    'suites/b.yaml:3:1  task  unknown key "task"; did you mean "tasks"?',
    'suites/c.yaml:1:1  schema  missing required "schema" (expected one of suite/1, board/1, judge/1, provider/1, baimo/1, traffic/1, clauses/1, prices/1, scorecard/1)',
    'suites/d.yaml:1:9  schema  expected one of suite/1, board/1, judge/1, provider/1, baimo/1, traffic/1, clauses/1, prices/1, scorecard/1; got "siute/1"; did you mean "suite/1"?',
    'suites/boards/total.yaml:3:34  members[1].suite  unknown suite "startre"; did you mean "starter"?',
  ]);
  expect(error.text.zh).toMatch(/^\d+ 处有误$/);
});

test("a copy of a suite that kept its id is told of, though it is checked alone", async () => {
  const cwd = await folderWith({ ...good, "suites/mall.yaml": suite });
  const error = await errorOf(() => call(check, { cwd, args: ["suites/mall.yaml"] }));
  expect(told(error, "zh")[0]).toContain("mall.yaml 与 mine.yaml 里的题集都叫 mine");
});

test("a file that is not there is told", async () => {
  const cwd = await folderWith(good);
  const error = await errorOf(() => call(check, { cwd, args: ["suites/mien.yaml"] }));
  expect(told(error, "zh")).toEqual(['suites/mien.yaml：文件不存在；是否应为 "mine"？']);
});

const acme = (base_url: string): string =>
  `schema: provider/1\nid: acme\nprotocol: openai-chat\nbase_url: ${base_url}\nauth: {scheme: bearer, env: ACME_API_KEY}\n`;

test.each([
  ["api.acme.com/v1", "；是否应为 https://api.acme.com/v1？"],
  ["localhost:8000/v1", "；是否应为 http://localhost:8000/v1？"],
  ["//api.acme.com/v1", "；应写成 https://主机/路径"],
  ["wss://api.acme.com/v1", "；应写成 https://主机/路径"],
  ["https://", "；应写成 https://主机/路径"],
])("a provider at %s is refused, in its line", async (base_url, meant) => {
  const cwd = await folderWith({ "providers/acme.yaml": acme(base_url) });
  const error = await errorOf(() => call(check, { cwd, args: ["providers/acme.yaml"] }));
  expect(told(error, "zh")).toEqual([
    `providers/acme.yaml:4:11  base_url  不是 http(s) 网址：${base_url}${meant}`,
  ]);
});

test.each(["https://api.acme.com/v1", "${ACME_URL}", "https://${ACME_HOST:-api.acme.com}:8443/v1"])(
  "a provider at %s is well",
  async (base_url) => {
    const cwd = await folderWith({ "providers/acme.yaml": acme(base_url) });
    expect((await call(check, { cwd, args: ["providers/acme.yaml"] })).code).toBe(0);
  },
);

test.each([
  [
    "{scheme: tc3, env: {secret_id: A, secretkey: B}, with: {regoin: x}}",
    [
      '认证方式 tc3 没有叫 secretkey 的密钥；是否应为 "secret_key"？',
      '认证方式 tc3 没有叫 regoin 的设置；是否应为 "region"？',
    ],
  ],
  [
    "{scheme: sigv4, env: {access_key_id: A}}",
    ["认证方式 sigv4 还需要 secret_access_key：在 env 里各写一个环境变量名"],
  ],
  [
    "{scheme: bce, env: A}",
    ["认证方式 bce 没有叫 key 的密钥；可用：access_key_id、secret_access_key"],
  ],
])("names of credentials in %s: %j", async (auth, words) => {
  const yaml = acme("https://api.acme.com").replace(/^auth: .*$/m, `auth: ${auth}`);
  const cwd = await folderWith({ "providers/acme.yaml": yaml });
  const error = await errorOf(() => call(check, { cwd, args: ["providers/acme.yaml"] }));
  expect(told(error, "zh").map((line) => line.split("  ").at(-1))).toEqual(words);
});

test("every shipped provider passes check", async () => {
  const args = [builtinFolder("providers")];
  expect((await call(check, { cwd: await folderWith({}), args })).code).toBe(0);
});

test("options that can only be guessed are told, and are no problem", async () => {
  const guessed = `schema: suite/1
id: mine
title: 自测
data_class: 内部
tasks:
  - id: sea
    dimension: [知识, 地理]
    grader: {use: choice}
    items:
      - {id: a, question: 最大的海洋是？A太平洋 B大西洋 C印度洋, answer: A}
      - {id: b, question: 最小的海洋是？A. 太平洋 B. 大西洋 C. 北冰洋, answer: C}
`;
  const cwd = await folderWith({ "suites/mine.yaml": guessed });
  const { code, text } = await call(check, { cwd, args: ["suites/mine.yaml"] });
  expect(code).toBe(0);
  expect(text).toContain("⚠ a：没有 options");
});
