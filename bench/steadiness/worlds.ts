/** Months of probes: quiet ones, ones with a known slowness or outage, and ones whose availability is known. */
import type { MonthPlan, ProbeMoment } from "../../src/report/testing/month.ts";

import { seededRandom } from "../../src/stats/random.ts";

export type Shape = { readonly name: string; readonly plan: Omit<MonthPlan, "seed"> };

const base = { start: "2026-11-01", days: 30 };
const three = [2, 10, 15].map((hour) => ({ hour, windows: 8 }));
const allDay = [{ hour: 0, windows: 288 }];

/** How people probe: three slots of 40 minutes, or all day long; steady services and moody ones. */
export const shapes: readonly Shape[] = [
  {
    name: "3 slots, 4 targets",
    plan: { ...base, targets: refs(4), slots: three, calls_per_window: 6 },
  },
  {
    name: "3 slots, 4 moody targets",
    plan: { ...base, targets: refs(4), slots: three, calls_per_window: 6, moods: 2.5 },
  },
  {
    name: "all day, 2 targets",
    plan: { ...base, targets: refs(2), slots: allDay, calls_per_window: 2 },
  },
  {
    name: "all day, 2 moody targets",
    plan: { ...base, targets: refs(2), slots: allDay, calls_per_window: 2, moods: 2.5 },
  },
];

function refs(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `vendor${at}/model-${at}`);
}

/** Workdays of November 2026, which begins on a Sunday. */
export const isWorkday = (day: number): boolean => day % 7 !== 0 && day % 7 !== 6;

export type DrawnOutage = { readonly from: number; readonly to: number };

/** Two outages a month on average, half an hour to several hours long; in minutes of the month. */
export function drawnOutages(seed: number, days: number): readonly DrawnOutage[] {
  const random = seededRandom(seed);
  const found: DrawnOutage[] = [];
  for (let day = 0; day < days; day++) {
    if (random() >= 2 / 30) continue;
    const from = (day * 1_440 + Math.floor(random() * 288) * 5) | 0;
    found.push({ from, to: from + 5 * Math.ceil(6 * Math.exp(1.2 * random())) });
  }
  return found;
}

export const minuteOf = ({ day, hour, minute }: ProbeMoment): number =>
  day * 1_440 + hour * 60 + minute;
