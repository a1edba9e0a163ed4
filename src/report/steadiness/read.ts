import type { WindowsLine } from "../../domain/nights/lines.ts";
import type { NightRecord } from "../nightly/record.ts";
import type { SteadinessSource } from "./steadiness.ts";

import { lastName, mergedNights, readHistory, readWindows } from "../nightly/history.ts";
import { readNight } from "../nightly/of-run.ts";

/** A history's records: no run file is read. Rejects with a UserError that names a damaged record. */
export async function historySource(folder: string): Promise<SteadinessSource> {
  const { nights, measurements, maps } = await readHistory(folder);
  const windows: WindowsLine[] = [];
  let without = 0;
  for (const { run, started_at } of measurements) {
    const lines = await readWindows(folder, run);
    if (lines === null) without += 1;
    for (const line of lines ?? []) {
      windows.push({ ...line, ref: lastName(line.ref, started_at, maps) });
    }
  }
  return { nights, windows, without_windows: without };
}

/** A run file's place in a history, where it has none. */
const nowhere = { bytes: 0, slot: null, second_of: null, previous: null } as const;

/** Run files, each a night of its own. Rejects with a UserError where one is no run file. */
export async function runsSource(files: readonly string[]): Promise<SteadinessSource> {
  const measured: NightRecord[] = [];
  const windows: WindowsLine[] = [];
  for (const file of files) {
    const found = await readNight(file, nowhere);
    if (found === null) continue;
    measured.push(found.night);
    windows.push(...found.windows);
  }
  const inOrder = measured.toSorted((a, b) => (a.started_at < b.started_at ? -1 : 1));
  return { nights: mergedNights(inOrder, []), windows, without_windows: 0 };
}
