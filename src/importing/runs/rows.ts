import { stat } from "node:fs/promises";

import type { Text } from "../../domain/text.ts";
import type { JsonRow } from "../../files/json-rows.ts";
import type { ForeignFile, ForeignRow, ForeignSample } from "./run-importer.ts";

import { UserError } from "../../domain/text.ts";
import { jsonRows } from "../../files/json-rows.ts";
import { readBytes, unreadable } from "../../files/text-file.ts";
import { SkipRow } from "../importer.ts";

/**
 * The replies of rows of JSON. A row that `sampleOf` cannot take (it throws `SkipRow`) is left out with its reason, and so
 * is one that is no JSON; null is a row that holds no reply at all and counts as none.
 */
export async function* sampledRows(
  rows: AsyncIterable<JsonRow> | Iterable<JsonRow>,
  sampleOf: (value: unknown, row: number) => Sampled,
): AsyncGenerator<ForeignRow> {
  for await (const each of rows) {
    const place = String(each.row);
    if ("problem" in each) yield { place, skip: each.problem };
    else yield* sampledRow(place, () => sampleOf(each.value, each.row));
  }
}

/** The replies that one row holds: one, several trials, or none at all. */
type Sampled = ForeignSample | readonly ForeignSample[] | null;

/** One row. */
export function sampledRow(place: string, sampleOf: () => Sampled): readonly ForeignRow[] {
  try {
    return [sampleOf() ?? []].flat().map((sample) => ({ place, sample }));
  } catch (error) {
    if (error instanceof SkipRow) return [{ place, skip: error.text }];
    throw error;
  }
}

/** The rows of a list. */
export const numbered = (values: readonly unknown[]): readonly JsonRow[] =>
  values.map((value, index) => ({ row: index + 1, value }));

/** JSON Lines or an array, a row at a time. */
export const linesOfFile = ({ path }: ForeignFile): AsyncGenerator<JsonRow> => jsonRows(path);

/** As much as is read into memory at once. */
const mostBytes = 256 << 20;

/** The one JSON value of a file. Rejects with a `UserError` where the file is cut off, no JSON, or too large to hold. */
export async function wholeJson({ path }: ForeignFile, advice: Text): Promise<unknown> {
  const { size } = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (size > mostBytes) throw tooLarge(path, size, advice);
  const bytes = await readBytes(path);
  return parsedJson(bytes.toString("utf8").replace(/^\uFEFF/, ""), path);
}

/** A JSON text that a file holds. Throws a `UserError` where it is none, which tells a cut one from another format. */
export function parsedJson(text: string, shown: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const start = text.trimStart()[0];
    const isCut = (start === "{" || start === "[") && !/[}\]]\s*$/.test(text);
    throw new UserError(
      isCut
        ? {
            zh: `${shown}：JSON 没有写完，文件多半被截断了；请重新导出或重新拷贝`,
            en: `${shown}: the JSON ends too early, so the file was probably cut off; export or copy it again`,
          }
        : {
            zh: `${shown}：不是有效的 JSON`,
            en: `${shown}: is not valid JSON`,
          },
    );
  }
}

const tooLarge = (path: string, bytes: number, advice: Text): UserError => {
  const [has, most] = [bytes, mostBytes].map((each) => Math.floor(each / (1 << 20)));
  return new UserError({
    zh: `${path} 有 ${has} MB，整份 JSON 最多读 ${most} MB；${advice.zh}`,
    en: `${path} has ${has} MB; of a single JSON value ${most} MB are read at most; ${advice.en}`,
  });
};
