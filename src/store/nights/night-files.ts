import { mkdir, open, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";

import { memberOf } from "../../domain/json.ts";
import { nightSchemas, type NightsLine } from "../../domain/nights/lines.ts";
import { UserError } from "../../domain/text.ts";
import { packBytes } from "../../files/packed.ts";
import { type CompiledCheck, compiledCheck } from "../../validation/compiled-check.ts";

const unpack = promisify(zstdDecompress);

const ending = ".night.zst";
/** Unpacked; a record of 31 targets takes some 300 kB. */
const mostBytes = 64 << 20;

/** Where the compact records of a history lie. */
export const nightsFolder = (history: string): string => join(history, "nights");

/**
 * Writes one record: it appears whole or not at all, and is flushed to the disk. A record has a name of its own and is
 * never appended to, so that two histories are merged by putting their files together.
 */
export async function writeNightFile(
  folder: string,
  name: string,
  lines: readonly NightsLine[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const path = join(folder, `${name}${ending}`);
  const draft = `${path}.${process.pid}.part`;
  const handle = await open(draft, "w");
  try {
    await handle.writeFile(await packBytes(Buffer.from(text)));
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(draft, path);
}

/** The names of all records of a folder, in their order; none where there is no folder. */
export async function nightFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .toSorted();
}

/** Lines that were read before, by their text: the anchors are the same every night. */
export type SeenLines = Map<string, NightsLine>;

export type NightFileOptions = {
  /** Whether lines of the kind `tasks`, which are most of a record, are wanted. */
  readonly tasks: boolean;
  /** Whether lines of the kind `windows` are wanted; by default they are not. */
  readonly windows?: boolean;
  /** Anchors that stand in it are the same value as in the record they were first read from. */
  readonly seen?: SeenLines;
};

/** The lines of a record. Rejects with a UserError where it is damaged or written by a later version. */
export async function readNightFile(
  folder: string,
  name: string,
  { tasks, windows = false, seen = new Map() }: NightFileOptions,
): Promise<readonly NightsLine[]> {
  const path = join(folder, `${name}${ending}`);
  const text = await unpack(await readFile(path), { maxOutputLength: mostBytes }).catch(
    (error: unknown) => {
      throw damaged(path, error instanceof Error ? error.message : String(error));
    },
  );
  const lines: NightsLine[] = [];
  for (const [number, line] of text.toString("utf8").split("\n").entries()) {
    if (line === "" || (!tasks && line.startsWith(tasksStart))) continue;
    if (!windows && line.startsWith(windowsStart)) continue;
    const known = line.startsWith(anchorsStart) ? seen.get(line) : undefined;
    const value = known ?? checked(path, number + 1, line);
    if (value !== null && line.startsWith(anchorsStart)) seen.set(line, value);
    if (value !== null) lines.push(value);
  }
  return lines;
}

const tasksStart = '{"kind":"tasks"';
const windowsStart = '{"kind":"windows"';
const anchorsStart = '{"kind":"anchors"';

const checks = new Map<string, CompiledCheck>();

/** Null for a line of a kind that a later version may have added. */
function checked(path: string, number: number, line: string): NightsLine | null {
  const value = parsed(line);
  const kind = memberOf(value, "kind");
  if (value === undefined || typeof kind !== "string") throw damaged(`${path}:${number}`, "JSON");
  if (!isKind(kind)) return null;
  const check = checks.get(kind) ?? compiledCheck(nightSchemas[kind]);
  checks.set(kind, check);
  if (check(value) < 0) {
    const issue = nightSchemas[kind].safeParse(value).error?.issues[0];
    throw damaged(`${path}:${number}`, issue?.path.join(".") ?? kind);
  }
  return value as NightsLine;
}

const isKind = (kind: string): kind is keyof typeof nightSchemas =>
  Object.hasOwn(nightSchemas, kind);

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const damaged = (place: string, what: string): UserError =>
  new UserError({
    zh: `${place} 不是完好的夜间记录（${what}）。运行文件还在时用 baimo nightly --rebuild 重做；否则从备份或历史分支取回，或删掉这个文件，这一夜就不再计入。`,
    en: `${place} is no whole record of a night (${what}). While its run file exists, make it again with baimo nightly --rebuild; else restore it from a backup or the branch of the history, or remove it and do without that night.`,
  });
