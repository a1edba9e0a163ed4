import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import { errorOf, folderWith, told } from "../testing/files.ts";
import { readSuite } from "./suites.ts";

const yaml = `schema: suite/1
id: s
tasks:
  - {id: a, dimension: [历史], grader: {use: exact}, items: {from: data/a.jsonl}}
  - {id: b, dimension: [历史], grader: {use: exact}, items: {from: data/b.jsonl}}
`;
const row = '{"id":"x","question":"问","answer":"答"}\n';
const files = { "s.yaml": yaml, "data/a.jsonl": row, "data/b.jsonl": row };

test("the digest covers the suite's text and data, wherever they are", async () => {
  const folder = await folderWith(files);
  const { digest, suite, file } = await readSuite(join(folder, "s.yaml"));
  expect(digest).toMatch(/^[0-9a-f]{32}$/);
  expect(suite.id).toBe("s");
  expect(file).toBe(join(folder, "s.yaml"));
  const elsewhere = await folderWith(files);
  await rename(join(elsewhere, "s.yaml"), join(elsewhere, "other.yaml"));
  expect((await readSuite(join(elsewhere, "other.yaml"))).digest).toBe(digest);
});

test.each([
  ["a comment in the suite", "s.yaml", `${yaml}# 注释\n`],
  ["one data file", "data/b.jsonl", row.replace("答", "对")],
  ["a newline in a data file", "data/a.jsonl", `${row}\n`],
])("the digest changes with %s", async (_name, name, text) => {
  const folder = await folderWith(files);
  const before = await readSuite(join(folder, "s.yaml"));
  await writeFile(join(folder, name), text);
  expect((await readSuite(join(folder, "s.yaml"))).digest).not.toBe(before.digest);
});

test("line ends and a byte order mark of Windows make no other suite; other bytes do", async () => {
  const windows = (text: string): string => `\uFEFF${text.replaceAll("\n", "\r\n")}`;
  const digestOf = async (suite: string, rows: string): Promise<string> => {
    const folder = await folderWith({ "s.yaml": suite, "data/a.jsonl": rows, "data/b.jsonl": row });
    return (await readSuite(join(folder, "s.yaml"))).digest;
  };
  // Read in pieces of 64 KiB: the first ends between the CR and the LF of the first line.
  const first = `{"id":"x","question":"${"x".repeat(2 ** 16 - 41)}","answer":"1"}`;
  const rows = `${first}\n${row.replace('"x"', '"y"')}`;
  expect(windows(rows).indexOf("\r") + 2).toBe(2 ** 16 - 1);
  const unix = await digestOf(yaml, rows);
  expect(await digestOf(windows(yaml), windows(rows))).toBe(unix);
  expect(await digestOf(yaml, rows.replace('"1"', '"2"'))).not.toBe(unix);
  expect(await digestOf(yaml, rows.replace("\n", "\r"))).not.toBe(unix);
});

test("swapping two data files makes a different suite", async () => {
  const one = await folderWith({ ...files, "data/b.jsonl": row.replace("答", "对") });
  const other = await folderWith({ ...files, "data/a.jsonl": row.replace("答", "对") });
  const first = await readSuite(join(one, "s.yaml"));
  const second = await readSuite(join(other, "s.yaml"));
  expect(first.digest).not.toBe(second.digest);
});

test("all missing data files are reported together", async () => {
  const folder = await folderWith({ "s.yaml": yaml });
  const error = await errorOf(() => readSuite(join(folder, "s.yaml")));
  expect(told(error, "en", folder)).toEqual([
    "s.yaml:4:66  tasks[0].items.from  no such data file: data/a.jsonl",
    "s.yaml:5:66  tasks[1].items.from  no such data file: data/b.jsonl",
  ]);
});
