import { rm } from "node:fs/promises";
import { join } from "node:path";

import type { NightlySettings } from "../../domain/config.ts";

import { openBytes, packedEnding, packFile } from "../../files/packed.ts";
import { keepNight, recordName } from "../../report/nightly/history.ts";
import { readNight } from "../../report/nightly/of-run.ts";
import { beijingClock } from "../../report/nightly/record.ts";
import { nightFiles, nightsFolder, readNightFile } from "../../store/nights/night-files.ts";
import { readHeader } from "../../store/runs/reader.ts";
import { firstName, isFinished, type NightFile, nightRunFiles } from "./files.ts";

type KeepOptions = {
  /** Makes every record anew whose run file is there. */
  readonly rebuild: boolean;
  readonly slots: NightlySettings["slots"];
};

/**
 * Writes a compact record of every run file of a history that has none, or whose record is of an earlier state of it: it
 * went on, was graded again, or a person ruled. Resolves to how many were written. Records without a run file stay.
 */
export async function recordNights(folder: string, options: KeepOptions): Promise<number> {
  const files = await nightRunFiles(folder);
  const ids = new Map<string, string>();
  let written = 0;
  for (const file of files) {
    const header = await readHeader(file.path);
    if (header === null) continue;
    ids.set(file.name, header.id);
    const bytes = await sizeOf(file.path);
    if (!options.rebuild && (await recordedBytes(folder, header.id)) === bytes) continue;
    const measured = await readNight(file.path, {
      bytes,
      slot: slotOf(header.started_at, options.slots),
      second_of: file.isRecheck ? (ids.get(firstName(file)) ?? "") : null,
      previous: await recordBefore(folder, header.id),
    });
    if (measured === null) continue;
    await keepNight(folder, measured);
    written += 1;
  }
  return written;
}

/**
 * Packs finished run files as `x.jsonl.zst`, and removes those of nights before the newest `keep`, of which the compact
 * record stays. Without `keep`, none is removed.
 */
export async function restNights(folder: string, keep: number | null): Promise<void> {
  for (const file of await nightRunFiles(folder)) {
    if (file.isPacked || !(await isFinished(file.path))) continue;
    await packFile(file.path, `${file.path}${packedEnding}`);
    await rm(file.path);
  }
  if (keep === null) return;
  const files = await nightRunFiles(folder);
  const firsts = files.filter(({ isRecheck }) => !isRecheck).map(({ name }) => name);
  const kept = new Set(firsts.slice(-keep));
  for (const file of files) {
    const night = file.isRecheck ? firstName(file) : file.name;
    if (!file.isPacked || kept.has(night) || !(await isRecorded(folder, file))) continue;
    await rm(file.path);
  }
}

async function isRecorded(folder: string, { path }: NightFile): Promise<boolean> {
  const header = await readHeader(path);
  return header !== null && (await recordedBytes(folder, header.id)) === (await sizeOf(path));
}

/** Bytes of the text that a run file holds. */
async function sizeOf(path: string): Promise<number> {
  const source = await openBytes(path);
  try {
    return (await source.stat()).size;
  } finally {
    await source.close();
  }
}

/** Of the run file of which a record was made; null where there is no record, or one that cannot be read. */
async function recordedBytes(folder: string, run: string): Promise<number | null> {
  const lines = await readNightFile(nightsFolder(folder), recordName(run), { tasks: false }).catch(
    () => null,
  );
  return lines?.find((line) => line.kind === "night")?.bytes ?? null;
}

/** The record that stands before a run's own by name, which begins with its time. */
async function recordBefore(folder: string, run: string): Promise<string | null> {
  const own = recordName(run);
  const names = await nightFiles(nightsFolder(folder));
  return names.findLast((name) => name < own && /^\d/.test(name)) ?? null;
}

const dayMinutes = 24 * 60;

/** The slot nearest to a time by the clock in Beijing; null where there are none. */
function slotOf(started_at: string, slots: NightlySettings["slots"]): string | null {
  const minute = minutesOf(beijingClock(started_at));
  const apart = (slot: string): number => {
    const away = Math.abs(minutesOf(slot) - minute);
    return Math.min(away, dayMinutes - away);
  };
  return slots.toSorted((a, b) => apart(a) - apart(b))[0] ?? null;
}

const minutesOf = (clock: string): number =>
  Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** The lock of a history while a night runs. */
export const nightLock = (folder: string): string => join(folder, "nightly");
