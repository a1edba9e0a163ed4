import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  type FileHandle,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import fc from "fast-check";
import { afterEach, beforeEach, expect, inject, test } from "vitest";

import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { Opener } from "./writer.ts";

import { formatProblem, UserError } from "../../domain/text.ts";
import { anyLines, damagedRunFile, reviewLine as review } from "../testing/properties.ts";
import { runLine as header } from "../testing/run-line.ts";
import { readHeader, readRun, scanRun } from "./reader.ts";
import { openRunLines } from "./run-lines.ts";
import { createRunFile, reopenRunFile } from "./writer.ts";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "baimo-run-file-"));
  file = join(folder, "deep", "run.jsonl");
});
afterEach(() => rm(folder, { recursive: true }));

async function written(lines: readonly RunFileLine[]): Promise<string> {
  const writer = await createRunFile(file, header);
  await Promise.all(lines.map((line) => writer.append(line)));
  await writer.close();
  return readFile(file, "utf8");
}

const scan = (path = file) => scanRun(path, () => undefined);
const failing = (text: string) => ({
  rejects: async (work: Promise<unknown>) => {
    const error: unknown = await work.then(() => null).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).text.en).toContain(text);
    return error as UserError;
  },
});

test("lines are read back as written, in order, and the lock is gone", async () => {
  const lines = Array.from({ length: 500 }, (_, index) => review(`k${index}`));
  const text = await written(lines);
  expect(await readRun(file)).toEqual([header, ...lines]);
  expect(text.endsWith("}\n")).toBe(true);
  expect(await readdir(join(folder, "deep"))).toEqual(["run.jsonl"]);
  expect(await readHeader(file)).toEqual(header);
});

test("an append is on file when it resolves", async () => {
  const writer = await createRunFile(file, header);
  await writer.append(review("a"));
  expect((await readRun(file)).at(-1)).toEqual(review("a"));
  await writer.close();
});

test("wherever the file is cut off, complete lines are read and resuming repairs it", async () => {
  await written([review("一"), review("二"), review("三")]);
  const whole = await readFile(file);
  const starts = [...whole.entries()].filter(([, byte]) => byte === 10).map(([at]) => at + 1);
  const [first = 0] = starts;
  // Prime to everything that repeats in the lines.
  for (let length = first; length < whole.length; length += inject("matrix") ? 7 : 61) {
    await writeFile(file, whole.subarray(0, length));
    const scanned = await scan();
    const writer = await reopenRunFile(file, scanned);
    await writer.append(review("新"));
    await writer.close();
    const read = await readRun(file);
    expect(read.at(-1)).toEqual(review("新"));
    const kept = starts.filter((start) => start - 1 <= length).length;
    expect(read).toHaveLength(kept + 1);
  }
});

test("a complete last line without a newline counts", async () => {
  const text = await written([review("a")]);
  await writeFile(file, text.trimEnd());
  const scanned = await scan();
  expect(scanned).toMatchObject({ torn: false, unterminated: true });
  const writer = await reopenRunFile(file, scanned);
  await writer.append(review("b"));
  await writer.close();
  expect((await readRun(file)).slice(1)).toEqual([review("a"), review("b")]);
});

test.each([
  ["an empty file", "", "is empty"],
  ["a blank line first", "\n", "is not a run file"],
  ["a gzipped file", "\u001f\u008b\b\u0000", "is not a run file"],
  ["a text", "hello\nworld\n", "is not a run file"],
  ["another JSON Lines file", '{"id":1}\n{"id":2}\n', "is not a run file"],
  ["one torn line", '{"kind":"ru', "is not a run file"],
  ["a binary file", "\u0000\u0001\u0002\n\u0000", "is not a run file"],
  [
    "a newer schema",
    `${JSON.stringify({ ...header, schema: "run/2", tool: { version: "9.9.9" } })}\n`,
    "written by baimo 9.9.9",
  ],
  [
    "damage inside",
    `${JSON.stringify(header)}\n{"kind":"ans\n${JSON.stringify(review("a"))}\n`,
    ":2 is not valid JSON",
  ],
])("refused: %s", async (_, text, reason) => {
  const path = join(folder, "other.jsonl");
  await writeFile(path, text);
  await failing(reason).rejects(scan(path));
});

test("a byte order mark is read over, and such a run goes on", async () => {
  const text = await written([review("a")]);
  await writeFile(file, `\uFEFF${text}`);
  expect(await readRun(file)).toEqual([header, review("a")]);
  expect(await readHeader(file)).toEqual(header);
  const offsets: number[] = [];
  const scanned = await scanRun(file, (_, offset) => offsets.push(offset));
  expect(offsets[0]).toBe(3);
  const writer = await reopenRunFile(file, scanned);
  await writer.append(review("b"));
  await writer.close();
  expect(await readRun(file)).toEqual([header, review("a"), review("b")]);
});

const swapped = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();

test.each<[string, (text: string) => string | Uint8Array, string]>([
  ["UTF-16 of Windows", (text) => Buffer.from(`\uFEFF${text}`, "utf16le"), "UTF-16"],
  ["UTF-16 of others", (text) => swapped(`\uFEFF${text}`), "UTF-16"],
  ["UTF-16 without a mark", (text) => Buffer.from(text, "utf16le"), "UTF-16"],
  ["UTF-16 of others without a mark", swapped, "UTF-16"],
  ["UTF-32", () => Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]), "UTF-32"],
  ["gzip", (text) => gzipSync(text), "gzip"],
  // 「理由」 in GBK.
  [
    "GBK",
    (text) => Buffer.from(text.replaceAll("理由", "\u00C0\u00ED\u00D3\u00C9"), "latin1"),
    ":2 is not UTF-8",
  ],
])("another form is named: %s", async (_, change, said) => {
  await writeFile(file, change(await written([review("a")])));
  await failing(said).rejects(scan());
});

test("line ends of Windows are read", async () => {
  const text = await written([review("a")]);
  await writeFile(file, text.replaceAll("\n", "\r\n"));
  expect(await readRun(file)).toEqual([header, review("a")]);
});

test("a line of an unknown kind is refused, and a member that a later version added is not", async () => {
  await written([]);
  await writeFile(file, `${JSON.stringify({ ...review("a"), mood: { x: [1] } })}\n`, { flag: "a" });
  expect(await readRun(file)).toHaveLength(2);
  await writeFile(file, '{"kind":"anwser","x":1}\n', { flag: "a" });
  expect(await problemsOf(scan())).toContain(
    `${file}:3:1  kind  unknown kind of line "anwser"; did you mean "answer"? (if a later baimo wrote the file, upgrade)`,
  );
});

test("a line that could not be read back is not written, and the file goes on", async () => {
  const writer = await createRunFile(file, header);
  const wrong = { ...review("a"), verdict: "partial", value: 7 } as const;
  await failing("value: expected a number ≤ 1; got 7").rejects(writer.append(wrong));
  await failing("else a number from 0 to 1; got nothing").rejects(
    writer.append({ ...review("a"), value: Number.NaN }),
  );
  await writer.append(review("b"));
  await writer.close();
  expect(await readRun(file)).toEqual([header, review("b")]);
});

test("a line is found again by its offset, and not where another program has changed the file", async () => {
  await written([review("a"), review("b")]);
  const offsets: number[] = [];
  await scanRun(file, (_, offset) => offsets.push(offset));
  const lines = await openRunLines(file);
  try {
    expect(await lines.at(offsets[2] ?? 0)).toEqual(review("b"));
    expect(await lines.at(0)).toEqual(header);
    await failing("changed by another process").rejects(lines.at((offsets[1] ?? 0) + 3));
  } finally {
    await lines.close();
  }
});

const problemsOf = async (work: Promise<unknown>): Promise<readonly string[]> => {
  const error: unknown = await work.then(() => null).catch((each: unknown) => each);
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).problems.map((problem) => formatProblem(problem, "en"));
};

test("an existing file is not overwritten; a missing one is named", async () => {
  await written([]);
  await failing("exists already").rejects(createRunFile(file, header));
  expect(await readRun(file)).toEqual([header]);
  await failing("no such file").rejects(scan(join(folder, "none.jsonl")));
});

test("a path through a file is not writable: exit 3", async () => {
  await written([]);
  const error = await failing("Cannot write").rejects(createRunFile(join(file, "x.jsonl"), header));
  expect(error.exitCode).toBe(3);
});

test("what another process wrote after the scan is never truncated", async () => {
  await written([review("a")]);
  const scanned = await scan();
  const other = await reopenRunFile(file, scanned);
  await other.append(review("b"));
  await failing("being written").rejects(reopenRunFile(file, scanned));
  await other.close();
  await failing("has just been changed").rejects(reopenRunFile(file, scanned));
  expect(await readRun(file)).toEqual([header, review("a"), review("b")]);
  expect(await readdir(join(folder, "deep"))).toEqual(["run.jsonl"]);
});

/** A disk with `room` bytes that writes at most `most` at once, `delay_ms` late. */
const disk =
  (room: number, { most = Number.POSITIVE_INFINITY, delay_ms = 0, code = "ENOSPC" } = {}): Opener =>
  async (path, flags) => {
    const handle = await open(path, flags);
    let left = room;
    const write = async (bytes: Buffer, offset: number, length: number) => {
      await new Promise((done) => setTimeout(done, delay_ms));
      if (left <= 0) throw Object.assign(new Error(code), { code });
      const taken = Math.min(length, most, left);
      left -= taken;
      return handle.write(bytes, offset, taken);
    };
    return new Proxy(handle, {
      get: (real, name): unknown => {
        if (name === "write") return write;
        const value: unknown = Reflect.get(real, name, real);
        return typeof value === "function" ? value.bind(real) : value;
      },
    }) satisfies FileHandle;
  };

test("partial writes are continued, a slow disk keeps the order", async () => {
  const writer = await createRunFile(file, header, disk(1e9, { most: 13, delay_ms: 0 }));
  const lines = Array.from({ length: 20 }, (_, index) => review(`k${index}`));
  await Promise.all(lines.map((line) => writer.append(line)));
  await writer.close();
  expect((await readRun(file)).slice(1)).toEqual(lines);
});

test.each([
  ["ENOSPC", "the disk is full"],
  ["EDQUOT", "quota"],
  ["EIO", "the disk fails"],
])(
  "%s in the middle: a clear message, exit 3, and the run can be resumed",
  async (code, reason) => {
    const length = Buffer.byteLength(`${JSON.stringify(header)}\n`);
    const one = Buffer.byteLength(`${JSON.stringify(review("k0"))}\n`);
    const writer = await createRunFile(file, header, disk(length + one * 2 + 5, { code }));
    await writer.append(review("k0"));
    await writer.append(review("k1"));
    const error = await failing(reason).rejects(writer.append(review("k2")));
    expect(error.exitCode).toBe(3);
    expect(error.text.zh).toContain("--resume");
    await expect(writer.append(review("k3"))).rejects.toThrow(reason);
    await writer.close();
    const scanned = await scan();
    expect(scanned.torn).toBe(true);
    const again = await reopenRunFile(file, scanned);
    await again.append(review("k2"));
    await again.close();
    expect((await readRun(file)).slice(1)).toEqual([review("k0"), review("k1"), review("k2")]);
  },
);

test.each([
  ["EROFS", "read-only"],
  ["EACCES", "permission denied"],
  ["ENOSPC", "the disk is full"],
])("%s before anything is sent: exit 3, nothing to resume, no lock left", async (code, reason) => {
  const refuse: Opener = () => Promise.reject(Object.assign(new Error(code), { code }));
  const error = await failing(reason).rejects(createRunFile(file, header, refuse));
  expect(error.exitCode).toBe(3);
  expect(error.text.en).toContain("Nothing was asked");
  expect(await readdir(join(folder, "deep"))).toEqual([]);
});

test("a disk that is full from the start leaves no lock", async () => {
  await failing("the disk is full").rejects(createRunFile(file, header, disk(0)));
  expect(await readdir(join(folder, "deep"))).toEqual(["run.jsonl"]);
});

test("a limit on the file's size stops another process with the same message", async () => {
  const code = `
    import { createRunFile } from ${JSON.stringify(join(import.meta.dirname, "writer.ts"))};
    const writer = await createRunFile(process.argv[1], ${JSON.stringify(header)});
    try {
      for (;;) await writer.append(${JSON.stringify(review("k", "x".repeat(5000)))});
    } catch (error) {
      console.log(error.exitCode, error.text.en);
    }
    await writer.close();`;
  const child = spawn(
    "/bin/sh",
    [
      "-c",
      'ulimit -f 64; exec "$0" --import tsx --input-type=module -e "$1" "$2"',
      process.execPath,
      code,
      file,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const output: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  await once(child, "exit");
  expect(Buffer.concat(output).toString()).toContain("3 Cannot write");
  expect((await stat(file)).size).toBe(64 * 512);
  const scanned = await scan();
  expect(scanned.torn).toBe(true);
  await (await reopenRunFile(file, scanned)).close();
  expect((await scan()).torn).toBe(false);
});

test("any lines in any batches are read back", () => fc.assert(anyLines(folder), { numRuns: 40 }));

test("any damage is tolerated or refused, never an internal error", async () => {
  await written([review("a"), review("b")]);
  await fc.assert(damagedRunFile(folder, await readFile(file)), {
    numRuns: inject("matrix") ? 100 : 30,
  });
});
