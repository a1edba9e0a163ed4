import { isUtf8 } from "node:buffer";

import type { z } from "zod";

import type { Problem, Text, UserError } from "../../domain/text.ts";
import type { RawLine } from "../../files/lines.ts";

import { formats } from "../../domain/formats.ts";
import { memberOf } from "../../domain/json.ts";
import { lineSchemas, type RunFileLine } from "../../domain/run-file/lines.ts";
import { nullsError } from "../../files/lines.ts";
import { problemError } from "../../files/text-file.ts";
import { type CompiledCheck, compiledCheck } from "../../validation/compiled-check.ts";
import { doubledKey, keyEnds } from "../../validation/doubled-key.ts";
import { validate } from "../../validation/issues.ts";
import { pathText } from "../../validation/path-text.ts";
import { show, unknownName } from "../../validation/suggest.ts";
import {
  damagedError,
  foreignError,
  lineAdvice,
  newerError,
  notUtf8Error,
  unwritableError,
} from "./errors.ts";

type Kind = RunFileLine["kind"];

const kinds = Object.keys(lineSchemas);

/** Each compiled when a line of its kind is first read. */
const checks = new Map<unknown, CompiledCheck>();

/**
 * The lines of a run file that were read together, each handed on as soon as it fits; the first of a file has to be the
 * header, and no other may be. Throws a `UserError` that names file, line and field and says what was expected there.
 */
export function checkLines(
  file: string,
  batch: readonly RawLine[],
  onLine: (line: RunFileLine, offset: number) => void,
): void {
  const tally = { keys: 0 };
  for (const raw of batch) onLine(fittingLine(file, raw, tally), raw.start);
  // Counted once for all: to count each line by itself takes half as long again.
  if (tally.keys !== keyEndsOf(batch)) for (const raw of batch) refuseDoubled(file, raw);
}

/** One line by itself. */
export function checkedLine(file: string, raw: RawLine): RunFileLine {
  const tally = { keys: 0 };
  const line = fittingLine(file, raw, tally);
  if (tally.keys !== keyEnds(raw.bytes)) refuseDoubled(file, raw);
  return line;
}

/** The line that these bytes hold, but for keys that stand twice in them; `tally` gets the number of its keys. */
function fittingLine(file: string, raw: RawLine, tally: { keys: number }): RunFileLine {
  const { bytes, line, start } = raw;
  const text = bytes.toString("utf8");
  if (text.includes("\uFFFD") && !isUtf8(bytes)) throw notUtf8Error(file, line);
  const value = parsed(text);
  if (line === 1) refuseForeign(file, value);
  if (value === undefined) {
    const nulls = bytes.indexOf(0);
    throw nulls === -1 ? damagedError(file, line) : nullsError(file, line, start + nulls);
  }
  const kind = kindOf(value);
  const check = checks.get(kind) ?? checkFor(kind);
  const keys = check === null ? -1 : check(value);
  if (keys < 0) {
    refuseDoubled(file, raw);
    throw problemsError(file, line, wrongIn(value, kind));
  }
  if (kind === "run" && line > 1) throw problemsError(file, line, [secondHeader]);
  tally.keys += keys;
  return value as RunFileLine;
}

function keyEndsOf(batch: readonly RawLine[]): number {
  const [first, second] = batch;
  const last = batch.at(-1);
  if (first === undefined || last === undefined) return 0;
  if (first.bytes.buffer === last.bytes.buffer) return keyEnds(spanned(first, last));
  // The first line began in the chunk before.
  return keyEnds(first.bytes) + keyEnds(spanned(second ?? last, last));
}

const spanned = ({ bytes: first }: RawLine, { bytes: last }: RawLine): Buffer =>
  Buffer.from(last.buffer, first.byteOffset, last.byteOffset + last.length - first.byteOffset);

function refuseDoubled(file: string, { bytes, line }: RawLine): void {
  const doubled = doubledKey(bytes.toString("utf8"));
  if (doubled !== null) {
    throw problemsError(file, line, [{ path: pathText(doubled), message: doubledMessage }]);
  }
}

/** The line as it would be written, if it may be; else a `UserError`, so that no file is written that cannot be read. */
export function checkedText(file: string, line: RunFileLine): string {
  const text = JSON.stringify(line);
  const check = checks.get(line.kind) ?? checkFor(line.kind);
  if (check !== null && check(line) >= 0) return text;
  const wrong = wrongIn(JSON.parse(text), line.kind);
  if (wrong.length > 0) throw unwritableError(file, line.kind, wrong);
  return text;
}

/** Whether bytes without a newline are a whole line rather than one that was cut off. */
export const isWhole = (bytes: Buffer): boolean => parsed(bytes.toString("utf8")) !== undefined;

type Wrong = { readonly path: string; readonly message: Text };

function checkFor(kind: unknown): CompiledCheck | null {
  if (!isKind(kind)) return null;
  const check = compiledCheck(lineSchemas[kind]);
  checks.set(kind, check);
  return check;
}

const kindOf = (value: unknown): unknown =>
  typeof value === "object" && value !== null && "kind" in value ? value.kind : undefined;

const isKind = (kind: unknown): kind is Kind =>
  typeof kind === "string" && Object.hasOwn(lineSchemas, kind);

/** What is wrong with a value that the check refused. */
function wrongIn(value: unknown, kind: unknown): readonly Wrong[] {
  if (!isKind(kind)) {
    return [{ path: "kind", message: kindMessage(kind) }];
  }
  const result = validate<z.ZodType>(lineSchemas[kind], value);
  if (result.ok) return [];
  return result.findings.map(({ path, message }) => ({ path: pathText(path), message }));
}

function refuseForeign(file: string, value: unknown): void {
  const kind = memberOf(value, "kind");
  if (kind !== "run") throw foreignError(file, kind);
  const schema = memberOf(value, "schema");
  if (typeof schema !== "string" || schema === formats.run) return;
  const version = memberOf(memberOf(value, "tool"), "version");
  throw newerError(file, schema, typeof version === "string" ? version : "?");
}

const doubledMessage: Text = {
  zh: "这个键写了两次",
  en: "this key stands twice",
};

const secondHeader: Wrong = {
  path: "kind",
  message: {
    zh: "又一个文件头（kind: run）：一个文件只记一次运行。几个文件若被拼在一起，请分开，一并列在命令后面",
    en: "a second header (kind: run): one file holds one run. If files were joined, take them apart and name each of them",
  },
};

const kindMessage = (kind: unknown): Text =>
  typeof kind === "string"
    ? withUpgrade(unknownName({ zh: "行类型", en: "kind of line" }, kind, kinds))
    : {
        zh: `应为以下之一：${kinds.join(", ")}，实为 ${kind === undefined ? "缺失" : show(kind)}`,
        en: `expected one of ${kinds.join(", ")}; got ${kind === undefined ? "nothing" : show(kind)}`,
      };

const withUpgrade = ({ zh, en }: Text): Text => ({
  zh: `${zh}（若文件由更新的 baimo 写成，请升级）`,
  en: `${en} (if a later baimo wrote the file, upgrade)`,
});

/** More say no more of a line that is damaged. */
const mostShown = 3;

function problemsError(file: string, line: number, wrong: readonly Wrong[]): UserError {
  const at = (path: string, message: Text): Problem => ({
    place: { file, line, column: null, path },
    message,
  });
  return problemError([
    ...wrong.slice(0, mostShown).map(({ path, message }) => at(path, message)),
    at("", lineAdvice),
  ]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
