import type { FileHandle } from "node:fs/promises";
import { mkdir, open, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { RunLine } from "../../domain/run-file/header.ts";
import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { Scanned } from "./reader.ts";

import { UserError } from "../../domain/text.ts";
import { lockFile } from "../../files/lock.ts";
import { changedError, diskError, guarded } from "./errors.ts";
import { scanRun } from "./reader.ts";

/** Appends lines to a run file. */
export type RunWriter = {
  readonly file: string;
  /** Resolves when the line's `write()` has returned; lines keep their order. Rejects on a disk error. */
  readonly append: (line: RunFileLine) => Promise<void>;
  /** Flushes to the disk and releases the file. */
  readonly close: () => Promise<void>;
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
 * Appends lines to a run file under its lock and releases it again, so that a person who reviews for an hour blocks
 * nobody. `scanned` is the last known state of the file, so that it need not be read again unless somebody else wrote to
 * it; the result is for the next call. Rejects with a UserError if another process is writing the file.
 */
export async function appendLines(
  file: string,
  scanned: Scanned,
  lines: readonly RunFileLine[],
): Promise<Scanned> {
  const { size } = await stat(file);
  const current = size === scanned.size ? scanned : await scanRun(file, () => undefined);
  const writer = await reopenRunFile(file, current);
  try {
    await Promise.all(lines.map(writer.append));
  } finally {
    await writer.close();
  }
  const added = lines.reduce((sum, line) => sum + Buffer.byteLength(JSON.stringify(line)) + 1, 0);
  const bytes = current.bytes + (current.unterminated ? 1 : 0) + added;
  return { bytes, size: bytes, torn: false, unterminated: false };
}
