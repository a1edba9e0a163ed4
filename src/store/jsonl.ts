import { readSync } from "node:fs";
import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import type { z } from "zod";

import type { Problem, Text } from "../domain/text.ts";

import { show, validate } from "./issues.ts";
import { encodingProblem } from "./text-file.ts";
import { pathText } from "./yaml.ts";

const chunkBytes = 1 << 20;

/** One line that is not blank: its bytes, where it starts in the file, and its number from 1. */
export type RawLine = { readonly bytes: Buffer; readonly start: number; readonly line: number };

/** A row that was read, or what is wrong with it. */
export type Row<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly Problem[] };

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
 * a read takes microseconds, and a way through the thread pool many times as much.
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

const decoder = new TextDecoder();

/** Decodes, parses and validates one row. */
export function parseRow<Schema extends z.ZodType>(
  bytes: Uint8Array,
  schema: Schema,
  place: { readonly file: string; readonly line: number },
): Row<z.output<Schema>> {
  const encoding = encodingProblem(bytes, place.file, place.line);
  if (encoding !== null) return { ok: false, problems: [encoding] };
  const text = decoder.decode(bytes).trimEnd();
  const fail = (message: Text, path = "", column: number | null = null) => ({
    place: { ...place, column, path },
    message,
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, problems: [fail(...notJson(text, error))] };
  }
  const lossy = longDigits.test(text) ? lossyNumber(text) : null;
  if (lossy !== null) return { ok: false, problems: [fail(lossy)] };
  const result = validate(schema, value);
  if (result.ok) return { ok: true, value: result.value };
  return {
    ok: false,
    problems: result.findings.map(({ path, message }) => fail(message, pathText(path))),
  };
}

const longDigits = /\d{16}/;

/** JSON itself does not say so, but a number beyond 2^53 would be read as another one. */
function lossyNumber(text: string): Text | null {
  let found: string | null = null;
  JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) => {
    if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) {
      found ??= context?.source ?? String(value);
    }
    return value;
  });
  return found === null
    ? null
    : {
        zh: `数字 ${show(found)} 过长，会丢失精度；请加引号写成文本`,
        en: `the number ${show(found)} is too long and would lose digits; write it in quotes`,
      };
}

function notJson(
  text: string,
  error: unknown,
): [message: Text, path: string, column: number | null] {
  const said = /at position (\d+)/.exec(String(error))?.[1];
  const ended = /end of JSON input/.test(String(error)) || Number(said) >= text.length;
  const position = ended ? text.length : said === undefined ? null : Number(said);
  const message = ended
    ? {
        zh: "这一行不是有效的 JSON（没有写完）",
        en: "this line is not valid JSON (it ends too early)",
      }
    : { zh: "这一行不是有效的 JSON", en: "this line is not valid JSON" };
  return [message, "", position === null ? null : position + 1];
}

async function textStart(handle: FileHandle): Promise<number> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(3), 0, 3, 0);
  return bytesRead === 3 && buffer.equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
}

const joined = (parts: readonly Buffer[], last: Buffer): Buffer =>
  parts.length === 0 ? last : Buffer.concat([...parts, last]);

const isBlank = (bytes: Buffer): boolean =>
  bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
