import type { WindowsLine } from "../../domain/nights/lines.ts";
import type { Sketch } from "../../stats/sketch.ts";

import { columnValues } from "../../domain/nights/lines.ts";
import { failedMeetings, type MetAs, meetings } from "../../domain/nights/meeting.ts";
import { addedSketches } from "../../stats/sketch.ts";

/** What was asked of a target within five minutes, and how it ended. */
export type SeenWindow = {
  /** Number of the window since 1970. */
  readonly at: number;
  readonly calls: number;
  readonly first: number;
  readonly counted: number;
  readonly server: number;
  readonly met: Readonly<Record<MetAs, number>>;
};

/** Times of one hour since 1970. */
export type SeenHour = { readonly hour: number; readonly times: Sketch; readonly late: number };

/** A target's windows and hours, each once and in order. */
export type TargetSeries = {
  readonly target: string;
  readonly timed: WindowsLine["timed"];
  readonly windows: readonly SeenWindow[];
  readonly hours: readonly SeenHour[];
};

/** Lines of any number of measurements as one series a target; windows in which two of them asked are added up. */
export function seriesOf(lines: readonly WindowsLine[]): readonly TargetSeries[] {
  return [...Map.groupBy(lines, ({ ref }) => ref)].map(([target, own]) => ({
    target,
    timed: own.some(({ timed }) => timed === "first_token") ? "first_token" : "total",
    windows: addedWindows(own.flatMap(windowsOf)),
    hours: addedHours(own),
  }));
}

/** Attempts that say something about the service: answered or failed by it. */
export const attemptsIn = ({ met }: SeenWindow): number => met.answered + failuresIn({ met });

/** Attempts in which the service failed its user. */
export const failuresIn = ({ met }: Pick<SeenWindow, "met">): number =>
  failedMeetings.reduce((sum, kind) => sum + met[kind], 0);

function windowsOf(line: WindowsLine): readonly SeenWindow[] {
  const [after, calls, first, counted, server] = [
    line.after,
    line.calls,
    line.first,
    line.counted,
    line.server,
  ].map(columnValues);
  const met = meetings.map((kind) => [kind, columnValues(line.met[kind] ?? "")] as const);
  let place = line.from;
  return (after ?? []).map((step, at) => {
    place += step;
    return {
      at: place,
      calls: calls?.[at] ?? 0,
      first: first?.[at] ?? 0,
      counted: counted?.[at] ?? 0,
      server: server?.[at] ?? 0,
      met: metOf((kind) => met.find(([name]) => name === kind)?.[1][at] ?? 0),
    };
  });
}

const metOf = (count: (kind: MetAs) => number): Readonly<Record<MetAs, number>> => ({
  answered: count("answered"),
  throttled: count("throttled"),
  busy: count("busy"),
  server: count("server"),
  maintenance: count("maintenance"),
  timeout: count("timeout"),
  network: count("network"),
  malformed: count("malformed"),
  empty: count("empty"),
  refused: count("refused"),
});

function addedWindows(all: readonly SeenWindow[]): readonly SeenWindow[] {
  return [...Map.groupBy(all, ({ at }) => at)]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([at, own]) => {
      const [only] = own;
      if (own.length === 1 && only !== undefined) return [only];
      const sum = (value: (window: SeenWindow) => number): number =>
        own.reduce((total, each) => total + value(each), 0);
      return [
        {
          at,
          calls: sum(({ calls }) => calls),
          first: sum(({ first }) => first),
          counted: sum(({ counted }) => counted),
          server: sum(({ server }) => server),
          met: metOf((kind) => sum(({ met }) => met[kind])),
        },
      ];
    });
}

function addedHours(lines: readonly WindowsLine[]): readonly SeenHour[] {
  const most = lines.some(({ timed }) => timed === "first_token") ? "first_token" : "total";
  // Two kinds of time are never mixed.
  const all = lines.filter(({ timed }) => timed === most).flatMap(({ hours }) => hours);
  return [...Map.groupBy(all, ({ hour }) => hour)]
    .toSorted(([a], [b]) => a - b)
    .map(([hour, own]) => ({
      hour,
      times: addedSketches(
        own.map(({ times: { from, counts } }) => ({ from, counts: columnValues(counts) })),
      ),
      late: own.reduce((sum, { late }) => sum + late, 0),
    }));
}
