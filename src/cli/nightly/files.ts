import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";

import { readResumePoint } from "../../engine/run/resume.ts";
import { type NightRecord, readNight, withSecond } from "../../report/nightly/history.ts";
import { readHeader } from "../../store/runs/reader.ts";

const recheckMark = ".recheck";

/** The second measurement that belongs to a night's file. */
export const recheckFile = (night: string): string =>
  night.replace(/\.jsonl$/, `${recheckMark}.jsonl`);

/**
 * All runs of a folder except the file `without`, in the order in which they started. A second measurement is merged
 * into the night before it.
 */
export async function readHistory(
  folder: string,
  without: string | null = null,
): Promise<readonly NightRecord[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".jsonl"));
  const records: { night: NightRecord; isRecheck: boolean }[] = [];
  for (const name of names) {
    if (without !== null && name === basename(without)) continue;
    const night = await readNight(join(folder, name));
    if (night !== null) records.push({ night, isRecheck: isRecheckFile(name) });
  }
  const nights: NightRecord[] = [];
  const inOrder = records.toSorted((a, b) => a.night.started_at.localeCompare(b.night.started_at));
  for (const { night, isRecheck } of inOrder) {
    const last = nights.at(-1);
    if (isRecheck && last !== undefined) nights[nights.length - 1] = withSecond(last, night);
    else nights.push(night);
  }
  return nights;
}

/** A night that was cut off longer ago is not continued. */
const sameNightMs = 20 * 3_600_000;

/**
 * Tonight's file, if an earlier process was cut off during it or during its second measurement; else null. A run with
 * another seed belongs to another night.
 */
export async function unfinishedNight(
  folder: string,
  reseed: number,
  now: Date,
): Promise<string | null> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".jsonl"));
  const newest = names
    .filter((name) => !isRecheckFile(name))
    .toSorted()
    .at(-1);
  if (newest === undefined) return null;
  const file = join(folder, newest);
  const header = await readHeader(file);
  if (header === null || header.settings.reseed !== reseed) return null;
  if (now.getTime() - Date.parse(header.started_at) > sameNightMs) return null;
  const again = recheckFile(file);
  const isCut =
    !(await isFinished(file)) || (names.includes(basename(again)) && !(await isFinished(again)));
  return isCut ? file : null;
}

async function isFinished(file: string): Promise<boolean> {
  const { end } = await readResumePoint(file, "none");
  return end !== null && end.status !== "interrupted";
}

const isRecheckFile = (name: string): boolean => basename(name, ".jsonl").endsWith(recheckMark);
