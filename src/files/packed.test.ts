import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";

import { beforeEach, expect, test } from "vitest";

import { UserError } from "../domain/text.ts";
import { eachLine } from "./lines.ts";
import { isPacked, openBytes, packFile } from "./packed.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "baimo-packed-"));
});

/** Three and a half megabytes of lines of different lengths. */
const text = Array.from(
  { length: 30_000 },
  (_, line) => `{"line":${line},"text":"${"百模".repeat(line % 37)}"}\n`,
).join("");

const plainFile = (): string => {
  const file = join(folder, "x.jsonl");
  writeFileSync(file, text);
  return file;
};

async function linesOf(file: string): Promise<readonly string[]> {
  const source = await openBytes(file);
  const lines: string[] = [];
  try {
    for await (const { bytes } of eachLine(source, { shown: file })) lines.push(bytes.toString());
  } finally {
    await source.close();
  }
  return lines;
}

test("a packed file is read as the plain one, and by other programs", async () => {
  const file = plainFile();
  const packed = `${file}.zst`;
  const sizes = await packFile(file, packed);
  expect(sizes).toEqual({ plain: Buffer.byteLength(text), packed: readFileSync(packed).length });
  expect(sizes.packed * 5).toBeLessThan(sizes.plain);
  expect(await linesOf(packed)).toEqual(await linesOf(file));
  expect(await isPacked(packed)).toBe(true);
  expect(await isPacked(file)).toBe(false);
  // Several frames and a skippable one.
  expect(zstdDecompressSync(readFileSync(packed)).toString()).toBe(text);
});

test("a name from before the file was packed leads to it, and to no other", async () => {
  const file = plainFile();
  await packFile(file, `${file}.zst`);
  const lines = await linesOf(file);
  rmSync(file);
  expect(await linesOf(file)).toEqual(lines);
  expect(await isPacked(file)).toBe(true);
  rmSync(`${file}.zst`);
  await expect(openBytes(file)).rejects.toThrow(/ENOENT.*x\.jsonl'/);
  expect(await isPacked(file)).toBe(false);
});

test("any byte can be read, over the borders of frames", async () => {
  const file = plainFile();
  await packFile(file, `${file}.zst`);
  const source = await openBytes(`${file}.zst`);
  const bytes = Buffer.from(text);
  for (const position of [0, 1, (1 << 20) - 3, 1 << 20, (3 << 20) + 17, bytes.length - 5, 9]) {
    const got: Buffer[] = [];
    let at = position;
    while (at < Math.min(position + 10, bytes.length)) {
      const want = Math.min(position + 10, bytes.length) - at;
      const { buffer, bytesRead } = await source.read(Buffer.alloc(want), 0, want, at);
      expect(bytesRead).toBeGreaterThan(0);
      got.push(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
    expect(Buffer.concat(got)).toEqual(bytes.subarray(position, position + 10));
  }
  const { bytesRead } = await source.read(Buffer.alloc(10), 0, 10, bytes.length);
  expect(bytesRead).toBe(0);
  await source.close();
});

test("what other programs packed has no index and is read all the same", async () => {
  const file = join(folder, "y.jsonl.zst");
  writeFileSync(file, zstdCompressSync(Buffer.from(text)));
  const source = await openBytes(file);
  expect((await source.stat()).size).toBe(Buffer.byteLength(text));
  await source.close();
  expect(await linesOf(file)).toHaveLength(30_000);
});

test("an empty file", async () => {
  const file = join(folder, "empty.jsonl");
  writeFileSync(file, "");
  await packFile(file, `${file}.zst`);
  expect(await linesOf(file)).toEqual([]);
});

test("a file that was cut off or damaged is refused", async () => {
  const file = plainFile();
  const packed = `${file}.zst`;
  await packFile(file, packed);
  const whole = readFileSync(packed);
  const damaged = Buffer.from(whole);
  damaged.fill(0, 300, 400);
  writeFileSync(packed, damaged);
  await expect(linesOf(packed)).rejects.toBeInstanceOf(UserError);
  writeFileSync(packed, whole);
  truncateSync(packed, whole.length - 400);
  await expect(linesOf(packed)).rejects.toThrow("cut off or damaged");
});
