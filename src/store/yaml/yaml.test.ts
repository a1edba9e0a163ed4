import * as fc from "fast-check";
import { expect, inject, test } from "vitest";
import { stringify } from "yaml";

import { Provider } from "../../domain/provider.ts";
import { Suite } from "../../domain/suite.ts";
import { UserError } from "../../domain/text.ts";
import { anyText } from "../../text/testing/any-text.ts";
import { pathText } from "../../validation/path-text.ts";
import { errorOf, told } from "../testing/files.ts";
import { parseYaml } from "./yaml.ts";

const good = `schema: suite/1
id: s
title: 题集
tasks:
  - id: t
    dimension: [中文特性, 成语]
    grader: {use: exact}
    items:
      - {id: i1, question: 问, answer: 答}
`;
const emptyFile = {
  zh: "s.yaml:1:1  文件是空的；配置和题集的样例用 baimo init 写出",
  en: "s.yaml:1:1  the file is empty; baimo init writes a sample of a config and of a suite",
};
const swap = (from: string | RegExp, to: string): string => {
  const text = good.replace(from, to);
  if (text === good) throw new Error(`nothing to swap: ${String(from)}`);
  return text;
};

test("a valid suite is read with the locations of its parts", () => {
  const { value, locate } = parseYaml(good, "s.yaml", Suite);
  expect(value.tasks[0]?.items).toEqual([{ id: "i1", question: "问", answer: "答" }]);
  const path = ["tasks", 0, "items", 0, "answer"];
  const place = { file: "s.yaml", line: 9, path: "tasks[0].items[0].answer" };
  expect(locate(path)).toEqual({ ...place, column: 39 });
  expect(locate(path, "key")).toEqual({ ...place, column: 31 });
  expect(locate(["tasks", 0, "nothing"])).toMatchObject({ line: 5, column: 5 });
  expect(locate([])).toMatchObject({ line: 1, column: 1, path: "" });
});

test.each([
  ["a byte order mark is skipped", `\uFEFF${good}`],
  ["CRLF", good.replaceAll("\n", "\r\n")],
  ["no newline at the end", good.trimEnd()],
  ["a comment and a document mark", `# 注释\n---\n${good}`],
])("%s", (_name, text) => {
  expect(parseYaml(text.replace("\uFEFF", ""), "s.yaml", Suite).value.id).toBe("s");
});

const broken: readonly (readonly [name: string, text: string, zh: string, en: string])[] = [
  [
    "a misspelt key, reported once",
    swap("dimension", "dimesion"),
    's.yaml:6:5  tasks[0].dimesion  未知的键 "dimesion"；是否应为 "dimension"？',
    's.yaml:6:5  tasks[0].dimesion  unknown key "dimesion"; did you mean "dimension"?',
  ],
  [
    "a misspelt key of an item",
    swap("answer:", "anwser:"),
    's.yaml:9:31  tasks[0].items[0].anwser  未知的键 "anwser"；是否应为 "answer"？',
    's.yaml:9:31  tasks[0].items[0].anwser  unknown key "anwser"; did you mean "answer"?',
  ],
  [
    "a Chinese key",
    swap("answer:", "答案:"),
    's.yaml:9:31  tasks[0].items[0].答案  未知的键 "答案"；可用的有 41 个，如 id、question、turns',
    's.yaml:9:31  tasks[0].items[0].答案  unknown key "答案"; there are 41, such as id, question, turns',
  ],
  [
    "a missing key",
    swap("    grader: {use: exact}\n", ""),
    's.yaml:5:5  tasks[0].grader  缺少必填项 "grader"（应为键值表）',
    's.yaml:5:5  tasks[0].grader  missing required "grader" (expected a map)',
  ],
  [
    "an id with a space",
    swap("id: s", "id: s s"),
    's.yaml:2:5  id  应为标识（字母、数字、汉字、. _ -，且不能只是 . 或 ..），实为 "s s"',
    's.yaml:2:5  id  expected an id (letters, digits, . _ -; not . or .. alone); got "s s"',
  ],
  [
    "a value outside a fixed set",
    swap("title: 题集", "data_class: 敏敢"),
    's.yaml:3:13  data_class  应为以下之一：公开, public, 内部, internal, 敏感, sensitive，实为 "敏敢"；是否应为 "敏感"？',
    's.yaml:3:13  data_class  expected one of 公开, public, 内部, internal, 敏感, sensitive; got "敏敢"; did you mean "敏感"?',
  ],
  [
    "another schema",
    swap("suite/1", "suite/2"),
    's.yaml:1:9  schema  应为 suite/1，实为 "suite/2"；是否应为 "suite/1"？',
    's.yaml:1:9  schema  expected suite/1; got "suite/2"; did you mean "suite/1"?',
  ],
  [
    "an empty value where several kinds are allowed",
    swap("answer: 答", "answer:"),
    "s.yaml:9:38  tasks[0].items[0].answer  应为文本、数、布尔值（true 或 false）、列表或键值表，实为空值",
    "s.yaml:9:38  tasks[0].items[0].answer  expected a text, a number, true or false, a list or a map; got nothing (null)",
  ],
  [
    "no items",
    swap(/items:[^]*/, "items: []\n"),
    "s.yaml:8:12  tasks[0].items  应为非空列表，实为空列表",
    "s.yaml:8:12  tasks[0].items  expected a list that is not empty; got an empty list",
  ],
  [
    "the branch of a union that was meant",
    swap(/items:[^]*/, "items: {form: data/x.jsonl}\n"),
    's.yaml:8:13  tasks[0].items.form  未知的键 "form"；是否应为 "from"？',
    's.yaml:8:13  tasks[0].items.form  unknown key "form"; did you mean "from"?',
  ],
  [
    "no tasks",
    swap(/tasks:[^]*/, "tasks: []\n"),
    "s.yaml:4:8  tasks  应为非空列表，实为空列表",
    "s.yaml:4:8  tasks  expected a list that is not empty; got an empty list",
  ],
  [
    "a number out of range",
    swap("title: 题集", "defaults: {params: {temperature: 3}}"),
    "s.yaml:3:34  defaults.params.temperature  应为 ≤ 2 的数，实为 3",
    "s.yaml:3:34  defaults.params.temperature  expected a number ≤ 2; got 3",
  ],
  [
    "a number that would lose digits",
    swap("answer: 答", "answer: 12345678901234567890"),
    's.yaml:9:39  数字 "12345678901234567890" 过长，会丢失精度；请加引号写成文本',
    's.yaml:9:39  the number "12345678901234567890" is too long and would lose digits; write it in quotes',
  ],
  [
    "a wording whose name is not an id",
    swap("    grader", '    wordings: {"a b": "{{question}}"}\n    grader'),
    's.yaml:7:16  tasks[0].wordings["a b"]  应为标识（字母、数字、汉字、. _ -，且不能只是 . 或 ..），实为 "a b"',
    's.yaml:7:16  tasks[0].wordings["a b"]  expected an id (letters, digits, . _ -; not . or .. alone); got "a b"',
  ],
  [
    "a repeated key",
    swap("title: 题集", "id: x"),
    "s.yaml:3:1  重复的键",
    "s.yaml:3:1  repeated key",
  ],
  [
    "a tab",
    swap("    dimension", "\tdimension"),
    "s.yaml:6:1  缩进不能用制表符，请用空格",
    "s.yaml:6:1  tabs cannot indent; use spaces",
  ],
  [
    "an open bracket",
    swap("成语]", "成语"),
    "s.yaml:6:16  这里的 [ 没有合上，缺少 ]",
    "s.yaml:6:16  the [ here is not closed: ] is missing",
  ],
  [
    "a colon in a text",
    swap("title: 题集", "title: 注意: 题集"),
    "s.yaml:3:8  此处不能再嵌套键值（文本里有“: ”或以冒号结尾时，要整段加引号）",
    "s.yaml:3:8  no nested key can stand here (a text with ': ' in it or a colon at its end needs quotes)",
  ],
  [
    "a colon in a text in brackets",
    swap("question: 问", "question: 顾客问: 能退吗"),
    's.yaml:9:28  [ ] 或 { } 里的文本含有“: ”（冒号加空格）时，要整段加引号，例如 "顾客问: 能退吗"；如果是两个键，中间要有逗号',
    's.yaml:9:28  inside [ ] or { } a text with ": " (a colon and a blank) in it needs quotes, such as "顾客问: 能退吗"; between two keys stands a comma',
  ],
  [
    "a tag",
    swap("title: 题集", "title: !!js/function 题集"),
    "s.yaml:3:8  不支持 YAML 标签（!…）",
    "s.yaml:3:8  YAML tags (!…) are not supported",
  ],
  [
    "an alias without an anchor",
    swap("title: 题集", "title: *x"),
    "s.yaml:3:8  别名没有对应的锚点（以 * 开头的文本要加引号）",
    "s.yaml:3:8  the alias has no anchor (a text that starts with * needs quotes)",
  ],
  [
    "an alias that refers to itself",
    "a: &a [1, *a]\n",
    "s.yaml:1:11  别名 *a 引用了自身",
    "s.yaml:1:11  alias *a refers to itself",
  ],
  [
    "several documents",
    `${good}---\n${good}`,
    "s.yaml:10:1  文件里有多个 YAML 文档（---），只能有一个",
    "s.yaml:10:1  the file holds several YAML documents (---); only one is read",
  ],
  ["an empty file", "", emptyFile.zh, emptyFile.en],
  ["only comments", "# 注释\n", emptyFile.zh, emptyFile.en],
  ["a list", "[1]", "s.yaml:1:1  应为键值表，实为列表", "s.yaml:1:1  expected a map; got a list"],
  [
    "a text",
    "你好",
    's.yaml:1:1  应为键值表，实为 "你好"',
    's.yaml:1:1  expected a map; got "你好"',
  ],
  [
    "runaway nesting",
    "[".repeat(150) + "]".repeat(150),
    "s.yaml:1:102  嵌套超过 100 层",
    "s.yaml:1:102  nested more than 100 deep",
  ],
];

test.each(broken)("%s", async (_name, text, zh, en) => {
  const error = await errorOf(() => parseYaml(text, "s.yaml", Suite));
  expect(told(error, "zh")).toEqual([zh]);
  expect(told(error, "en")).toEqual([en]);
  expect(error.exitCode).toBe(2);
});

const shop = `schema: suite/1
id: shop
title: 小店客服
tasks:
  - id: refunds
    dimension: [客服, 退款]
    prompt: |-
      {{question}}
      A：同意
      id：不是键
    grader: {use: choice}
    items:
      - {id: r1, question: "顾客问：能退吗", options: {A: 同意, B: 说明}, answer: B}
      - id: r2
        question: 能换吗：颜色不对
        answer: 答案：B
`;

const colons = [...shop.matchAll(/(\w+): ?/g)].map(({ index, 1: key = "" }) => ({
  key,
  at: index + key.length,
  line: shop.slice(0, index).split("\n").length,
}));

test.each(colons)("a full-width colon after $key in line $line is named there", async (slip) => {
  const { key, at, line } = slip;
  const text = `${shop.slice(0, at)}：${shop.slice(at + 1).replace(/^ /, "")}`;
  const column = at - shop.lastIndexOf("\n", at);
  const error = await errorOf(() => parseYaml(text, "s.yaml", Suite));
  expect(told(error, "zh")).toEqual([
    `s.yaml:${line}:${column}  ${key} 后面是全角冒号“：”，应为半角冒号加空格，即 ${key}: …`,
  ]);
});

test("a whole file of full-width colons, and full-width colons in texts", async () => {
  const error = await errorOf(() => parseYaml("schema：suite/1\nid：s\n", "s.yaml", Suite));
  expect(told(error, "en")).toEqual([
    's.yaml:1:7  a full-width colon "：" stands after schema; write a plain one and a blank: schema: …',
  ]);
  expect(parseYaml(shop, "s.yaml", Suite).value.id).toBe("shop");
});

test("an alias bomb is refused at once, at the alias that exceeds the limit", async () => {
  const letters = Array.from("abcdefghi");
  const nine = (name: string) => Array.from({ length: 9 }, () => name).join(", ");
  const levels = letters.map((letter, level) => {
    const before = letters[level - 1];
    return `${letter}: &${letter} [${nine(before === undefined ? "lol" : `*${before}`)}]`;
  });
  const error = await errorOf(() => parseYaml(levels.join("\n"), "s.yaml", Suite));
  expect(told(error, "en")).toEqual([
    "s.yaml:6:12  aliases expand to more than 200000 nodes; refused",
  ]);
});

test("endless brackets are one problem, not a crash", async () => {
  const error = await errorOf(() => parseYaml("[".repeat(100_000), "s.yaml", Suite));
  expect(error.problems).toHaveLength(1);
});

test("an alias is expanded, and a problem in it is reported where it is written", async () => {
  const shared = good
    .replace("{use: exact}", "&g {use: exact}")
    .replace("answer: 答", "answer: 答, grader: *g");
  const { value } = parseYaml(shared, "s.yaml", Suite);
  expect(value.tasks[0]?.items).toMatchObject([{ grader: { use: "exact" } }]);
  const wrong = shared.replace("use: exact", "sue: exact");
  const error = await errorOf(() => parseYaml(wrong, "s.yaml", Suite));
  expect(told(error, "en")).toEqual([
    's.yaml:7:17  tasks[0].grader.sue  unknown key "sue"; did you mean "use"?',
  ]);
});

test("all problems are reported together, ordered by line", async () => {
  const text = `schema: provider/1
id: x
protocol: openai-chat
base_url: http://127.0.0.1
request:
  temperature: {mn: 0}
  thinking: {default: Onn}
  seed: true
models:
  - id: x
    contex: 5
    price: {currency: RMB, tiers: [{input: -1, output: a, during: {hours: ["9-12"]}}]}
errors:
  - {status: 400, outcome: filterd-input}
`;
  const error = await errorOf(() => parseYaml(text, "p.yaml", Provider));
  expect(told(error, "en")).toEqual([
    'p.yaml:6:17  request.temperature.mn  unknown key "mn"; did you mean "min"?',
    'p.yaml:7:23  request.thinking.default  expected a level\'s name in lower case, such as off, low, high or max, or a whole number of tokens; got "Onn"',
    "p.yaml:8:9  request.seed  expected a text or false; got true",
    'p.yaml:11:5  models[0].contex  unknown key "contex"; did you mean "context"?',
    'p.yaml:12:23  models[0].price.currency  expected one of CNY, USD; got "RMB"',
    "p.yaml:12:44  models[0].price.tiers[0].input  expected a number ≥ 0; got -1",
    'p.yaml:12:56  models[0].price.tiers[0].output  expected a number; got "a"',
    'p.yaml:12:76  models[0].price.tiers[0].during.hours[0]  expected hours such as 09:00-12:00; got "9-12"',
    expect.stringMatching(
      /^p.yaml:14:28 {2}errors\[0\].outcome {2}expected one of \d+ known names; got "filterd-input"; did you mean "filtered-input"\?$/,
    ),
  ]);
});

test("paths are written as in code", () => {
  expect(pathText(["tasks", 0, "items", 3, "answer"])).toBe("tasks[0].items[3].answer");
  expect(pathText(["providers", "a b", "models", 1])).toBe('providers["a b"].models[1]');
  expect(pathText([])).toBe("");
});

/**
 * What is wrong with how a text is handled, or null: it must be a suite, or a `UserError` whose problems all have
 * a location in it and a message.
 */
function flaw(text: string): string | null {
  try {
    parseYaml(text, "s.yaml", Suite);
    return null;
  } catch (error) {
    if (!(error instanceof UserError)) return String(error);
    if (error.problems.length === 0) return "no problem is named";
    const lines = text.split("\n").length;
    const bad = error.problems.find(
      ({ place: { line, column }, message }) =>
        line === null ||
        line < 1 ||
        line > lines ||
        column === null ||
        column < 1 ||
        message.zh === "" ||
        message.en === "",
    );
    return bad === undefined ? null : JSON.stringify(bad);
  }
}

test("any text is a suite or a UserError", () => {
  const pieces = fc.constantFrom(
    ...Array.from("[]{}:,-?*&!|>'\"#%@` \n\t\r\u00a0"),
    "---\n",
    "...\n",
    "<<: *a\n",
    "&a ",
    "*a ",
    "schema: suite/1\n",
    "id: 题\n",
    "tasks:\n",
    "  - ",
    "items: ",
    "__proto__: ",
    "1e999",
    "0x1F",
    ".nan",
    "!!binary x",
    "\u{FFFE}",
    "\uD800",
  );
  const yamlish = fc.array(fc.oneof(pieces, anyText({ maxLength: 8 })), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(
      yamlish.map((parts) => parts.join("")),
      (text) => {
        expect(flaw(text)).toBeNull();
      },
    ),
    { numRuns: inject("matrix") ? 600 : 150 },
  );
});

test("any value anywhere in a suite is read or reported", () => {
  const suite = fc.record({
    schema: fc.constant("suite/1"),
    id: fc.oneof(fc.constant("s"), fc.jsonValue()),
    tasks: fc.oneof(
      fc.jsonValue(),
      fc.array(
        fc.dictionary(
          fc.constantFrom(
            "id",
            "dimension",
            "grader",
            "items",
            "prompt",
            "wordings",
            "params",
            "x",
          ),
          fc.jsonValue({ maxDepth: 3 }),
        ),
        { maxLength: 3 },
      ),
    ),
  });
  fc.assert(
    fc.property(
      suite.map((value) => stringify(value)),
      (text) => {
        expect(flaw(text)).toBeNull();
      },
    ),
    { numRuns: inject("matrix") ? 400 : 100 },
  );
});

test("a valid suite with one character changed is read or reported", () => {
  fc.assert(
    fc.property(fc.nat(good.length), fc.string({ unit: "grapheme", maxLength: 2 }), (at, put) => {
      expect(flaw(good.slice(0, at) + put + good.slice(at + 1))).toBeNull();
    }),
    { numRuns: inject("matrix") ? 600 : 150 },
  );
});
