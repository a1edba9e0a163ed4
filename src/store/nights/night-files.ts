import { mkdir, open, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { createZstdDecompress } from "node:zlib";

import { memberOf } from "../../domain/json.ts";
import { nightSchemas, type NightsLine } from "../../domain/nights/lines.ts";
import { UserError } from "../../domain/text.ts";
import { packBytes } from "../../files/packed.ts";
import { type CompiledCheck, compiledCheck } from "../../validation/compiled-check.ts";

const ending = ".night.zst";
/** Unpacked; a record of 31 targets takes some 300 kB. */
const mostBytes = 64 << 20;

/** Where the compact records of a history lie. */
export const nightsFolder = (history: string): string => join(history, "nights");

/**
 * Writes one record: it appears whole or not at all, and is flushed to the disk. A record has a name of its own and is
 * never appended to, so that two histories are merged by putting their files together.
 */
export async function writeNightFile(
  folder: string,
  name: string,
  lines: readonly NightsLine[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const path = join(folder, `${name}${ending}`);
  const draft = `${path}.${process.pid}.part`;
  const handle = await open(draft, "w");
  try {
    await handle.writeFile(await packBytes(Buffer.from(text)));
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(draft, path);
}

/** The names of all records of a folder, in their order; none where there is no folder. */
export async function nightFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .toSorted();
}

/** Lines that were read before, by their text: the anchors are the same every night. */
export type SeenLines = Map<string, NightsLine>;

export type NightFileOptions = {
  /** Whether lines of the kind `tasks`, which are most of a record, are wanted. */
  readonly tasks: boolean;
  /** Whether lines of the kind `windows` are wanted; by default they are not. */
  readonly windows?: boolean;
  /** Anchors that stand in it are the same value as in the record they were first read from. */
  readonly seen?: SeenLines;
};

/** The lines of a record. Rejects with a UserError where it is damaged or written by a later version. */
export async function readNightFile(
  folder: string,
  name: string,
  { tasks, windows = false, seen = new Map() }: NightFileOptions,
): Promise<readonly NightsLine[]> {
  const path = join(folder, `${name}${ending}`);
  const lines: NightsLine[] = [];
  const skipped = [...(tasks ? [] : [tasksStart]), ...(windows ? [] : [windowsStart])];
  for await (const { number, line } of unpackedLines(path, await readFile(path), skipped)) {
    const known = line.startsWith(anchorsStart) ? seen.get(line) : undefined;
    const value = known ?? checked(path, number, line);
    if (value !== null && line.startsWith(anchorsStart)) seen.set(line, value);
    if (value !== null) lines.push(value);
  }
  return lines;
}

type NumberedLine = { readonly number: number; readonly line: string };

/**
 * The lines of a record that hold something, numbered from 1. It is unpacked piece by piece, and lines that are not wanted
 * never become texts, so that a year of records takes the memory of what is kept of them.
 */
async function* unpackedLines(
  path: string,
  packed: Buffer,
  skipped: readonly Buffer[],
): AsyncGenerator<NumberedLine> {
  const unpack = createZstdDecompress({ chunkSize: pieceBytes });
  unpack.end(packed);
  let [number, bytes] = [0, 0];
  let begun: Buffer[] = [];
  const lineOf = (last: Buffer): NumberedLine | null => {
    const whole = begun.length === 0 ? last : Buffer.concat([...begun, last]);
    begun = [];
    number++;
    const isWanted = whole.length > 0 && !skipped.some((start) => begins(whole, start));
    return isWanted ? { number, line: whole.toString("utf8") } : null;
  };
  try {
    for await (const piece of unpack as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > mostBytes) throw damaged(path, `${mostBytes} B`);
      let from = 0;
      for (let end = piece.indexOf(newline); end !== -1; end = piece.indexOf(newline, from)) {
        const line = lineOf(piece.subarray(from, end));
        from = end + 1;
        if (line !== null) yield line;
      }
      if (from < piece.length) begun.push(piece.subarray(from));
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw damaged(path, error instanceof Error ? error.message : String(error));
  }
  const line = lineOf(Buffer.alloc(0));
  if (line !== null) yield line;
}

const begins = (line: Buffer, start: Buffer): boolean =>
  line.subarray(0, start.length).equals(start);

const pieceBytes = 1 << 16;
const newline = "\n".charCodeAt(0);
const tasksStart = Buffer.from('{"kind":"tasks"');
const windowsStart = Buffer.from('{"kind":"windows"');
const anchorsStart = '{"kind":"anchors"';

const checks = new Map<string, CompiledCheck>();

/** Null for a line of a kind that a later version may have added. */
function checked(path: string, number: number, line: string): NightsLine | null {
  const value = parsed(line);
  const kind = memberOf(value, "kind");
  if (value === undefined || typeof kind !== "string") throw damaged(`${path}:${number}`, "JSON");
  if (!isKind(kind)) return null;
  const check = checks.get(kind) ?? compiledCheck(nightSchemas[kind]);
  checks.set(kind, check);
  if (check(value) < 0) {
    const issue = nightSchemas[kind].safeParse(value).error?.issues[0];
    throw damaged(`${path}:${number}`, issue?.path.join(".") ?? kind);
  }
  return value as NightsLine;
}

const isKind = (kind: string): kind is keyof typeof nightSchemas =>
  Object.hasOwn(nightSchemas, kind);

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const damaged = (place: string, what: string): UserError =>
  new UserError({
    zh: `${place} 不是完好的夜间记录（${what}）。运行文件还在时用 baimo nightly --rebuild 重做；否则从备份或历史分支取回，或删掉这个文件，这一夜就不再计入。`,
    en: `${place} is no whole record of a night (${what}). While its run file exists, make it again with baimo nightly --rebuild; else restore it from a backup or the branch of the history, or remove it and do without that night.`,
  });
