import type { z } from "zod";

import type { Problem, Text } from "../../domain/text.ts";
import type { CompiledCheck } from "../../validation/compiled-check.ts";

import { encodingProblem } from "../../files/text-file.ts";
import { doubledKey, keyEnds } from "../../validation/doubled-key.ts";
import { validate } from "../../validation/issues.ts";
import { pathText } from "../../validation/path-text.ts";
import { show } from "../../validation/suggest.ts";

/** A row that was read, with its line where it stands in a data file, or its problems. */
export type Row<Value> =
  | { readonly ok: true; readonly value: Value; readonly text: string | null }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const decoder = new TextDecoder();

/**
 * Decodes, parses and validates one row. `fits` is the schema's own check as code, for files of many rows: a row that fits
 * is taken as it is, so the schema must not change what it reads.
 */
export function parseRow<Schema extends z.ZodType>(
  bytes: Uint8Array,
  schema: Schema,
  place: { readonly file: string; readonly line: number },
  fits: CompiledCheck | null = null,
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
  const keys = fits === null ? -1 : fits(value);
  const isPlain = keys >= 0 && Buffer.isBuffer(bytes) && keyEnds(bytes) === keys;
  const doubled = isPlain ? null : doubledKey(text);
  if (doubled !== null) {
    const message = { zh: "重复的键", en: "repeated key" };
    return { ok: false, problems: [fail(message, pathText(doubled))] };
  }
  const lossy = longDigits.test(text) ? lossyNumber(text) : null;
  if (lossy !== null) return { ok: false, problems: [fail(lossy)] };
  // The check accepts nothing that the schema refuses.
  if (keys >= 0) return { ok: true, value: value as z.output<Schema>, text };
  const result = validate(schema, value);
  if (result.ok) return { ok: true, value: result.value, text };
  return {
    ok: false,
    problems: result.findings.map(({ path, message }) => fail(message, pathText(path))),
  };
}

const longDigits = /\d{16}/;

/** Valid JSON, but an integer beyond 2^53 would be read as a different one. */
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
  const nulls = text.indexOf("\0");
  if (nulls !== -1) {
    return [
      {
        zh: "有空字节（NUL）：文件没有写完或已损坏",
        en: "null bytes: the file was not written to its end, or is damaged",
      },
      "",
      nulls + 1,
    ];
  }
  const reported = /at position (\d+)/.exec(String(error))?.[1];
  const ended = /end of JSON input/.test(String(error)) || Number(reported) >= text.length;
  const position = ended ? text.length : reported === undefined ? null : Number(reported);
  const message = ended
    ? {
        zh: "这一行不是有效的 JSON（不完整）",
        en: "this line is not valid JSON (it ends too early)",
      }
    : { zh: "这一行不是有效的 JSON", en: "this line is not valid JSON" };
  return [message, "", position === null ? null : position + 1];
}
