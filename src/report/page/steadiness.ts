import type { Text } from "../../domain/text.ts";
import type { Table } from "../render/table.ts";
import type { SteadinessReport, TargetSteadiness } from "../steadiness/steadiness.ts";
import type { PartTimes } from "../steadiness/times.ts";
import type { Bilingual } from "./both.ts";

import { targetName } from "../render/format.ts";
import { coverageText, steadinessHeadline } from "../steadiness/headline.ts";
import { eventsOf } from "../steadiness/naming.ts";
import { dateOfDay } from "../steadiness/period.ts";
import { daysOfPeriod } from "../steadiness/steadiness.ts";
import { steadinessTable } from "../steadiness/table.ts";
import { methodLines, targetLines, titleOf } from "../steadiness/text.ts";
import { inBoth, linesInBoth } from "./both.ts";

/** How steady a period was, as a page shows it. */
export type SteadinessPart = {
  readonly title: Text;
  readonly headline: Text;
  readonly coverage: Text;
  /** What was found of each target, then how the figures came about. */
  readonly lines: readonly Text[];
  readonly method: readonly Text[];
  readonly table: Bilingual<Table>;
  /** Hours of the day that were seen. */
  readonly hours: readonly number[];
  readonly targets: readonly SteadinessTargetPart[];
};

export type SteadinessTargetPart = {
  readonly target: string;
  readonly name: Text;
  readonly timed: TargetSteadiness["timed"];
  readonly events: readonly Text[];
  readonly by_hour: readonly PartTimes[];
  readonly by_weekday: readonly PartTimes[];
  /** The period's days; in the order of `hours`, null where nothing was asked. */
  readonly days: readonly {
    readonly date: string;
    readonly hours: readonly (SteadinessHourPart | null)[];
  }[];
};

export type SteadinessHourPart = {
  readonly attempts: number;
  readonly failed: number;
  readonly p50_ms: number | null;
};

/** A report as the page's part; nothing is judged here. */
export function steadinessPart(report: SteadinessReport): SteadinessPart {
  const [first, last] = daysOfPeriod(report.period);
  const days = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  return {
    title: inBoth((lang) => titleOf(report, lang)),
    headline: inBoth((lang) => steadinessHeadline(report, lang)),
    coverage: inBoth((lang) => coverageText(report, lang)),
    lines: linesInBoth((lang) => targetLines(report, lang)),
    method: linesInBoth((lang) => methodLines(report, lang)),
    table: inBoth((lang) => steadinessTable(report, lang)),
    hours: report.hours,
    targets: report.targets.map((target) => targetPart(target, days, report.hours)),
  };
}

function targetPart(
  target: TargetSteadiness,
  days: readonly number[],
  hours: readonly number[],
): SteadinessTargetPart {
  const cells = new Map(target.calendar.map((each) => [each.day * 24 + each.hour, each]));
  return {
    target: target.target,
    name: inBoth((lang) => targetName(target.target, target.simulated, lang)),
    timed: target.timed,
    events: eventsOf(target).map(({ text }) => text),
    by_hour: target.by_hour.map(finite),
    by_weekday: target.by_weekday.map(finite),
    days: days.map((day) => ({
      date: dateOfDay(day),
      hours: hours.map((hour) => {
        const cell = cells.get(day * 24 + hour);
        if (cell === undefined) return null;
        const { attempts, failed, p50_ms } = cell;
        return { attempts, failed, p50_ms };
      }),
    })),
  };
}

/** JSON has no infinity: what timed out has no point in a chart. */
function finite(part: PartTimes): PartTimes {
  const known = (value: number | null): number | null =>
    value === null || Number.isFinite(value) ? value : null;
  return { ...part, p50: known(part.p50), p95: known(part.p95), p99: known(part.p99) };
}
