import type {
  AnchorsLine,
  MapLine,
  SentLine,
  TargetLine,
  TasksLine,
  WindowsLine,
} from "../../domain/nights/lines.ts";
import type { Measured } from "./of-run.ts";
import type { Anchors, NightRecord } from "./record.ts";

import { formats } from "../../domain/formats.ts";
import {
  nightFiles,
  nightsFolder,
  readNightFile,
  type SeenLines,
  writeNightFile,
} from "../../store/nights/night-files.ts";
import { anchorsOfLine, linesOfNight, nightOfLines } from "./lines.ts";
import { withSecond } from "./record.ts";

/** All that a history knows: its nights in order, what was renamed, and what was told to whom. */
export type NightHistory = {
  readonly nights: readonly NightRecord[];
  /** Every measurement by itself, second ones too, before renaming. */
  readonly measurements: readonly NightRecord[];
  readonly maps: readonly MapLine[];
  readonly sent: readonly SentLine[];
  /** Records that others name as the one before them and that are not there. */
  readonly lost: readonly string[];
};

/**
 * Reads the compact records of a history's folder: all that nightly, a site or a probe needs, without run files. Second
 * measurements are merged into their nights, renamed targets have their last name. Rejects with a UserError that names a
 * damaged record.
 */
export async function readHistory(history: string): Promise<NightHistory> {
  const folder = nightsFolder(history);
  const seen: SeenLines = new Map();
  const anchors = new Map<AnchorsLine, Anchors>();
  const found: NightRecord[] = [];
  const maps: MapLine[] = [];
  const sent: SentLine[] = [];
  const names = await nightFiles(folder);
  for (const name of names) {
    const lines = await readNightFile(folder, name, { tasks: false, seen });
    maps.push(...lines.filter((line) => line.kind === "map"));
    sent.push(...lines.filter((line) => line.kind === "sent"));
    const head = lines.find((line) => line.kind === "night");
    const line = lines.find((each) => each.kind === "anchors");
    if (head === undefined || line === undefined) continue;
    const known = anchors.get(line) ?? anchorsOfLine(line);
    anchors.set(line, known);
    const targets = lines.filter((each): each is TargetLine => each.kind === "target");
    found.push(nightOfLines(head, known, targets));
  }
  const measurements = found.toSorted((a, b) => (a.started_at < b.started_at ? -1 : 1));
  const there = new Set(names);
  const before = measurements.flatMap(({ previous }) => previous ?? []);
  const lost = [...new Set(before)].filter((name) => !there.has(name)).toSorted();
  return { nights: mergedNights(measurements, maps), measurements, maps, sent, lost };
}

/** What is kept of one measurement for drawing: per target and task its scores, outcomes, times. */
export async function readTasks(history: string, run: string): Promise<readonly TasksLine[]> {
  const lines = await readNightFile(nightsFolder(history), recordName(run), {
    tasks: true,
  });
  return lines.filter((line) => line.kind === "tasks");
}

/**
 * How the attempts of one measurement ended, by windows of five minutes; targets have the names of that time. Null where
 * the record was written before records held them.
 */
export async function readWindows(
  history: string,
  run: string,
): Promise<readonly WindowsLine[] | null> {
  const lines = await readNightFile(nightsFolder(history), recordName(run), {
    tasks: false,
    windows: true,
  });
  const found = lines.filter((line) => line.kind === "windows");
  return found.length === 0 && lines.some((line) => line.kind === "target") ? null : found;
}

/** Writes the record of a measurement, over an earlier one of the same run. */
export const keepNight = (history: string, measured: Measured): Promise<void> =>
  writeNightFile(nightsFolder(history), recordName(measured.night.run), linesOfNight(measured));

/** Notes that a target has another name from now on. */
export const keepMap = (history: string, { from, to, when }: Omit<MapLine, "kind" | "schema">) =>
  writeNightFile(nightsFolder(history), `map-${stampOf(when)}-${nameOf(from)}`, [
    { kind: "map", schema: formats.nights, from, to, when },
  ]);

/** Notes what a webhook accepted. */
export const keepSent = (
  history: string,
  { hook, events, when }: Omit<SentLine, "kind" | "schema">,
) =>
  writeNightFile(nightsFolder(history), `sent-${stampOf(when)}-${nameOf(hook)}`, [
    { kind: "sent", schema: formats.nights, hook, events, when },
  ]);

const stampOf = (iso: string): string => iso.replaceAll(/[-:.]/g, "");

const nameOf = (text: string): string => text.replaceAll(/[^\w.-]+/g, "_");

/** The name of a run's record. */
export const recordName = nameOf;

/**
 * Measurements in the order in which they started as nights: a second one is merged into its first, or, where that is
 * gone, into the night before it. A target gets the name to which it was last mapped.
 */
export function mergedNights(
  measurements: readonly NightRecord[],
  maps: readonly MapLine[],
): readonly NightRecord[] {
  const all = measurements.map((measured) => renamed(measured, maps));
  const nights = all.filter(({ second_of }) => second_of === null);
  for (const night of all.filter(({ second_of }) => second_of !== null)) {
    const own = nights.findIndex(({ run }) => run === night.second_of);
    const place =
      own === -1 ? nights.findLastIndex(({ started_at }) => started_at <= night.started_at) : own;
    const first = nights[place];
    if (first !== undefined) nights[place] = withSecond(first, night);
  }
  return nights;
}

/** A map holds for nights before it alone: the old name may come back for another model. */
function renamed(night: NightRecord, maps: readonly MapLine[]): NightRecord {
  if (!maps.some(({ when }) => when > night.started_at)) return night;
  const targets = [...night.targets].map(
    ([ref, target]) => [lastName(ref, night.started_at, maps), target] as const,
  );
  return { ...night, targets: new Map(targets) };
}

/** The name that a target of a run which started at `started_at` has by now. */
export const lastName = (ref: string, started_at: string, maps: readonly MapLine[]): string =>
  maps
    .filter(({ when }) => when > started_at)
    .toSorted((a, b) => (a.when < b.when ? -1 : 1))
    .reduce((name, { from, to }) => (name === from ? to : name), ref);
