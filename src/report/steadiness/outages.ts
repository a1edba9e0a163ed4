import type { MetAs } from "../../domain/nights/meeting.ts";
import type { SeenWindow } from "./series.ts";

import { failedMeetings } from "../../domain/nights/meeting.ts";
import { binomialCdf } from "../../stats/distributions.ts";
import { attemptsIn, failuresIn } from "./series.ts";

/** A time in which a target failed its users. Places are numbers of windows since 1970; ends are those behind the last one. */
export type ServiceOutage = {
  /** The first and the end of the last window in which most attempts failed. */
  readonly from: number;
  readonly to: number;
  /** The end of the last window before in which it worked, and the first after; null where none was seen. */
  readonly worked_until: number | null;
  readonly works_from: number | null;
  /** How most of the attempts failed. */
  readonly kind: MetAs;
  readonly attempts: number;
  readonly failed: number;
};

/** Windows that are further apart cannot be told to be one outage. */
const widestGap = 24;
/** A window or two that worked do not end it, where at least half of all fails. */
const shortBreak = 3;
const fewestFailures = 5;
const fewestCalls = 3;
/** Chance of a run of failures, over all windows of the period, below which it is an outage. */
const level = 1e-3;
/** Nobody fails more seldom than we can know. */
const leastRate = 0.005;

/**
 * Runs of windows in which at least half of the attempts failed, and more of them than the target's usual failures would
 * bring in any window of the period. Only what was asked is known: the ends are bounded by the windows around.
 */
export function outagesOf(windows: readonly SeenWindow[]): readonly ServiceOutage[] {
  const seen = windows.filter((window) => attemptsIn(window) > 0);
  const sound = seen.filter((window) => !isDown(window));
  const usual = Math.max(leastRate, share(sound));
  return runsOf(seen)
    .filter((run) => isOutage(run, usual, seen.length))
    .map((run) => {
      const [from = 0, to = 0] = [run[0]?.at, run.at(-1)?.at];
      const before = sound.findLast(({ at }) => at < from);
      const after = sound.find(({ at }) => at > to);
      return {
        from,
        to: to + 1,
        worked_until: before === undefined ? null : before.at + 1,
        works_from: after?.at ?? null,
        kind: commonest(run),
        attempts: sum(run, attemptsIn),
        failed: sum(run, failuresIn),
      };
    });
}

/** Windows that it lasted at least; with `worked_until` and `works_from` it may have been more. */
export const lengthOf = ({ from, to }: ServiceOutage): number => to - from;

const isDown = (window: SeenWindow): boolean => failuresIn(window) * 2 >= attemptsIn(window);

function isOutage(run: readonly SeenWindow[], usual: number, windows: number): boolean {
  const [attempts, failed] = [sum(run, attemptsIn), sum(run, failuresIn)];
  const calls = sum(run, (window) => window.calls);
  if (failed < fewestFailures || calls < fewestCalls) return false;
  return 1 - binomialCdf(failed - 1, attempts, usual) <= level / windows;
}

function runsOf(seen: readonly SeenWindow[]): readonly (readonly SeenWindow[])[] {
  const runs: SeenWindow[][] = [];
  let between: SeenWindow[] = [];
  for (const window of seen) {
    if (!isDown(window)) {
      between.push(window);
      continue;
    }
    const run = runs.at(-1);
    const last = run?.at(-1);
    const joined = [...between, window];
    const goesOn =
      last !== undefined &&
      window.at - last.at <= (between.length === 0 ? widestGap : shortBreak) &&
      share(joined) >= 0.5;
    if (goesOn) run?.push(...joined);
    else runs.push([window]);
    between = [];
  }
  return runs;
}

const sum = (windows: readonly SeenWindow[], value: (window: SeenWindow) => number): number =>
  windows.reduce((total, window) => total + value(window), 0);

function share(windows: readonly SeenWindow[]): number {
  const attempts = sum(windows, attemptsIn);
  return attempts === 0 ? 0 : sum(windows, failuresIn) / attempts;
}

function commonest(run: readonly SeenWindow[]): MetAs {
  const counts = failedMeetings.map((kind) => [kind, sum(run, ({ met }) => met[kind])] as const);
  return counts.toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? "server";
}
