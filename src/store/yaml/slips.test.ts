import { expect, test } from "vitest";
import { z } from "zod";

import { errorOf, told } from "../testing/files.ts";
import { parseYaml } from "./yaml.ts";

const Question = z.strictObject({ q: z.string(), a: z.string().optional() });
const File = z.strictObject({ items: z.array(Question) });

const faults = async (item: string): Promise<readonly string[]> =>
  told(
    await errorOf(async () => parseYaml(`items:\n  - ${item}\n  - q: 好\n`, "s.yaml", File)),
    "zh",
  );

// What people write who do not know which texts of YAML need quotes.
test.each([
  [
    'q: "请用"答案：X"给出"',
    "2:12",
    '文本在这个双引号处就结束了，后面的是多余的：文本里的双引号写成 \\"',
  ],
  ['q: "好"字几画？', "2:11", "或换成「」"],
  ['{q: "他说"好"，对吗？", a: 对}', "2:13", "文本在这个双引号处就结束了"],
  ["q: 'It's ok'", "2:12", "文本里的单引号写成两个 ''"],
  ["q: [1] 是什么", "2:12", "以 [ 或 { 开头的文本"],
  ["{q: 数组 [1, 2] 的和}", "2:12", "都要整段加引号"],
  ["q: {{question}}", "2:9", "以 { 开头的文本要整段加引号"],
  ["q: *重点* 是什么", "2:13", "以 * 开头的文本要整段加引号"],
  ["q: &符号", "2:11", "以 & 开头的文本要整段加引号"],
  ["q: !好的", "2:9", "以 ! 开头的文本要整段加引号"],
  ["q: - 是什么", "2:8", "以 - 开头的文本要整段加引号"],
  ["q: ? 是什么", "2:8", "以 ? 开头的文本要整段加引号"],
  ["q: > 是什么", "2:10", "| 和 > 后面要换行"],
  ["q: #5 号题", "2:8", "# 之后是注释，以 # 开头的文本要加引号"],
  ["{q: 编号 #5 的题, a: 对}", "2:12", "空格加 # 之后到行尾是注释，后面的括号因此没有读到"],
  ["{q: 三个数 1, 2 的和, a: 对}", "2:16", "{ } 里的文本含有半角逗号时要整段加引号"],
  ["q: 请回答:", "2:8", "以冒号结尾时，要整段加引号"],
  ['q: "没有结束', "2:8", "从这里开始的引号没有结束的那一半"],
  ['{q: "没有结束, a: 对}', "2:9", "从这里开始的引号没有结束的那一半"],
  [String.raw`q: "计算 \frac{1}{2}"`, "2:8", String.raw`双引号里的 \frac 会被读成别的字符`],
  [String.raw`q: "3 \times 4"`, "2:8", String.raw`写成 \\times，或整段改用单引号`],
  [String.raw`q: "若 x \neq 1"`, "2:8", String.raw`\n 是转义`],
  [String.raw`q: "\sqrt{4}"`, "2:9", String.raw`反斜杠请写成 \\，或改用单引号`],
])("%s is named with what it needs", async (item, place, words) => {
  const [first = ""] = await faults(item);
  expect(first).toMatch(new RegExp(`^s\\.yaml:${place} `));
  expect(first).toContain(words);
});

// The marks of Chinese writing where YAML needs its own, and a tab below a text that has its own lines.
test.each([
  ["{q: 好， a: 对}", "2:10", "这里是全角逗号“，”，应为半角逗号加空格"],
  ["{q: 好，a: 对}", "2:10", "是文本的一部分时，要整段加引号"],
  ['{q: "好，是吗"， a: 对}', "2:15", "这里是全角逗号“，”"],
  ['{q: "好"； a: 对}', "2:12", "这里是全角标点“；”"],
  ["{q: 好, a：对}", "2:13", "a 后面是全角冒号“：”"],
  ["{q: 好, a： 对}", "2:13", "a 后面是全角冒号“：”"],
  ["｛q: 好, a: 对｝", "2:5", "这里是全角括号“｛”，应为半角 {"],
  ["{q: 好, a: 对｝", "2:16", "这里是全角括号“｝”，应为半角 }"],
  ["q: |-\n\t好", "3:1", "缩进不能用制表符，请用空格"],
  ["q: |-\n      好\n\t吗", "4:1", "缩进不能用制表符，请用空格"],
  ["q: >\n\n\t好", "4:1", "缩进不能用制表符，请用空格"],
])("%j is named by its mark", async (item, place, words) => {
  const [first = ""] = await faults(item);
  expect(first).toMatch(new RegExp(`^s\\.yaml:${place} `));
  expect(first).toContain(words);
});

test.each([
  ["tags: [1， 2]", "1:8", "这里是全角逗号“，”"],
  ["tags: ［1, 2］", "1:7", "这里是全角括号“［”，应为半角 ["],
  ["tags: 【1, 2】", "1:7", "应为半角 ["],
])("%s, which YAML reads as a text, is named by its mark too", async (text, place, words) => {
  const Tags = z.strictObject({ tags: z.array(z.number()) });
  const [first = ""] = told(
    await errorOf(async () => parseYaml(`${text}\n`, "s.yaml", Tags)),
    "zh",
  );
  expect(first).toMatch(new RegExp(`^s\\.yaml:${place} `));
  expect(first).toContain(words);
});

test.each([
  String.raw`q: "请回答\nabc\t好"`,
  String.raw`q: "计算 \\frac{1}{2}，写成 \"答案：X\""`,
  String.raw`q: '计算 \frac{1}{2}，用"答案：X"'`,
  String.raw`q: "\textures 不是命令"`,
  "q: “好”字几画？",
  "{q: 好, a: 对} # 一句注释 }",
  "q: 好 # 一句注释",
  "{q: 好，吗；【是】, a: 对}",
  "q: ［好］，｛对｝",
  "q: |-\n      好\n      \t吗",
])("%s is well", (item) => {
  expect(() => parseYaml(`items:\n  - ${item}\n`, "s.yaml", File)).not.toThrow();
});
