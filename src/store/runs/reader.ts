import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import type { FileHandle } from "node:fs/promises";

import type { RunLine } from "../../domain/run-file/header.ts";

import { formats } from "../../domain/formats.ts";
import { type RunFileLine } from "../../domain/run-file/lines.ts";
import { UserError } from "../../domain/text.ts";
import {
  damagedError,
  emptyError,
  type FileForm,
  foreignError,
  formError,
  notUtf8Error,
  readError,
} from "./errors.ts";

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
 * Reads a run file in one pass. `onLine` gets every line with its byte offset. A torn last line is ignored.
 * Rejects with a UserError for a file that is not a run file, is empty, has a newer schema, or is damaged inside.
 */
export async function scanRun(
  file: string,
  onLine: (line: RunFileLine, offset: number) => void,
): Promise<Scanned> {
  let rest: Buffer | null = null;
  let restOffset = 0;
  let offset = 0;
  let count = 0;

  const take = (bytes: Buffer, at: number): void => {
    count += 1;
    if (!isUtf8(bytes)) throw notUtf8Error(file, count);
    const line = parseLine(file, bytes.toString("utf8"), count);
    if (count === 1) checkHeader(file, line);
    onLine(line, at);
  };

  for await (const chunk of readChunks(file)) {
    let from = offset === 0 ? startOf(file, chunk) : 0;
    let end = chunk.indexOf(10, from);
    while (end !== -1) {
      const part = chunk.subarray(from, end);
      if (rest === null) take(part, offset + from);
      else take(Buffer.concat([rest, part]), restOffset);
      rest = null;
      from = end + 1;
      end = chunk.indexOf(10, from);
    }
    if (from < chunk.length) {
      if (rest === null) restOffset = offset + from;
      rest = rest === null ? chunk.subarray(from) : Buffer.concat([rest, chunk.subarray(from)]);
    }
    offset += chunk.length;
  }
  if (rest === null) {
    if (count === 0) throw emptyError(file);
    return { bytes: offset, size: offset, torn: false, unterminated: false };
  }
  if (isWhole(rest)) {
    take(rest, restOffset);
    return { bytes: offset, size: offset, torn: false, unterminated: true };
  }
  if (count === 0) throw foreignError(file);
  return { bytes: restOffset, size: offset, torn: true, unterminated: false };
}

const braceByte = 0x7b;
const byteOrderMark = Buffer.from("\uFEFF");

/**
 * Where the first line starts, behind a byte order mark if there is one. Throws a UserError for any other file: it may
 * be an endless one, so its first newline is not looked for.
 */
function startOf(file: string, chunk: Buffer): number {
  const start = chunk.indexOf(byteOrderMark) === 0 ? byteOrderMark.length : 0;
  if (chunk[start] === braceByte && chunk[start + 1] !== 0) return start;
  const form = formOf(chunk);
  throw form === null ? foreignError(file) : formError(file, form);
}

/** What a file begins with that was saved or packed in another form. */
const forms: readonly (readonly [form: FileForm, start: readonly number[]])[] = [
  ["UTF-32", [0xff, 0xfe, 0, 0]],
  ["UTF-32", [0, 0, 0xfe, 0xff]],
  ["UTF-16", [0xff, 0xfe]],
  ["UTF-16", [0xfe, 0xff]],
  ["UTF-16", [braceByte, 0]],
  ["UTF-16", [0, braceByte]],
  ["gzip", [0x1f, 0x8b]],
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
  ["zip", [0x50, 0x4b, 3, 4]],
];

const formOf = (chunk: Buffer): FileForm | null =>
  forms.find(([, start]) => start.every((byte, index) => chunk[index] === byte))?.[0] ?? null;

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
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(mostHeader), 0, mostHeader, 0);
  const end = buffer.subarray(0, bytesRead).indexOf(10);
  return end === -1 ? null : Buffer.from(buffer.subarray(0, end + 1));
}

const mostHeader = 4 << 20;

/** All lines of a run file, in order; for when memory does not matter. */
export async function readRun(file: string): Promise<readonly RunFileLine[]> {
  const lines: RunFileLine[] = [];
  await scanRun(file, (line) => lines.push(line));
  return lines;
}

async function* readChunks(file: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      yield chunk as Buffer;
    }
  } catch (error) {
    throw readError(file, error);
  }
}

function parseLine(file: string, text: string, number: number): RunFileLine {
  const value = parsed(text);
  if (isLine(value)) return value;
  if (number === 1) throw foreignError(file);
  throw damagedError(file, number);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function checkHeader(file: string, line: RunFileLine): void {
  if (typeof line !== "object" || line === null || line.kind !== "run") throw foreignError(file);
  const schema: string = line.schema;
  if (schema === formats.run) return;
  throw new UserError({
    zh: `${file} 的格式是 ${schema}，由 baimo ${line.tool.version} 写成；本版本只能读 ${formats.run}。请升级 baimo。`,
    en: `${file} has schema ${schema}, written by baimo ${line.tool.version}; this version reads ${formats.run}. Upgrade baimo.`,
  });
}

const isWhole = (bytes: Buffer): boolean => isLine(parsed(bytes.toString("utf8")));

const isLine = (value: unknown): value is RunFileLine =>
  typeof value === "object" && value !== null && "kind" in value;
