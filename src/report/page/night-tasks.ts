import type { NightHistory } from "../nightly/history.ts";
import type { SiteNights } from "./nights.ts";

import { lastName, readTasks } from "../nightly/history.ts";

/** The last nights of a slot whose tasks are shown; each is a file of its own to read. */
const mostNights = 60;

/**
 * Adds to each target how every task of it fared, from the records of the folder. Of a night that was measured twice the
 * first measurement is drawn. Rejects with a UserError that names a damaged record.
 */
export async function withNightTasks(
  slots: readonly SiteNights[],
  folder: string,
  { measurements, maps }: Pick<NightHistory, "measurements" | "maps">,
): Promise<readonly SiteNights[]> {
  const starts = new Map(measurements.map(({ run, started_at }) => [run, started_at]));
  const made: SiteNights[] = [];
  for (const slot of slots) {
    const found = new Map<string, Map<string, (number | null)[]>>();
    const nights = slot.dates.length;
    for (let at = Math.max(0, nights - mostNights); at < nights; at += 1) {
      const run = runOf(slot, at);
      const start = starts.get(run ?? "");
      if (run === undefined || start === undefined) continue;
      for (const { ref, tasks } of await readTasks(folder, run)) {
        const name = lastName(ref, start, maps);
        const own = found.get(name) ?? new Map<string, (number | null)[]>();
        found.set(name, own);
        for (const { task, n, sum } of tasks) {
          const values = own.get(task) ?? Array.from({ length: nights }, () => null);
          own.set(task, values);
          values[at] = n === 0 ? null : Math.round((sum / n) * 1_000) / 1_000;
        }
      }
    }
    made.push({
      ...slot,
      targets: slot.targets.map((target) => ({
        ...target,
        tasks: [...(found.get(target.target) ?? [])].map(([task, values]) => ({ task, values })),
      })),
    });
  }
  return made;
}

/** The run of a night: some target was asked in it. */
const runOf = ({ targets }: SiteNights, at: number): string | undefined =>
  targets.map(({ points }) => points[at]?.run).find((run) => run !== undefined);
