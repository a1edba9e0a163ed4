import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { type RunFileLine } from "../../domain/run-file/lines.ts";
import { UserError } from "../../domain/text.ts";
import { lockFile } from "../../files/lock.ts";
import {
  changedError,
  damagedError,
  diskError,
  emptyError,
  foreignError,
  guarded,
  readError,
} from "./run-file-errors.ts";
import type { RunLine } from "../../domain/run-file/header.ts";
import { formats } from "../../domain/formats.ts";

/** Appends lines to a run file. */
export type RunWriter = {
  readonly file: string;
  /** Resolves when the line's `write()` has returned; lines keep their order. Rejects on a disk error. */
  readonly append: (line: RunFileLine) => Promise<void>;
  /** Flushes to the disk and releases the file. */
  readonly close: () => Promise<void>;
};

/** What a scan found out besides the lines. */
export type Scanned = {
  /** Bytes up to the end of the last complete line. */
  readonly bytes: number;
  /** Total bytes. */
  readonly size: number;
  /** The last line was cut off and has been ignored. */
  readonly torn: boolean;
  /** The last complete line lacks its newline. */
  readonly unterminated: boolean;
};

/** Opens files for writing; tests inject one that fails. */
export type Opener = (file: string, flags: "wx" | "r+") => Promise<FileHandle>;

/** Starts a new run file and creates its folder. Rejects with a UserError if the file exists or cannot be written. */
export async function createRunFile(
  file: string,
  header: RunLine,
  opener: Opener = open,
): Promise<RunWriter> {
  const writer = await openWriter(file, "wx", opener);
  try {
    await writer.append(header);
    return writer;
  } catch (error) {
    await writer.close().catch(() => undefined);
    throw error;
  }
}

/**
 * Opens a run file to continue it; a torn last line is truncated. Rejects with a UserError if another process is
 * writing it, or has written to it since the scan.
 */
export async function reopenRunFile(
  file: string,
  scanned: Scanned,
  opener: Opener = open,
): Promise<RunWriter> {
  return openWriter(file, "r+", opener, scanned);
}

async function openWriter(
  file: string,
  flags: "wx" | "r+",
  opener: Opener,
  scanned?: Scanned,
): Promise<RunWriter> {
  const isNew = scanned === undefined;
  await makeFolder(file);
  const unlock = await guarded(file, () => lockFile(file), isNew);
  try {
    const handle = await guarded(file, () => opener(file, flags), isNew);
    try {
      const position = scanned === undefined ? 0 : await endOf(file, handle, scanned);
      return createWriter(file, handle, position, unlock);
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function makeFolder(file: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
  } catch (error) {
    // A file is in the folder's place.
    const taken = error instanceof Error && Reflect.get(error, "code") === "EEXIST";
    throw diskError(
      file,
      taken ? Object.assign(new Error("no folder"), { code: "ENOTDIR" }) : error,
      true,
    );
  }
}

/** Makes the file end with a complete line and returns its length. */
async function endOf(file: string, handle: FileHandle, scanned: Scanned): Promise<number> {
  const { size } = await handle.stat();
  if (size !== scanned.size) throw changedError(file);
  return guarded(file, async () => {
    if (scanned.torn) await handle.truncate(scanned.bytes);
    if (!scanned.unterminated) return scanned.bytes;
    await handle.write("\n", scanned.bytes);
    return scanned.bytes + 1;
  });
}

/** Lines that arrive within this time after a write share the next one. */
const batchMs = 1;

function createWriter(
  file: string,
  handle: FileHandle,
  start: number,
  unlock: () => Promise<void>,
): RunWriter {
  let position = start;
  let texts: string[] = [];
  let writing: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let broken: UserError | null = null;
  let written = Number.NEGATIVE_INFINITY;

  const flush = async (): Promise<void> => {
    await writing;
    if (performance.now() - written < batchMs) await sleep(batchMs);
    next = null;
    const bytes = Buffer.from(texts.join(""));
    texts = [];
    if (broken !== null) throw broken;
    writing = writeAll(bytes).catch((error: unknown) => {
      broken = diskError(file, error);
    });
    await writing;
    written = performance.now();
    if (broken !== null) throw broken;
  };

  const writeAll = async (bytes: Buffer): Promise<void> => {
    let done = 0;
    while (done < bytes.length) {
      const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position);
      if (bytesWritten === 0) throw new Error("nothing could be written");
      done += bytesWritten;
      position += bytesWritten;
    }
  };

  return {
    file,
    append: (line) => {
      texts.push(`${JSON.stringify(line)}\n`);
      next ??= flush();
      return next;
    },
    close: async () => {
      try {
        await next;
        await guarded(file, () => handle.datasync());
      } finally {
        await handle.close();
        await unlock();
      }
    },
  };
}

/**
 * Reads a run file in one pass. `onLine` gets every line with its byte offset. A torn last line is ignored.
 * Rejects with a UserError for a file that is not a run file, is empty, has a newer schema, or is damaged inside.
 */
export async function scanRun(
  file: string,
  onLine: (line: RunFileLine, offset: number) => void,
): Promise<Scanned> {
  let rest: Buffer | null = null;
  let restOffset = 0;
  let offset = 0;
  let count = 0;

  const take = (bytes: Buffer, at: number): void => {
    count += 1;
    const line = parseLine(file, bytes.toString("utf8"), count);
    if (count === 1) checkHeader(file, line);
    onLine(line, at);
  };

  for await (const chunk of readChunks(file)) {
    // A foreign file may be an endless one, so do not look for its first newline.
    if (offset === 0 && chunk[0] !== braceByte) throw foreignError(file);
    let from = 0;
    let end = chunk.indexOf(10);
    while (end !== -1) {
      const part = chunk.subarray(from, end);
      if (rest === null) take(part, offset + from);
      else take(Buffer.concat([rest, part]), restOffset);
      rest = null;
      from = end + 1;
      end = chunk.indexOf(10, from);
    }
    if (from < chunk.length) {
      if (rest === null) restOffset = offset + from;
      rest = rest === null ? chunk.subarray(from) : Buffer.concat([rest, chunk.subarray(from)]);
    }
    offset += chunk.length;
  }
  if (rest === null) {
    if (count === 0) throw emptyError(file);
    return { bytes: offset, size: offset, torn: false, unterminated: false };
  }
  if (isWhole(rest)) {
    take(rest, restOffset);
    return { bytes: offset, size: offset, torn: false, unterminated: true };
  }
  if (count === 0) throw foreignError(file);
  return { bytes: restOffset, size: offset, torn: true, unterminated: false };
}

const braceByte = 0x7b;

/** The first line of a run file, or null if the file is not one. */
export async function readHeader(file: string): Promise<RunLine | null> {
  let header: RunLine | null = null;
  const stopped = new Error("header read");
  try {
    await scanRun(file, (line) => {
      if (line.kind === "run") header = line;
      throw stopped;
    });
  } catch (error) {
    if (error !== stopped && !(error instanceof UserError)) throw error;
  }
  return header;
}

/** All lines of a run file, in order; for when memory does not matter. */
export async function readRun(file: string): Promise<readonly RunFileLine[]> {
  const lines: RunFileLine[] = [];
  await scanRun(file, (line) => lines.push(line));
  return lines;
}

async function* readChunks(file: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      yield chunk as Buffer;
    }
  } catch (error) {
    throw readError(file, error);
  }
}

function parseLine(file: string, text: string, number: number): RunFileLine {
  const value = parsed(text);
  if (isLine(value)) return value;
  if (number === 1) throw foreignError(file);
  throw damagedError(file, number);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function checkHeader(file: string, line: RunFileLine): void {
  if (typeof line !== "object" || line === null || line.kind !== "run") throw foreignError(file);
  const schema: string = line.schema;
  if (schema === formats.run) return;
  throw new UserError({
    zh: `${file} 的格式是 ${schema}，由 baimo ${line.tool.version} 写成；本版本只能读 ${formats.run}。请升级 baimo。`,
    en: `${file} has schema ${schema}, written by baimo ${line.tool.version}; this version reads ${formats.run}. Upgrade baimo.`,
  });
}

const isWhole = (bytes: Buffer): boolean => isLine(parsed(bytes.toString("utf8")));

const isLine = (value: unknown): value is RunFileLine =>
  typeof value === "object" && value !== null && "kind" in value;
