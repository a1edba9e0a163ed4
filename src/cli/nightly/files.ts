import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";

import { readResumePoint } from "../../engine/run/resume.ts";
import { packedEnding } from "../../files/packed.ts";
import { readHeader } from "../../store/runs/reader.ts";

const recheckMark = ".recheck";

/** The second measurement that belongs to a night's file. */
export const recheckFile = (night: string): string =>
  night.replace(/\.jsonl$/, `${recheckMark}.jsonl`);

/** A run file of a history: as it was written, or at rest. */
export type NightFile = {
  readonly path: string;
  /** Its name without what says how it is kept. */
  readonly name: string;
  readonly isPacked: boolean;
  readonly isRecheck: boolean;
};

/** The run files of a history, by name; one that lies there packed and plain is named once, plain. */
export async function nightRunFiles(folder: string): Promise<readonly NightFile[]> {
  const names = (await readdir(folder)).toSorted();
  const plain = new Set(names.filter((name) => name.endsWith(".jsonl")));
  return names.flatMap((name) => {
    const isPacked = name.endsWith(`.jsonl${packedEnding}`);
    const own = isPacked ? name.slice(0, -packedEnding.length) : name;
    if (!own.endsWith(".jsonl") || (isPacked && plain.has(own))) return [];
    const stem = basename(own, ".jsonl");
    return [
      { path: join(folder, name), name: stem, isPacked, isRecheck: stem.endsWith(recheckMark) },
    ];
  });
}

/** The name of the file of which this is the second measurement. */
export const firstName = ({ name }: NightFile): string => name.slice(0, -recheckMark.length);

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
  const files = await nightRunFiles(folder);
  const newest = files.findLast(({ isRecheck }) => !isRecheck);
  if (newest === undefined || newest.isPacked) return null;
  const header = await readHeader(newest.path);
  if (header === null || header.settings.reseed !== reseed) return null;
  if (now.getTime() - Date.parse(header.started_at) > sameNightMs) return null;
  const again = files.find((file) => file.isRecheck && firstName(file) === newest.name);
  const isCut =
    !(await isFinished(newest.path)) || (again !== undefined && !(await isFinished(again.path)));
  return isCut ? newest.path : null;
}

/** Whether a run came to its end, be that a budget's. */
export async function isFinished(file: string): Promise<boolean> {
  const { end } = await readResumePoint(file, "none");
  return end !== null && end.status !== "interrupted";
}
