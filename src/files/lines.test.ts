import { mkdtemp, open, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import type { ByteSource } from "./byte-source.ts";

import { UserError } from "../domain/text.ts";
import { decodedText } from "./decode.ts";
import { jsonRows } from "./json-rows.ts";
import { setLineLimit } from "./line-limit.ts";
import { eachLine, linesOf, type LineOptions } from "./lines.ts";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "baimo-lines-"));
  file = join(folder, "rows.jsonl");
});
afterEach(async () => {
  setLineLimit({});
  await rm(folder, { recursive: true });
});

async function read(more: Partial<LineOptions> = {}): Promise<readonly unknown[]> {
  const handle = await open(file);
  try {
    const lines: unknown[] = [];
    for await (const { bytes, start, line, ended } of eachLine(handle, { shown: "rows", ...more }))
      lines.push([bytes.toString(), start, line, ended]);
    return lines;
  } finally {
    await handle.close();
  }
}

async function refused(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(() => null).catch((each: unknown) => each);
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).text.en;
}

const mega = 1 << 20;

describe("lines of a file", () => {
  test("blank ones are left out, a mark and carriage returns do no harm, the last may lack its end", async () => {
    await writeFile(file, "\uFEFF一\r\n \t\n二\n\n三");
    expect(await read()).toEqual([
      ["一\r", 3, 1, true],
      ["二", 11, 3, true],
      ["三", 16, 5, false],
    ]);
  });

  test("wherever chunks end, the lines are the same", async () => {
    const line = fc.integer({ min: 0, max: mega + 3 }).map((length) => "字".repeat(length / 3));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 4 }), async (lines) => {
        await writeFile(file, lines.join("\n"));
        const found = (await read()) as readonly [string][];
        expect(found.map(([text]) => text)).toEqual(lines.filter((text) => text !== ""));
      }),
      { numRuns: 20 },
    );
  });

  test("a line above the limit is not read to its end", async () => {
    await writeFile(file, `短\n${"长".repeat(1000)}\n短\n`);
    expect(await read({ limit: 3000 })).toHaveLength(3);
    await writeFile(file, `短\n${"长".repeat(mega)}`);
    const said = await refused(read({ limit: 2 * mega }));
    expect(said).toContain("rows:2 a line is longer than 2 MB and was not read to its end");
    expect(said).toContain("BAIMO_MAX_LINE_MB");
  });

  test("null bytes at the end, or without end, are named with the place from which to cut", async () => {
    await writeFile(file, '{"a":1}\n{"a":2}\0\0\0');
    expect(await refused(read())).toContain("rows:2 holds null bytes from byte 15 on");
    await writeFile(file, '{"a":1}\n');
    await truncate(file, 3_000_000_000);
    expect(await refused(read())).toContain("rows:2 holds null bytes from byte 8 on");
  });

  test.each([
    ["UTF-16", Buffer.from('\uFEFF{"a":1}\n', "utf16le")],
    ["UTF-16", Buffer.from('{"a":1}\n', "utf16le")],
    ["UTF-16", Buffer.from('{"a":1}\n', "utf16le").swap16()],
    ["gzip", gzipSync('{"a":1}\n')],
  ])("%s is named", async (form, bytes) => {
    await writeFile(file, bytes);
    expect(await refused(read())).toContain(form);
  });
});

test.each([
  ["0", "from 1 to 500; it is 0"],
  ["600", "it is 600"],
  ["1.5", "it is 1.5"],
  ["viel", "it is viel"],
])("BAIMO_MAX_LINE_MB=%s is refused", (stated, expected) => {
  expect(() => setLineLimit({ BAIMO_MAX_LINE_MB: stated })).toThrow(expected);
});

describe("lines and rows of a text", () => {
  const all = async <T>(values: AsyncIterable<T>): Promise<readonly T[]> => {
    const found: T[] = [];
    for await (const value of values) found.push(value);
    return found;
  };

  test("wherever pieces end, the lines are the same", async () => {
    const texts = fc.array(fc.string({ unit: fc.constantFrom("甲", "\r", "\n", "b") }));
    await fc.assert(
      fc.asyncProperty(texts, async (pieces) => {
        async function* given(): AsyncGenerator<string> {
          yield* pieces;
        }
        const expected = pieces.join("").split("\n");
        if (expected.at(-1) === "") expected.pop();
        const lines = await all(linesOf(given(), { shown: "rows" }));
        expect(lines).toEqual(
          expected.map((each, at) =>
            each.endsWith("\r") && (at < expected.length - 1 || pieces.join("").endsWith("\n"))
              ? each.slice(0, -1)
              : each,
          ),
        );
      }),
    );
  });

  test("a line of a table, a line of JSON and an element of a list that are too long are refused", async () => {
    setLineLimit({ BAIMO_MAX_LINE_MB: "1" });
    const long = "x".repeat(2 * mega);
    await writeFile(file, `question,answer\n${long},A\n`);
    expect(await refused(all(decodedText(file, mega)))).toContain("longer than 1 MB");
    expect(await all(decodedText(file))).not.toEqual([]);
    await writeFile(file, `{"question":"${long}"}\n`);
    expect(await refused(all(jsonRows(file)))).toContain(`${file}:1 a line is longer than 1 MB`);
    // In bytes, as everywhere: so many characters would be within it.
    await writeFile(file, `{"question":"短"}\n{"question":"${"长".repeat(mega / 2)}"}\n`);
    expect(await refused(all(jsonRows(file)))).toContain(`${file}:2 a line is longer than 1 MB`);
    await writeFile(file, `[{"question":"短"},{"question":"${long}"}]`);
    expect(await refused(all(jsonRows(file)))).toContain(`${file} #2 a line is longer than 1 MB`);
    await writeFile(file, `[${`${JSON.stringify({ question: "短" })},`.repeat(mega / 16)}1]`);
    expect(await all(jsonRows(file))).toHaveLength(mega / 16 + 1);
    await writeFile(
      file,
      `{"data":[${`${JSON.stringify({ question: "短" })},`.repeat(mega / 16)}1]}`,
    );
    expect(await all(jsonRows(file, "data"))).toHaveLength(mega / 16 + 1);
  });
});

test("a file that has grown since its size was asked is read to its end", async () => {
  const rows = Array.from({ length: 3_000 }, (_, at) => `{"row":${at}}`);
  await writeFile(file, `${rows.join("\n")}\n`);
  const handle = await open(file);
  const source: ByteSource = {
    stat: async () => ({ isFile: () => true, size: 100 }),
    read: (buffer, offset, length, position) => handle.read(buffer, offset, length, position),
    close: () => handle.close(),
  };
  const found: string[] = [];
  for await (const { bytes } of eachLine(source, { shown: "rows" })) found.push(bytes.toString());
  await source.close();
  expect(found).toEqual(rows);
});
