import { readSync } from "node:fs";

import type { LineRun } from "../../../store/runs/shaped-lines.ts";

const newline = 10;
/** What is read behind a range for the end of its last line; doubled until the line ends. */
const firstTail = 1 << 16;

/** Reads the lines that start in bytes `[from, to)` of a file, if there are any. They hold until it is called again. */
export type RangeReader = (from: number, to: number) => LineRun | null;

/**
 * Returns a reader of an open file whose ranges may be taken in any order, so that several threads can share one. A byte order
 * mark is not skipped. The reader throws where a line has no end within `limit` bytes, or none at all.
 */
export function createRangeReader(fd: number, limit: number): RangeReader {
  let room = Buffer.alloc(0);
  return (from, to) => {
    // The byte before tells whether a line starts at `from`.
    const start = Math.max(0, from - 1);
    for (let tail = firstTail; ; tail *= 2) {
      const length = to - start + tail;
      if (room.length < length) room = Buffer.allocUnsafeSlow(length);
      const bytes = room.subarray(0, readFully(fd, room, length, start));
      const first = from === 0 ? 0 : bytes.indexOf(newline) + 1;
      if (from > 0 && (first === 0 || start + first >= to)) return null;
      const end = bytes.indexOf(newline, to - 1 - start);
      if (end !== -1) return { bytes: bytes.subarray(first, end + 1), start: start + first };
      if (bytes.length < length || tail > limit) throw new Error("a line has no end");
    }
  };
}

/** Returns how many bytes there were. */
function readFully(fd: number, into: Buffer, length: number, position: number): number {
  let done = 0;
  while (done < length) {
    const bytesRead = readSync(fd, into, done, length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}
