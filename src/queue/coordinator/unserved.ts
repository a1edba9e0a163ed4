import type { RunEvent } from "../../domain/run-file/event.ts";
import type { Roster } from "./roster.ts";

/** A target without workers is told of after this long. */
const toldAfterMs = 5_000;

/**
 * Tells of targets that have jobs and no living worker, and calls `stop` once that has lasted for `most_ms`. The result is
 * called every second with the targets that have jobs.
 */
export function watchUnserved(
  roster: Roster,
  observe: (event: RunEvent) => void,
  most_ms: number,
  stop: (target: string) => void,
): (waiting: ReadonlySet<string>) => void {
  const alone = new Map<string, { readonly since: number; told: boolean }>();
  return (waiting) => {
    const served = new Set(roster.alive().flatMap(({ serves }) => serves));
    for (const ref of alone.keys()) if (!waiting.has(ref) || served.has(ref)) alone.delete(ref);
    for (const ref of waiting) {
      if (served.has(ref)) continue;
      const entry = alone.get(ref) ?? { since: performance.now(), told: false };
      alone.set(ref, entry);
      const ms = performance.now() - entry.since;
      if (ms > Math.min(toldAfterMs, most_ms) && !entry.told) {
        entry.told = true;
        observe({ kind: "unserved", target: ref, why: roster.refusals(ref) });
      }
      if (ms > most_ms) stop(ref);
    }
  };
}
