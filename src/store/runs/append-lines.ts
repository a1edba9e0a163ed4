import { stat } from "node:fs/promises";

import type { RunFileLine } from "../../domain/run-file/lines.ts";

import { reopenRunFile, scanRun, type Scanned } from "./run-file.ts";

/**
 * Appends lines to a run file under its lock and gives it free again, so that a person who rules for an hour holds
 * up nobody. `scanned` is what was last known of the file, so that it need not be read again as long as nobody else
 * wrote; what is returned is for the next call. Rejects with a UserError where another process writes it.
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
