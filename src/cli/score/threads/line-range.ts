import { readSync } from "node:fs";

import type { RawLine } from "../../../files/lines.ts";

const newline = 10;
/** What is read behind a range for the end of its last line; doubled until the line ends. */
const firstTail = 1 << 16;

/** Reads the lines that start in bytes `[from, to)` of a file. They hold until it is called again. */
export type RangeReader = (from: number, to: number) => readonly RawLine[];

/**
 * Returns a reader of an open file whose ranges may be taken in any order, so that several threads can share one. Of the line
 * numbers only the first is told: 1 at the start of the file, elsewhere 2. A byte order mark is not skipped. The reader throws
 * where a line has no end within `limit` bytes, or none at all.
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
      if (from > 0 && (first === 0 || start + first >= to)) return [];
      const end = bytes.indexOf(newline, to - 1 - start);
      if (end !== -1) return linesIn(bytes.subarray(0, end + 1), first, start);
      if (bytes.length < length || tail > limit) throw new Error("a line has no end");
    }
  };
}

function linesIn(bytes: Buffer, first: number, start: number): readonly RawLine[] {
  const lines: RawLine[] = [];
  for (let from = first; from < bytes.length;) {
    const end = bytes.indexOf(newline, from);
    const at = start + from;
    lines.push({
      bytes: bytes.subarray(from, end),
      start: at,
      line: at === 0 ? 1 : 2,
      ended: true,
    });
    from = end + 1;
  }
  return lines;
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
