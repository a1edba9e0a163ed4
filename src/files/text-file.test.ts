import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import { errorOf, folderWith, told } from "../store/testing/files.ts";
import { readText } from "./text-file.ts";

const gbk = Uint8Array.from([0xc4, 0xe3, 0xba, 0xc3]);
const bytes = (...parts: readonly (string | Uint8Array)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => Buffer.from(part)));

test.each([
  [bytes("id: 题\r\n"), "id: 题\r\n"],
  [bytes("\uFEFFid: 题\n"), "id: 题\n"],
  [bytes(""), ""],
])("UTF-8 is read, with or without a byte order mark: %#", async (content, text) => {
  const folder = await folderWith({ "a.yaml": content });
  expect(await readText(join(folder, "a.yaml"))).toBe(text);
});

test.each([
  [
    bytes("id: a\ntitle: 好 ", gbk, "\n"),
    "a.yaml:2:10  不是 UTF-8 编码，请另存为 UTF-8",
    "a.yaml:2:10  not UTF-8; save the file as UTF-8",
  ],
  [
    bytes("id: a\ntitle: ", gbk, "\nx: y\n"),
    "a.yaml:2:8  不是 UTF-8 编码（看起来是 GBK），请另存为 UTF-8",
    "a.yaml:2:8  not UTF-8 (looks like GBK); save the file as UTF-8",
  ],
  [
    bytes(Buffer.from("\uFEFFid: a", "utf16le")),
    "a.yaml:1:1  不是 UTF-8 编码（看起来是 UTF-16），请另存为 UTF-8",
    "a.yaml:1:1  not UTF-8 (looks like UTF-16); save the file as UTF-8",
  ],
])("another encoding is told with its place: %#", async (content, zh, en) => {
  const folder = await folderWith({ "a.yaml": content });
  const error = await errorOf(() => readText(join(folder, "a.yaml")));
  expect(told(error, "zh", folder)).toEqual([zh]);
  expect(told(error, "en", folder)).toEqual([en]);
  expect(error.exitCode).toBe(2);
});

test("a missing file and a folder are told in plain words", async () => {
  const folder = await folderWith({});
  await mkdir(join(folder, "d"));
  const missing = await errorOf(() => readText(join(folder, "no.yaml")));
  expect(told(missing, "zh", folder)).toEqual(["no.yaml：文件不存在"]);
  const isFolder = await errorOf(() => readText(join(folder, "d")));
  expect(told(isFolder, "en", folder)).toEqual(["d: this is a folder, not a file"]);
});
