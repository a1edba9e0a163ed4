import { appendFile, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { TickLine } from "../../domain/nights/ticks.ts";
import { packFile, unpackedBytes } from "../../files/packed.ts";
import { compiledCheck } from "../../validation/compiled-check.ts";

const open = ".probe.jsonl";
const packed = ".probe.zst";

/** Where the ticks of the probe lie beside the records of nights. */
const folderOf = (history: string): string => join(history, "probe");

/**
 * Adds a tick to the file of its day and of the process, named by when that began: each file has one writer, and the files of
 * two machines are merged by putting them into one folder.
 */
export async function keepTick(
  history: string,
  lines: readonly TickLine[],
  { day, begun }: { readonly day: string; readonly begun: string },
): Promise<void> {
  const folder = folderOf(history);
  await mkdir(folder, { recursive: true });
  const name = `${day}-${begun.replaceAll(/\W/g, "")}${open}`;
  await appendFile(join(folder, name), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

/** Packs the files of days before `day`, which no process writes any more. */
export async function packTicks(history: string, day: string): Promise<void> {
  const folder = folderOf(history);
  for (const name of await namesIn(folder)) {
    if (!name.endsWith(open) || name.slice(0, day.length) >= day) continue;
    const path = join(folder, name);
    await packFile(path, join(folder, `${name.slice(0, -open.length)}${packed}`));
    await rm(path);
  }
}

/** The ticks of a day and of those after it, in their order, each once. A line that was cut off is left out. */
export async function readTicks(history: string, since: string): Promise<readonly TickLine[]> {
  const folder = folderOf(history);
  const found = new Map<string, TickLine>();
  for (const name of await namesIn(folder)) {
    if (name.slice(0, since.length) < since) continue;
    const path = join(folder, name);
    const text = name.endsWith(packed) ? await unpackedText(path) : await readFile(path, "utf8");
    for (const line of text.split("\n")) {
      const tick = tickOf(line);
      if (tick !== null) found.set(`${tick.when} ${tick.ref}`, tick);
    }
  }
  return [...found.values()].toSorted((a, b) => (a.when < b.when ? -1 : a.when > b.when ? 1 : 0));
}

async function unpackedText(path: string): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of unpackedBytes(path)) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}

const check = compiledCheck(TickLine);

function tickOf(line: string): TickLine | null {
  try {
    const value: unknown = JSON.parse(line);
    return check(value) < 0 ? null : (value as TickLine);
  } catch {
    return null;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith(open) || name.endsWith(packed)).toSorted();
}
