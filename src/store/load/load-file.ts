import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";

import type {
  LoadEnd,
  LoadFileLine,
  LoadLine,
  LoadRequest,
  LoadStep,
} from "../../domain/load/lines.ts";

import { formats } from "../../domain/formats.ts";
import { memberOf } from "../../domain/json.ts";
import { loadSchemas } from "../../domain/load/lines.ts";
import { UserError } from "../../domain/text.ts";
import { textReader } from "../../files/decode.ts";
import { linesOf } from "../../files/lines.ts";
import { type CompiledCheck, compiledCheck } from "../../validation/compiled-check.ts";

/** Writes the lines of a load as they come, in batches, so that writing delays nothing that is measured. */
export type LoadWriter = {
  readonly file: string;
  /** Returns at once. */
  readonly take: (line: LoadFileLine) => void;
  /** Rejects with the disk's error, if there was one. */
  readonly close: () => Promise<void>;
};

const flushMs = 500;

/** Starts a file and its folder. Rejects with a UserError where it exists. */
export async function createLoadFile(file: string, head: LoadLine): Promise<LoadWriter> {
  await mkdir(dirname(file), { recursive: true });
  const handle = await open(file, "ax").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
    throw exists(file);
  });
  let waiting: string[] = [`${JSON.stringify(head)}\n`];
  let writing: Promise<unknown> = Promise.resolve();
  const state: { failed: { readonly error: unknown } | null } = { failed: null };
  const flush = (): void => {
    if (waiting.length === 0) return;
    const text = waiting.join("");
    waiting = [];
    writing = writing
      .then(() => handle.appendFile(text))
      .catch((error: unknown) => {
        state.failed ??= { error };
      });
  };
  flush();
  const timer = setInterval(flush, flushMs);
  return {
    file,
    take: (line) => waiting.push(`${JSON.stringify(line)}\n`),
    close: async () => {
      clearInterval(timer);
      flush();
      await writing;
      await handle.close();
      if (state.failed !== null) throw state.failed.error;
    },
  };
}

/** A load as its file holds it. */
export type LoadFile = {
  readonly file: string;
  readonly head: LoadLine;
  readonly steps: readonly LoadStep[];
  readonly rows: readonly LoadRequest[];
  /** Null where it was killed. */
  readonly end: LoadEnd | null;
};

/** True if a file's first line says that it is a load. */
export async function isLoadFile(file: string): Promise<boolean> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return false;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(200), 0, 200, 0);
    return /^\uFEFF?\{"kind":"load"[,}]/.test(buffer.toString("utf8", 0, bytesRead));
  } finally {
    await handle.close();
  }
}

/** Reads a load. A torn last line, as a kill leaves it, is passed over; rejects with a UserError for any other damage. */
export async function readLoad(file: string): Promise<LoadFile> {
  const steps: LoadStep[] = [];
  const rows: LoadRequest[] = [];
  let head: LoadLine | null = null;
  let end: LoadEnd | null = null;
  let damage: number | null = null;
  let number = 0;
  const pieces = await textReader(file);
  for await (const text of linesOf(pieces(), { shown: file })) {
    number += 1;
    if (text.trim() === "") continue;
    if (damage !== null) throw damaged(file, damage);
    const line = checked(text);
    if (line === undefined) damage = number;
    else if (line === null) continue;
    else if (line.kind === "load") head = line;
    else if (line.kind === "step") steps.push(line);
    else if (line.kind === "request") rows.push(line);
    else end = line;
  }
  if (head === null) throw damaged(file, damage ?? 1);
  return { file, head, steps, rows, end };
}

const checks = new Map<string, CompiledCheck>();

/** Undefined where the line is damaged, null where a later version has added its kind. */
function checked(text: string): LoadFileLine | null | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const kind = memberOf(value, "kind");
  if (typeof kind !== "string") return undefined;
  if (!Object.hasOwn(loadSchemas, kind)) return null;
  const name = kind as keyof typeof loadSchemas;
  const check = checks.get(name) ?? compiledCheck(loadSchemas[name]);
  checks.set(name, check);
  return check(value) < 0 ? undefined : (value as LoadFileLine);
}

const exists = (file: string): UserError =>
  new UserError({
    zh: `${file} 已经存在；请用 -o 写另一个文件名`,
    en: `${file} exists; name another file with -o`,
  });

const damaged = (file: string, line: number): UserError =>
  new UserError({
    zh: `${file}:${line} 不是 ${formats.load} 的一行：文件损坏，或由更新的版本写成`,
    en: `${file}:${line} is no line of ${formats.load}: the file is damaged, or a later version wrote it`,
  });
