import { array, assert, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";

import { extractProgram } from "./extract.ts";

const fence = "```";
const longFence = "````";

test.each<[string, string, string, readonly string[], string | null]>([
  ["one fence", `代码如下：\n${fence}python\nx = 1\n${fence}\n说明。`, "python", [], "x = 1"],
  ["no language on the fence", `${fence}\nx = 1\n${fence}`, "python", [], "x = 1"],
  ["py3", `${fence}py3\nx = 1\n${fence}`, "python", [], "x = 1"],
  ["attributes", `${fence}{.python .numberLines}\nx = 1\n${fence}`, "python", [], "x = 1"],
  ["tildes", "~~~python\nx = 1\n~~~", "python", [], "x = 1"],
  [
    "a fence that is not closed",
    `${fence}python\ndef f(x):\n    return x`,
    "python",
    ["f"],
    "def f(x):\n    return x",
  ],
  [
    "a longer fence around one",
    `${longFence}python\ns = """\n${fence}\n"""\n${longFence}`,
    "python",
    [],
    `s = """\n${fence}\n"""`,
  ],
  [
    "indented in a list",
    `1. 写法：\n   ${fence}python\n   def f(x):\n       return x\n   ${fence}`,
    "python",
    ["f"],
    "def f(x):\n    return x",
  ],
  ["in a quotation", `> ${fence}python\n> x = 1\n> ${fence}`, "python", [], "x = 1"],
  ["CRLF", `${fence}python\r\nx = 1\r\n${fence}\r\n`, "python", [], "x = 1"],
  ["marks", "【代码开始】\nx = 1\n【代码结束】", "python", [], "\nx = 1\n"],
  [
    "marks around a fence",
    `【代码开始】\n${fence}python\nx = 1\n${fence}\n【代码结束】`,
    "python",
    [],
    "x = 1",
  ],
  [
    "marks that are only announced",
    `请看【代码开始】与【代码结束】之间。\n【代码开始】\nx = 2\n【代码结束】`,
    "python",
    [],
    "\nx = 2\n",
  ],
  ["an end mark that is missing", "【代码开始】\nx = 1", "python", [], "\nx = 1"],
  ["a session", `${fence}python\n>>> x = 1\n>>> x\n1\n${fence}`, "python", [], "x = 1\nx"],
  [
    "output beside it",
    `${fence}python\nx = 1\n${fence}\n输出：\n${fence}text\n1\n${fence}`,
    "python",
    [],
    "x = 1",
  ],
  [
    "a shell command first",
    `${fence}bash\npip install x\n${fence}\n${fence}python\nx = 1\n${fence}`,
    "python",
    [],
    "x = 1",
  ],
  [
    "the block that defines the name",
    `${fence}python\ndef f(x): return x\n${fence}\n用法：\n${fence}python\nprint(f(1))\n${fence}`,
    "python",
    ["f"],
    "def f(x): return x",
  ],
  [
    "the last of two that define it",
    `方法一\n${fence}python\ndef f(x): return 1\n${fence}\n方法二\n${fence}python\ndef f(x): return 2\n${fence}`,
    "python",
    ["f"],
    "def f(x): return 2",
  ],
  [
    "a helper in a block before",
    `${fence}python\nclass Node: pass\n${fence}\n${fence}python\ndef f(x): return Node()\n${fence}`,
    "python",
    ["f"],
    "class Node: pass\n\ndef f(x): return Node()",
  ],
  [
    "blocks of which none defines the name",
    `${fence}python\na = 1\n${fence}\n${fence}python\nb = 2\n${fence}`,
    "python",
    ["f"],
    "a = 1\n\nb = 2",
  ],
  [
    "an assigned function",
    `${fence}python\nf = lambda x: x\n${fence}\n${fence}python\nprint(f(1))\n${fence}`,
    "python",
    ["f"],
    "f = lambda x: x",
  ],
  [
    "a Chinese name",
    `${fence}python\ndef 求和(x): return x\n${fence}\n${fence}python\nprint(1)\n${fence}`,
    "python",
    ["求和"],
    "def 求和(x): return x",
  ],
  [
    "the one that reads its input",
    `${fence}python\nprint(input())\n${fence}\n测试：\n${fence}python\nassert True\n${fence}`,
    "python",
    [],
    "print(input())",
  ],
  [
    "JavaScript exports",
    `${fence}js\nexport const f = (x) => x;\n${fence}\n${fence}js\nconsole.log(f(1));\n${fence}`,
    "javascript",
    ["f"],
    "export const f = (x) => x;",
  ],
  [
    "SQL in two blocks",
    `${fence}sql\nCREATE VIEW v AS SELECT 1;\n${fence}\n${fence}sql\nSELECT * FROM v;\n${fence}`,
    "sql",
    [],
    "CREATE VIEW v AS SELECT 1;\n\nSELECT * FROM v;",
  ],
  ["a reply that is code", "def f(x):\n    return x", "python", ["f"], "def f(x):\n    return x"],
  [
    "code below a sentence",
    "代码如下：\n\ndef f(x):\n    # 返回\n    return x\n\n以上就是全部代码。",
    "python",
    ["f"],
    "def f(x):\n    # 返回\n    return x",
  ],
  ["a bare query", "SELECT 1;", "sql", [], "SELECT 1;"],
  ["a sentence that begins like a query", "select 语句可以查出结果。", "sql", [], null],
  ["a runner's language", `${fence}go\npackage main\n${fence}`, "go", [], "package main"],
  ["words alone", "这道题可以用排序来解决，先排序再去重即可。", "python", ["f"], null],
  ["a refusal", "抱歉，我无法编写这段代码。", "javascript", ["f"], null],
  ["another language", `${fence}java\nclass A {}\n${fence}`, "python", ["f"], null],
  ["an empty fence", `${fence}python\n${fence}`, "python", ["f"], null],
  ["nothing between the marks", "【代码开始】【代码结束】", "python", [], null],
])("%s", (_, reply, language, asked, expected) => {
  expect(extractProgram(reply, language, asked)?.program ?? null).toBe(expected);
});

test("any text gives a program or none", () => {
  const pieces = constantFrom(
    ..."```|```python|~~~|【代码开始】|【代码结束】|\n|def f(x):|f = |class A|>>> |    |> |import |select |'|\"|#|字|（|=|`".split(
      "|",
    ),
  );
  assert(
    property(array(pieces, { maxLength: 30 }), (parts) => {
      const reply = parts.join("").repeat(200);
      for (const language of ["python", "javascript", "sql", "go"]) {
        const found = extractProgram(reply, language, ["f", "A"]);
        expect(found === null || found.program.trim() !== "").toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
