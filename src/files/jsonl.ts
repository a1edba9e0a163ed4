import { readSync } from "node:fs";
import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";

import { isBlank, lineBatches } from "./lines.ts";

/** Positions in a file. */
type Offsets = Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** Where each row starts, with the end of the file as the last entry: four bytes a row, eight beyond 4 GiB. */
export async function indexRows(handle: FileHandle, shown: string): Promise<Offsets> {
  const { size } = await handle.stat();
  return size < 2 ** 32
    ? indexInto(Uint32Array, handle, shown)
    : indexInto(Float64Array, handle, shown);
}

async function indexInto(
  Kind: new (from: number | ArrayBuffer) => Offsets,
  handle: FileHandle,
  shown: string,
): Promise<Offsets> {
  let offsets = new Kind(1024);
  let count = 0;
  let end = 0;
  for await (const batch of lineBatches(handle, { shown })) {
    for (const { start, bytes } of batch) {
      if (isBlank(bytes)) continue;
      if (count + 2 > offsets.length) {
        // Of the old one's memory nothing waits for a collection.
        offsets = new Kind(offsets.buffer.transfer(offsets.byteLength * 2));
      }
      offsets[count] = start;
      count += 1;
      end = start + bytes.length;
    }
  }
  offsets[count] = end;
  return offsets.slice(0, count + 1);
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
