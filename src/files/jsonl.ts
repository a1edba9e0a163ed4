import { readSync } from "node:fs";
import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
const chunkBytes = 1 << 20;

/** One line that is not blank: its bytes, where it starts in the file, and its number from 1. */
export type RawLine = { readonly bytes: Buffer; readonly start: number; readonly line: number };

/** Where each row starts, with the end of the file as the last entry: eight bytes a row. */
export async function indexRows(handle: FileHandle): Promise<Float64Array> {
  let offsets = new Float64Array(1024);
  let count = 0;
  let end = 0;
  for await (const { start, bytes } of eachLine(handle)) {
    if (count + 2 > offsets.length) {
      const larger = new Float64Array(offsets.length * 2);
      larger.set(offsets);
      offsets = larger;
    }
    offsets[count] = start;
    count += 1;
    end = start + bytes.length;
  }
  offsets[count] = end;
  return offsets.slice(0, count + 1);
}

/** Streams the lines of a file that are not blank. A byte order mark is skipped; CRLF ends a line as LF does. */
export async function* eachLine(handle: FileHandle): AsyncGenerator<RawLine> {
  let parts: Buffer[] = [];
  let start = await textStart(handle);
  let line = 1;
  for (let position = start; ;) {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    const { bytesRead } = await handle.read(chunk, 0, chunkBytes, position);
    if (bytesRead === 0) break;
    let from = 0;
    for (;;) {
      const newline = chunk.subarray(0, bytesRead).indexOf(0x0a, from);
      if (newline === -1) break;
      const bytes = joined(parts, chunk.subarray(from, newline));
      if (!isBlank(bytes)) yield { bytes, start, line };
      parts = [];
      from = newline + 1;
      start = position + from;
      line += 1;
    }
    parts.push(chunk.subarray(from, bytesRead));
    position += bytesRead;
  }
  const bytes = joined(parts, Buffer.alloc(0));
  if (!isBlank(bytes)) yield { bytes, start, line };
}

/** Opens a file for reading. The caller closes it. */
export const openFile = (file: string): Promise<FileHandle> => open(file, "r");

/**
 * Reads bytes `[from, to)`. Synchronously: the rows of a file that has just been indexed are in the system's cache, where
 * a read takes microseconds, and a detour through the thread pool many times as long.
 */
export function readRange({ fd }: FileHandle, from: number, to: number): Buffer {
  const bytes = Buffer.allocUnsafe(to - from);
  let done = 0;
  while (done < bytes.length) {
    const bytesRead = readSync(fd, bytes, done, bytes.length - done, from + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}

async function textStart(handle: FileHandle): Promise<number> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(3), 0, 3, 0);
  return bytesRead === 3 && buffer.equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
}

const joined = (parts: readonly Buffer[], last: Buffer): Buffer =>
  parts.length === 0 ? last : Buffer.concat([...parts, last]);

const isBlank = (bytes: Buffer): boolean =>
  bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
