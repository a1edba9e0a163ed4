import type { ByteSource } from "./byte-source.ts";

import { UserError } from "../domain/text.ts";
import { formError, formOf } from "./file-form.ts";
import { lineLimit, tooLongError } from "./line-limit.ts";

const chunkBytes = 1 << 20;
/** Beyond a file's known end: where it has grown since, reading goes on. */
const spareBytes = 1 << 12;
const newline = 10;

/**
 * One line without its end: its bytes, where it starts in the file, and its number from 1. The bytes hold until the next batch is
 * asked for.
 */
export type RawLine = {
  readonly bytes: Buffer;
  readonly start: number;
  readonly line: number;
  /** False for a last line without a newline. */
  readonly ended: boolean;
};

export type LineOptions = {
  /** How the file is called in messages. */
  readonly shown: string;
  /** The longest line in bytes, if it is not the usual one. */
  readonly limit?: number;
  /** Gets the first bytes behind the byte order mark, and throws where they cannot be those of a file that is wanted. */
  readonly onStart?: (start: Buffer) => void;
};

/**
 * The lines of a UTF-8 file, in batches as they are read, so that a million of them need not be awaited one by one. A
 * byte order mark is skipped. Rejects with a `UserError` for a file in UTF-16 or compressed, for a line above the limit,
 * and for null bytes in a line that goes on and on: what a disk leaves behind a lost write, and what a sparse file holds.
 */
export async function* lineBatches(
  handle: ByteSource,
  { shown, limit = lineLimit(), onStart }: LineOptions,
): AsyncGenerator<readonly RawLine[]> {
  // A pipe has no positions; of a file, other readers of the handle may have moved its own.
  const stat = await handle.stat();
  const isFile = stat.isFile();
  let parts: Buffer[] = [];
  let held = 0;
  let start = 0;
  let line = 1;
  const rooms = createRooms();
  const readAt = (position: number): Promise<Chunk> => {
    // Small files are read by the hundred, and memory that nobody fills is garbage all the same.
    const left = isFile ? Math.max(0, stat.size - position) + spareBytes : chunkBytes;
    const length = Math.min(chunkBytes, left);
    return handle.read(rooms.next(length), 0, length, isFile ? position : null);
  };
  let reading = readAt(0);
  for (let position = 0; ;) {
    const { buffer, bytesRead } = await reading;
    if (bytesRead === 0) break;
    // The next chunk comes while the lines of this one are looked at. Of a pipe it may be long in coming.
    if (isFile) reading = unawaited(readAt(position + bytesRead));
    let from = position === 0 ? textStart(buffer.subarray(0, bytesRead), shown) : 0;
    if (position === 0) {
      start = from;
      onStart?.(buffer.subarray(from, bytesRead));
    }
    const batch: RawLine[] = [];
    for (;;) {
      const end = buffer.indexOf(newline, from);
      if (end === -1 || end >= bytesRead) break;
      const bytes = joined(parts, buffer.subarray(from, end));
      batch.push({ bytes, start, line, ended: true });
      parts = [];
      held = 0;
      from = end + 1;
      start = position + from;
      line += 1;
    }
    if (batch.length > 0) yield batch;
    const rest = buffer.subarray(from, bytesRead);
    const nulls = rest.indexOf(0);
    if (nulls !== -1) throw nullsError(shown, line, position + from + nulls);
    held += rest.length;
    if (held > limit) throw tooLongError(`${shown}:${line}`, limit);
    if (rest.length > 0) parts.push(rooms.kept(rest, buffer));
    position += bytesRead;
    if (!isFile) reading = readAt(position);
  }
  if (held > 0) yield [{ bytes: joined(parts, null), start, line, ended: false }];
}

type Chunk = { readonly buffer: Buffer; readonly bytesRead: number };

/**
 * The two buffers that chunks are read into by turns: one is filled while the lines of the other are looked at. New ones for each
 * chunk would pile up until the next collection, some fifty megabytes of a large file.
 */
function createRooms() {
  let free: Buffer | null = null;
  let busy: Buffer | null = null;
  return {
    next: (length: number): Buffer => {
      const room = free === null || free.length < length ? Buffer.allocUnsafeSlow(length) : free;
      free = busy;
      busy = room;
      return room;
    },
    /** The start of a line that goes on in the next chunk: a copy, or its chunk itself where that holds little else. */
    kept: (rest: Buffer, chunk: Buffer): Buffer => {
      if (rest.length * 2 < chunk.length) return Buffer.from(rest);
      if (free === chunk) free = null;
      if (busy === chunk) busy = null;
      return rest;
    },
  };
}

/** The same promise, whose failure is nobody's where the reader has stopped before it. */
function unawaited<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** Lines that are not blank, one by one; CRLF ends a line as LF does. */
export async function* eachLine(handle: ByteSource, options: LineOptions): AsyncGenerator<RawLine> {
  for await (const batch of lineBatches(handle, options)) {
    for (const each of batch) if (!isBlank(each.bytes)) yield each;
  }
}

/** Lines of a text that comes in pieces, without their ends; `\r\n` ends a line as `\n` does. The limit is in UTF-16 code units. */
export async function* linesOf(
  pieces: AsyncIterable<string>,
  { shown, limit = lineLimit() }: LineOptions,
): AsyncGenerator<string> {
  let parts: string[] = [];
  let held = 0;
  let line = 1;
  for await (const piece of pieces) {
    let from = 0;
    for (let end = piece.indexOf("\n"); end !== -1; end = piece.indexOf("\n", from)) {
      const whole = parts.join("") + piece.slice(from, end);
      yield whole.endsWith("\r") ? whole.slice(0, -1) : whole;
      parts = [];
      held = 0;
      from = end + 1;
      line += 1;
    }
    parts.push(piece.slice(from));
    held += piece.length - from;
    if (held > limit) throw tooLongError(`${shown}:${line}`, limit);
  }
  if (held > 0) yield parts.join("");
}

/** Null bytes stand in no text; `at` is the first one's position in the file. */
export function nullsError(file: string, line: number, at: number): UserError {
  return new UserError({
    zh: `${file}:${line} 从第 ${at} 字节起是空字节（NUL）：通常是断电或磁盘故障后写入没有落盘。请从备份恢复，或把文件截到 ${at} 字节（truncate -s ${at} ${file}）。`,
    en: `${file}:${line} holds null bytes from byte ${at} on, as after a power failure or on a failing disk. Restore the file, or cut it to ${at} bytes (truncate -s ${at} ${file}).`,
  });
}

const byteOrderMark = Buffer.from("\uFEFF");

function textStart(chunk: Buffer, shown: string): number {
  const form = formOf(chunk);
  if (form !== null) throw formError(shown, form);
  return chunk.indexOf(byteOrderMark) === 0 ? byteOrderMark.length : 0;
}

const joined = (parts: readonly Buffer[], last: Buffer | null): Buffer =>
  last !== null && parts.length === 0
    ? last
    : Buffer.concat(last === null ? parts : [...parts, last]);

/** Whether a line holds nothing to see. */
export function isBlank(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  return true;
}
