import type { Text } from "../domain/text.ts";

import { memberOf } from "../domain/json.ts";
import { UserError } from "../domain/text.ts";
import { firstByteOf, textReader } from "./decode.ts";
import { createSplitter } from "./json-splitter.ts";
import { lineLimit, tooLongError } from "./line-limit.ts";
import { linesOf } from "./lines.ts";

/** One JSON value of a file, counted from 1, or why it could not be read. */
export type JsonRow =
  | { readonly row: number; readonly value: unknown }
  | { readonly row: number; readonly problem: Text };

/**
 * The rows of a JSON file, whatever its name says: JSON Lines, one array, or an object that holds the array under
 * the key `at`. Streams: no more than one row is in memory.
 */
export async function* jsonRows(file: string, at: string | null = null): AsyncGenerator<JsonRow> {
  const longest =
    at === null && (await firstByteOf(file)) !== openBracket ? lineLimit() : undefined;
  const source = { file, pieces: await textReader(file, longest) };
  if (await isLines(source, at)) yield* lineRows(source);
  else yield* elementRows(source, at);
}

const openBracket = 0x5b;

type Source = { readonly file: string; readonly pieces: () => AsyncGenerator<string> };

/** True where the first line that is not blank is a whole JSON object, and not the one that holds the array. */
async function isLines({ file, pieces }: Source, at: string | null): Promise<boolean> {
  if (await startsWithArray(pieces())) return false;
  try {
    for await (const line of linesOf(pieces(), { shown: file })) {
      if (line.trim() === "") continue;
      const value = parsed(line);
      if (typeof value !== "object" || value === null) return false;
      return at === null || !Array.isArray(memberOf(value, at));
    }
  } catch (error) {
    // An object that holds the array may be one line of gigabytes.
    if (at !== null && error instanceof UserError) return false;
    throw error;
  }
  return true;
}

/** Looks no further than the first character, because an array of a gigabyte may stand on one line. */
async function startsWithArray(pieces: AsyncIterable<string>): Promise<boolean> {
  for await (const piece of pieces) {
    const first = piece.trimStart()[0];
    if (first !== undefined) return first === "[";
  }
  return false;
}

async function* lineRows({ file, pieces }: Source): AsyncGenerator<JsonRow> {
  let row = 0;
  for await (const line of linesOf(pieces(), { shown: file })) {
    row += 1;
    if (line.trim() !== "") yield toRow(row, line);
  }
}

async function* elementRows({ file, pieces }: Source, at: string | null): AsyncGenerator<JsonRow> {
  const splitter = createSplitter(at);
  let row = 0;
  for await (const piece of pieces()) {
    for (const element of splitter.push(piece)) {
      row += 1;
      yield toRow(row, element);
    }
    if (splitter.held() > lineLimit()) throw tooLongError(`${file} #${row + 1}`, lineLimit());
  }
  if (splitter.state() === "done") return;
  if (splitter.state() === "inside") {
    yield { row: row + 1, problem: { zh: "JSON 不完整", en: "the JSON ends too early" } };
    return;
  }
  const where = at === null ? "" : `（键 ${at}）`;
  throw new UserError({
    zh: `${file}：没有找到 JSON 数组${where}，也不是 JSON Lines`,
    en: `${file}: holds no JSON array${at === null ? "" : ` under ${at}`} and is no JSON Lines`,
  });
}

function toRow(row: number, text: string): JsonRow {
  const value = parsed(text);
  return value === undefined
    ? { row, problem: { zh: "不是有效的 JSON", en: "not valid JSON" } }
    : { row, value };
}

/** Undefined where the text is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
