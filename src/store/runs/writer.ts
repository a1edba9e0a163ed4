import type { FileHandle } from "node:fs/promises";
import { constants, mkdir, open, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { RunLine } from "../../domain/run-file/header.ts";
import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { Text } from "../../domain/text.ts";
import type { Scanned } from "./reader.ts";

import { UserError } from "../../domain/text.ts";
import { type Lock, lockFile } from "../../files/lock.ts";
import { isPacked } from "../../files/packed.ts";
import { checkedText } from "./checked-line.ts";
import { changedError, diskError, guarded, packedError, tamperedError } from "./errors.ts";
import { createLineBytes, type Lines } from "./line-bytes.ts";
import { firstLine, scanRun } from "./reader.ts";
import { createMemory, type Memory, rescueRun } from "./rescue.ts";
import { type Tampering, type Watch, watchFile } from "./watch.ts";

/** Appends lines to a run file. */
export type RunWriter = {
  readonly file: string;
  /** A line that says that the lock of a dead process was taken over; null if the file was free. */
  readonly tookOver: Text | null;
  /**
   * Resolves when the line's `write()` has returned; lines keep their order. Rejects on a disk error, and with a
   * UserError for a line that no reader would accept, as from a grader whose value is above 1; it is not written.
   */
  readonly append: (line: RunFileLine) => Promise<void>;
  /** The same for the bytes of lines that `checkedText` made, each with its end; they must not change any more. */
  readonly appendBytes: (bytes: Uint8Array) => Promise<void>;
  /** Aborted, with a UserError as reason, if the file or its lock is taken away while nothing is being written. */
  readonly lost: AbortSignal;
  /** Flushes to the disk and releases the file. */
  readonly close: () => Promise<void>;
};

/** Opens files for writing; tests inject one that fails. */
export type Opener = (file: string, flags: string | number) => Promise<FileHandle>;

/** Starts a new run file and creates its folder. Rejects with a UserError if the file exists or cannot be written. */
export async function createRunFile(
  file: string,
  header: RunLine,
  opener: Opener = open,
): Promise<RunWriter> {
  const writer = await openWriter(file, newFile, opener);
  try {
    await writer.append(header);
    return writer;
  } catch (error) {
    await writer.close().catch(() => undefined);
    throw error;
  }
}

/**
 * Opens a run file to continue it; a torn last line is truncated. Rejects with a UserError if it is packed, if another
 * process is writing it, or has written to it since the scan.
 */
export async function reopenRunFile(
  file: string,
  scanned: Scanned,
  opener: Opener = open,
): Promise<RunWriter> {
  if (await isPacked(file)) throw packedError(file);
  return openWriter(file, oldFile, opener, scanned);
}

/**
 * Writing at the end, wherever that is, leaves no hole where somebody cut the file; reading serves to rescue it from
 * behind its handle.
 */
const newFile = "ax+";
const oldFile = constants.O_RDWR | constants.O_APPEND;

async function openWriter(
  file: string,
  flags: string | number,
  opener: Opener,
  scanned?: Scanned,
): Promise<RunWriter> {
  const isNew = scanned === undefined;
  await makeFolder(file);
  const lock = await guarded(file, () => lockFile(file), isNew);
  try {
    const handle = await guarded(file, () => opener(file, flags), isNew);
    try {
      const length = scanned === undefined ? 0 : await endOf(file, handle, scanned);
      const memory = createMemory(isNew ? null : await firstLine(handle));
      const watch = await watchFile(file, handle);
      return createWriter({ file, handle, lock, watch, memory }, length);
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    await lock.release();
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
    await handle.write("\n");
    return scanned.bytes + 1;
  });
}

/** Lines that arrive within this time after a write share the next one. */
const batchMs = 3;
/** How often is looked whether the file is still there. */
const watchMs = 1_000;

type OpenFile = {
  readonly file: string;
  readonly handle: FileHandle;
  readonly lock: Lock;
  readonly watch: Watch;
  readonly memory: Memory;
};

function createWriter(open: OpenFile, start: number): RunWriter {
  const { file, handle, lock, memory } = open;
  let length = start;
  let seen = start;
  let texts: Lines[] = [];
  let writing: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let broken: UserError | null = null;
  let written = Number.NEGATIVE_INFINITY;
  let watched = performance.now();
  const lost = new AbortController();
  const bytesOf = createLineBytes();

  const fail = (error: UserError): void => {
    broken ??= error;
    lost.abort(broken);
  };
  const onLockLost = (): void => fail(lock.lost.reason as UserError);
  lock.lost.addEventListener("abort", onLockLost, { once: true });

  const flush = async (): Promise<void> => {
    await writing;
    if (performance.now() - written < batchMs) await sleep(batchMs);
    next = null;
    // One write is under way at a time, and what remembers lines copies them.
    const bytes = bytesOf(texts);
    texts = [];
    if (broken !== null) throw broken;
    writing = write(bytes);
    await writing;
    written = performance.now();
    if (broken !== null) throw broken;
  };

  const write = async (bytes: Buffer): Promise<void> => {
    try {
      await writeAll(bytes);
      memory.add(bytes);
      if (performance.now() - watched > watchMs) await look();
    } catch (error) {
      broken = diskError(file, error);
    }
  };

  const writeAll = async (bytes: Buffer): Promise<void> => {
    let done = 0;
    while (done < bytes.length) {
      const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, null);
      if (bytesWritten === 0) throw new Error("nothing could be written");
      done += bytesWritten;
      length += bytesWritten;
    }
  };

  /** Only while nothing is being written. */
  const look = async (): Promise<void> => {
    const tampering = broken === null ? await open.watch(length) : null;
    watched = performance.now();
    if (tampering === null) seen = length;
    else fail(await rescued(open, { tampering, length, seen, texts }));
  };

  const timer = setInterval(() => {
    if (next !== null || performance.now() - watched < watchMs / 2) return;
    const before = writing;
    writing = (async () => {
      await before;
      await look();
    })();
  }, watchMs);
  timer.unref();

  return {
    file,
    tookOver: lock.tookOver,
    lost: lost.signal,
    // Lines that share a write wait for one promise: each of its own would cost three.
    append: (line) => {
      try {
        texts.push(checkedText(file, line));
      } catch (error) {
        return Promise.reject(error);
      }
      next ??= flush();
      return next;
    },
    appendBytes: (bytes) => {
      texts.push(bytes);
      next ??= flush();
      return next;
    },
    close: async () => {
      clearInterval(timer);
      const before = broken;
      try {
        await next;
        await writing;
        await look();
        // Who was told of it while writing need not be told again.
        if (broken !== before && broken !== null) throw broken;
        await guarded(file, () => handle.datasync());
      } finally {
        lock.lost.removeEventListener("abort", onLockLost);
        await handle.close();
        await lock.release();
      }
    },
  };
}

async function rescued(
  { file, handle, memory }: OpenFile,
  state: {
    readonly tampering: Tampering;
    readonly length: number;
    readonly seen: number;
    readonly texts: readonly Lines[];
  },
): Promise<UserError> {
  const { tampering, length, seen, texts } = state;
  const waiting = createLineBytes()(texts);
  const saved = await rescueRun({ file, handle, tampering, memory, length, seen, waiting });
  return tamperedError(file, tampering, saved);
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
