import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { ByteSource } from "../../files/byte-source.ts";

import { UserError } from "../../domain/text.ts";
import { openBytes } from "../../files/packed.ts";
import { checkedLine } from "./checked-line.ts";
import { changedError } from "./errors.ts";

/** Random access to the lines of a run file, by the byte offset a scan reported. */
export type RunLines = {
  /** Rejects with a UserError where no line starts there: somebody has changed the file since. */
  readonly at: (offset: number) => Promise<RunFileLine>;
  readonly close: () => Promise<void>;
};

/** Opens a run file for reading lines in any order, at offsets found by a scan. */
export async function openRunLines(file: string): Promise<RunLines> {
  const handle = await openBytes(file);
  return {
    at: (offset) => runLineAt(file, handle, offset),
    close: () => handle.close(),
  };
}

/** Most lines are shorter; what follows of a longer one comes in larger pieces. */
const firstStep = 1 << 12;
const step = 1 << 16;

/** The line that starts at a byte of an open run file. Rejects with a UserError where none does. */
export async function runLineAt(
  file: string,
  handle: ByteSource,
  offset: number,
): Promise<RunFileLine> {
  const bytes = await readLine(handle, offset);
  try {
    // Its number is not known, and not needed: that it was whole has been seen.
    return checkedLine(file, { bytes, start: offset, line: offset === 0 ? 1 : 2, ended: true });
  } catch (error) {
    throw error instanceof UserError ? changedError(file) : error;
  }
}

async function readLine(handle: ByteSource, offset: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let from = offset; ;) {
    const length = from === offset ? firstStep : step;
    const buffer = Buffer.allocUnsafe(length);
    const { bytesRead } = await handle.read(buffer, 0, length, from);
    const part = buffer.subarray(0, bytesRead);
    const end = part.indexOf(10);
    parts.push(end === -1 ? part : part.subarray(0, end));
    if (end !== -1 || bytesRead === 0) return Buffer.concat(parts);
    from += bytesRead;
  }
}
