import { stat } from "node:fs/promises";

import type { RunFileLine } from "../../domain/run-file/lines.ts";

import { reopenRunFile, scanRun, type Scanned } from "./run-file.ts";

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
