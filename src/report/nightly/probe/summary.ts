import type { TickLine } from "../../../domain/nights/ticks.ts";

import { beijingClock, beijingDay } from "../record.ts";

/** What the probe around the clock saw of one target. */
export type ProbeSummary = {
  readonly target: string;
  readonly ticks: number;
  readonly asked: number;
  /** Calls without an answer over all calls. */
  readonly missing: number;
  /** By time of day in Beijing. */
  readonly bands: readonly ProbeBand[];
  /** Ticks in a row at which nothing was answered, of the last day. */
  readonly outages: readonly ProbeOutage[];
};

export type ProbeBand = {
  /** Hours, `from` included and `to` not. */
  readonly from: number;
  readonly to: number;
  readonly ticks: number;
  /** Medians over the ticks of their medians; null where nothing was answered. */
  readonly first_token_ms: number | null;
  readonly total_ms: number | null;
  readonly missing: number;
};

/** Day and times in Beijing of the first tick without an answer, and of the first with one again; null while it lasts. */
export type ProbeOutage = {
  readonly day: string;
  readonly from: string;
  readonly to: string | null;
  readonly ticks: number;
};

/** Days over which times of day are compared. */
export const probeDays = 14;
const bandHours = 6;
/** Ticks without an answer before it is an outage: one may be chance. */
const leastTicks = 2;
const dayMs = 86_400_000;

/** Sums the ticks of the last days up by target, in their order; `now` is an ISO time. */
export function probeSummaries(ticks: readonly TickLine[], now: string): readonly ProbeSummary[] {
  const recent = ticks.filter(({ when }) => ageMs(when, now) < probeDays * dayMs);
  return [...Map.groupBy(recent, ({ ref }) => ref)].map(([target, own]) => ({
    target,
    ticks: own.length,
    asked: askedIn(own),
    missing: missingShare(own),
    bands: bandsOf(own),
    outages: outagesOf(own.filter(({ when }) => ageMs(when, now) < dayMs)),
  }));
}

const ageMs = (when: string, now: string): number => Date.parse(now) - Date.parse(when);

function bandsOf(ticks: readonly TickLine[]): readonly ProbeBand[] {
  const hourOf = ({ when }: TickLine): number => Number(beijingClock(when).slice(0, 2));
  return [...Map.groupBy(ticks, (tick) => Math.floor(hourOf(tick) / bandHours))]
    .toSorted(([a], [b]) => a - b)
    .map(([band, own]) => ({
      from: band * bandHours,
      to: (band + 1) * bandHours,
      ticks: own.length,
      first_token_ms: median(own.flatMap(({ first_token_ms }) => first_token_ms ?? [])),
      total_ms: median(own.flatMap(({ total_ms }) => total_ms ?? [])),
      missing: missingShare(own),
    }));
}

function outagesOf(ticks: readonly TickLine[]): readonly ProbeOutage[] {
  const outages: ProbeOutage[] = [];
  let down: TickLine[] = [];
  const end = (to: string | null): void => {
    const [first] = down;
    if (first !== undefined && down.length >= leastTicks) {
      const { when } = first;
      outages.push({ day: beijingDay(when), from: beijingClock(when), to, ticks: down.length });
    }
    down = [];
  };
  for (const tick of ticks) {
    if (tick.asked > 0 && missingIn(tick) === tick.asked) down.push(tick);
    else end(beijingClock(tick.when));
  }
  end(null);
  return outages;
}

const askedIn = (ticks: readonly TickLine[]): number =>
  ticks.reduce((sum, { asked }) => sum + asked, 0);

const missingIn = ({ failures, empty }: TickLine): number =>
  Object.values(failures).reduce((sum, count) => sum + count, empty);

function missingShare(ticks: readonly TickLine[]): number {
  const asked = askedIn(ticks);
  return asked === 0 ? 0 : ticks.reduce((sum, tick) => sum + missingIn(tick), 0) / asked;
}

const median = (values: readonly number[]): number | null =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? null;
