import { open } from "node:fs/promises";
import { join } from "node:path";

import * as fc from "fast-check";
import { expect, test } from "vitest";

import type { Generators } from "./expand/item-source.ts";

import { indexRows } from "../../files/jsonl.ts";
import { eachLine } from "../../files/lines.ts";
import { errorOf, folderWith, told } from "../testing/files.ts";
import { eachItem, openItems } from "./items.ts";
import { type ParsedSuite, parseSuite } from "./suites.ts";

const suiteOf = (items: string): string => `schema: suite/1
id: s
tasks:
  - id: t
    dimension: [历史]
    grader: {use: exact}
    items: ${items}
`;

async function suiteWith(
  rows: string | Uint8Array,
): Promise<{ suite: ParsedSuite; folder: string }> {
  const folder = await folderWith({
    "s.yaml": suiteOf("{from: data/x.jsonl}"),
    "data/x.jsonl": rows,
  });
  return { suite: await parseSuite(join(folder, "s.yaml")), folder };
}

const taskOf = (suite: ParsedSuite) => {
  const [task] = suite.suite.tasks;
  if (task === undefined) throw new Error("no task");
  return task;
};

async function allRows(suite: ParsedSuite): Promise<readonly string[]> {
  const source = await openItems(suite, taskOf(suite));
  try {
    const rows = Array.from({ length: source.count }, async (_, row) => source.at(row));
    return (await Promise.all(rows)).map(({ id }) => id);
  } finally {
    await source.close();
  }
}

async function streamed(suite: ParsedSuite, generators?: Generators) {
  const found: (readonly [id: string, line: number | null])[] = [];
  for await (const { item, line } of eachItem(suite, taskOf(suite), generators)) {
    found.push([item.id, line]);
  }
  return found;
}

const row = (id: string): string => JSON.stringify({ id, question: "问", answer: "答" });

test("rows are found by number and streamed with line numbers: BOM, CRLF, blank lines, no last newline", async () => {
  const { suite } = await suiteWith(
    `\uFEFF${row("a")}\r\n\r\n  \t\n${row("b")}\n\n${row("汉字")}\r\n${row("d")}`,
  );
  expect(await allRows(suite)).toEqual(["a", "b", "汉字", "d"]);
  expect(await streamed(suite)).toEqual([
    ["a", 1],
    ["b", 4],
    ["汉字", 6],
    ["d", 7],
  ]);
});

test("rows longer than the reader's chunk, and rows across chunk borders", async () => {
  const long = (id: string) => JSON.stringify({ id, question: "长".repeat(800_000), answer: "答" });
  const { suite } = await suiteWith([row("a"), long("b"), row("c"), long("d")].join("\n"));
  expect(await allRows(suite)).toEqual(["a", "b", "c", "d"]);
  const source = await openItems(suite, taskOf(suite));
  expect((await source.at(3)).question).toHaveLength(800_000);
  await source.close();
});

test("inline items have no line number", async () => {
  const folder = await folderWith({
    "s.yaml": suiteOf("[{id: a, question: q}, {id: b, question: q}]"),
  });
  const suite = await parseSuite(join(folder, "s.yaml"));
  expect(await allRows(suite)).toEqual(["a", "b"]);
  expect(await streamed(suite)).toEqual([
    ["a", null],
    ["b", null],
  ]);
});

test.each([
  [
    `${row("a")}\n\n{"id":"b","qestion":"问"}`,
    'data/x.jsonl:3:1  qestion  未知的键 "qestion"；是否应为 "question"？',
    'data/x.jsonl:3:1  qestion  unknown key "qestion"; did you mean "question"?',
  ],
  [
    `${row("a")}\n{"id":"b",\n`,
    "data/x.jsonl:2:11  这一行不是有效的 JSON（不完整）",
    "data/x.jsonl:2:11  this line is not valid JSON (it ends too early)",
  ],
  [
    `${row("a")}\n{"id":"b" "question":"问"}\n`,
    "data/x.jsonl:2:11  这一行不是有效的 JSON",
    "data/x.jsonl:2:11  this line is not valid JSON",
  ],
  [
    `${row("a")}\n["b"]\n`,
    "data/x.jsonl:2:1  应为键值表，实为列表",
    "data/x.jsonl:2:1  expected a map; got a list",
  ],
  [
    `${row("a")}\n{"id":"b","question":"问","answer":98765432109876543210}\n`,
    'data/x.jsonl:2:1  数字 "98765432109876543210" 过长，会丢失精度；请加引号写成文本',
    'data/x.jsonl:2:1  the number "98765432109876543210" is too long and would lose digits; write it in quotes',
  ],
  [
    Buffer.concat([
      Buffer.from(`${row("a")}\n{"id":"b","question":"`),
      Buffer.from([0xc4, 0xe3, 0xba, 0xc3]),
      Buffer.from('"}\n'),
    ]),
    "data/x.jsonl:2:23  不是 UTF-8 编码（看起来是 GBK），请另存为 UTF-8",
    "data/x.jsonl:2:23  not UTF-8 (looks like GBK); save the file as UTF-8",
  ],
])(
  "a bad row is reported with file and line, by number and in the stream: %#",
  async (rows, zh, en) => {
    const { suite, folder } = await suiteWith(rows);
    const source = await openItems(suite, taskOf(suite));
    expect((await source.at(0)).id).toBe("a");
    const byNumber = await errorOf(() => source.at(1));
    expect(told(byNumber, "zh", folder)).toEqual([zh]);
    expect(told(byNumber, "en", folder)).toEqual([en]);
    await source.close();
    expect(told(await errorOf(() => streamed(suite)), "en", folder)).toEqual([en]);
  },
);

test("more than sixteen digits inside a text are fine", async () => {
  const { suite } = await suiteWith('{"id":"a","question":"身份证号 110101199003071234"}');
  expect(await allRows(suite)).toEqual(["a"]);
});

test("a missing data file is reported at the line that names it", async () => {
  const folder = await folderWith({ "s.yaml": suiteOf("{from: data/none.jsonl}") });
  const suite = await parseSuite(join(folder, "s.yaml"));
  const error = await errorOf(() => openItems(suite, taskOf(suite)));
  expect(told(error, "zh", folder)).toEqual([
    "s.yaml:7:19  tasks[0].items.from  数据文件不存在：data/none.jsonl",
  ]);
});

test("generators can be injected and get the settings as written", async () => {
  const folder = await folderWith({
    "s.yaml": suiteOf("{generate: sums, n: 3, seed: 7, with: {digits: 2}}"),
  });
  const suite = await parseSuite(join(folder, "s.yaml"));
  const generators: Generators = {
    sums: ({ n, seed, with: { digits } }) => ({
      count: n,
      at: (at) =>
        Promise.resolve({ id: `${seed}-${String(digits)}-${at}`, question: "1+1", answer: 2 }),
    }),
  };
  expect(await streamed(suite, generators)).toEqual([
    ["7-2-0", null],
    ["7-2-1", null],
    ["7-2-2", null],
  ]);
  const error = await errorOf(() =>
    openItems(suite, taskOf(suite), { summs: generators["sums"] ?? never }),
  );
  expect(told(error, "en", folder)).toEqual([
    's.yaml:7:23  tasks[0].items.generate  unknown generator "sums"; did you mean "summs"?',
  ]);
});

const never = (): never => {
  throw new Error("unexpected call");
};

test("a hundred thousand rows take four bytes each, and any can be read", async () => {
  const rows = 100_000;
  const text = Array.from({ length: rows }, (_, at) => row(`i${at}`)).join("\n");
  const { suite, folder } = await suiteWith(text);
  const source = await openItems(suite, taskOf(suite));
  expect(source.count).toBe(rows);
  expect((await source.at(rows - 1)).id).toBe(`i${rows - 1}`);
  expect((await source.at(54_321)).id).toBe("i54321");
  await expect(source.at(rows)).rejects.toThrow(RangeError);
  await source.close();
  const handle = await open(join(folder, "data/x.jsonl"));
  expect((await indexRows(handle, "rows")).byteLength).toBe(4 * (rows + 1));
  await handle.close();
});

test("lines equal those of a plain split", async () => {
  const texts = fc.array(fc.constantFrom("a", "题", " ", "\t", "\r", "\n", "\n\n", "\r\n", "{}"), {
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(texts, async (parts) => {
      const text = parts.join("");
      const folder = await folderWith({ "x.jsonl": text });
      const handle = await open(join(folder, "x.jsonl"));
      const found: (readonly [string, number])[] = [];
      for await (const { bytes, line } of eachLine(handle, { shown: "rows" }))
        found.push([bytes.toString(), line]);
      await handle.close();
      const expected = text
        .split("\n")
        .map((each, at) => [each, at + 1] as const)
        .filter(([each]) => /[^ \t\r]/.test(each));
      expect(found).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});
