import type { FileHandle } from "node:fs/promises";

import type { RunLine } from "../../domain/run-file/header.ts";
import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { RawLine } from "../../files/lines.ts";

import { UserError } from "../../domain/text.ts";
import { lineBatches } from "../../files/lines.ts";
import { openBytes } from "../../files/packed.ts";
import { checkLines, isWhole } from "./checked-line.ts";
import { emptyError, foreignError, readError } from "./errors.ts";

/** What a scan found out besides the lines. */
export type Scanned = {
  /** Bytes up to the end of the last complete line. */
  readonly bytes: number;
  /** Total bytes. */
  readonly size: number;
  /** The last line was cut off and has been ignored. */
  readonly torn: boolean;
  /** The last complete line lacks its newline. */
  readonly unterminated: boolean;
};

/**
 * Reads a run file in one pass, packed (`x.jsonl.zst`) or not. `onLine` gets every line, checked, with its byte offset in
 * the unpacked text. A torn last line is ignored.
 * Rejects with a UserError for a file that is not a run file, is empty, has a newer schema, or is damaged: the error
 * names line and field.
 */
export async function scanRun(
  file: string,
  onLine: (line: RunFileLine, offset: number) => void,
): Promise<Scanned> {
  const scanning = scanInSteps(file, onLine);
  for (;;) {
    const step = await scanning.next();
    if (step.done === true) return step.value;
  }
}

/** The lines of a run file as they are read, some thousand at a time, for readers that must not run ahead of a writer. */
export async function* runBatches(file: string): AsyncGenerator<readonly RunFileLine[]> {
  for await (const batch of placedBatches(file)) yield batch.map(({ line }) => line);
}

/** A line with the byte at which it starts. */
export type PlacedLine = { readonly line: RunFileLine; readonly offset: number };

/** The same, with the places of the lines. */
export async function* placedBatches(file: string): AsyncGenerator<readonly PlacedLine[]> {
  let lines: PlacedLine[] = [];
  for await (const _ of scanInSteps(file, (line, offset) => lines.push({ line, offset }))) {
    yield lines;
    lines = [];
  }
}

/** Yields after each piece of the file. */
async function* scanInSteps(
  file: string,
  onLine: (line: RunFileLine, offset: number) => void,
): AsyncGenerator<undefined, Scanned> {
  const handle = await openBytes(file).catch((error: unknown) => {
    throw readError(file, error);
  });
  // The first newline of another file may be far away, or nowhere.
  const onStart = (start: Buffer): void => {
    if (start.length > 0 && start[0] !== braceByte) throw foreignError(file);
  };
  let last: RawLine | null = null;
  try {
    for await (const batch of lineBatches(handle, { shown: file, onStart })) {
      last = batch.at(-1) ?? last;
      if (last?.ended === true || (last !== null && isWhole(last.bytes)))
        checkLines(file, batch, onLine);
      yield;
    }
  } catch (error) {
    throw readError(file, error);
  } finally {
    await handle.close();
  }
  if (last === null) throw emptyError(file);
  return scannedTo(file, last);
}

const braceByte = 0x7b;

function scannedTo(file: string, { start, bytes, ended, line }: RawLine): Scanned {
  const end = start + bytes.length + (ended ? 1 : 0);
  if (ended || isWhole(bytes)) return { bytes: end, size: end, torn: false, unterminated: !ended };
  if (line === 1) throw foreignError(file);
  return { bytes: start, size: end, torn: true, unterminated: false };
}

/** The first line of a run file, or null if the file is not one. */
export async function readHeader(file: string): Promise<RunLine | null> {
  let header: RunLine | null = null;
  const stopped = new Error("header read");
  try {
    await scanRun(file, (line) => {
      if (line.kind === "run") header = line;
      throw stopped;
    });
  } catch (error) {
    if (error !== stopped && !(error instanceof UserError)) throw error;
  }
  return header;
}

/** The first line behind a handle with its newline, or null if there is none in the first megabytes. */
export async function firstLine(handle: FileHandle): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  for (let read = 0; read < mostHeader;) {
    const buffer = Buffer.allocUnsafe(headerStep);
    const { bytesRead } = await handle.read(buffer, 0, headerStep, read);
    if (bytesRead === 0) return null;
    const part = buffer.subarray(0, bytesRead);
    const end = part.indexOf(10);
    if (end !== -1) return Buffer.concat([...parts, part.subarray(0, end + 1)]);
    parts.push(part);
    read += bytesRead;
  }
  return null;
}

const mostHeader = 4 << 20;
/** Most headers are shorter. */
const headerStep = 1 << 16;

/** All lines of a run file, in order; for when memory does not matter. */
export async function readRun(file: string): Promise<readonly RunFileLine[]> {
  const lines: RunFileLine[] = [];
  await scanRun(file, (line) => lines.push(line));
  return lines;
}
