import type { Ack, NightlySettings } from "../../domain/config.ts";
import type { Change, NightlyReport, TargetHistory } from "./nightly.ts";

/** A decline that was found and measured twice, until the level returns. */
export type Alarm = {
  /** `target day`, by which it is acknowledged. */
  readonly id: string;
  readonly target: string;
  readonly change: Change;
  /** The day on which it was found that the level had returned; null while it is open. */
  readonly closed_on: string | null;
  /** Null where nobody has acknowledged it, or only for a time that is over. */
  readonly ack: Ack | null;
};

/** Something that is told once to every webhook, under its name. */
export type NightEvent = {
  readonly name: string;
  readonly what: "new" | "reminder" | "closed" | "up" | "looks" | "trouble" | "model";
  readonly target: string;
  readonly alarm: Alarm | null;
};

/** An event that no webhook accepted is tried again for so long. */
const freshDays = 7;
/** A rise of at least this part of a fall is its return. */
const returned = 0.5;

/** The declines of a report's targets, open ones and those that have returned. */
export function alarmsOf(report: NightlyReport, acks: readonly Ack[]): readonly Alarm[] {
  return report.targets.flatMap((target) => targetAlarms(target, report.date, acks));
}

function targetAlarms(
  { target, changes }: TargetHistory,
  today: string,
  acks: readonly Ack[],
): readonly Alarm[] {
  const alarms: Alarm[] = [];
  for (const change of changes.filter(({ confirmed }) => confirmed)) {
    if (change.delta < 0) {
      const id = `${target} ${change.since_on}`;
      const ack =
        acks.find(({ alarm, until }) => alarm === id && (until ?? "9999") > today) ?? null;
      alarms.push({ id, target, change, closed_on: null, ack });
      continue;
    }
    // The last fall returns first.
    let rise = change.delta;
    for (let at = alarms.length - 1; at >= 0; at--) {
      const alarm = alarms[at];
      if (alarm === undefined || alarm.closed_on !== null) continue;
      if (rise < -alarm.change.delta * returned) break;
      alarms[at] = { ...alarm, closed_on: change.found_on };
      rise += alarm.change.delta;
    }
  }
  return alarms;
}

/**
 * What is to be told, each event once: a decline when it is found, again after every `remind` days while it is open and
 * not acknowledged, and when it returns; a rise; trouble when it begins; another name of the model.
 */
export function eventsOf(
  report: NightlyReport,
  { acks, remind }: Pick<NightlySettings, "acks" | "remind">,
): readonly NightEvent[] {
  const { date } = report;
  const alarms = alarmsOf(report, acks);
  return [
    ...alarms.flatMap((alarm) => alarmEvents(alarm, date, remind)),
    ...report.targets.flatMap((each) => targetEvents(each, report, alarms)),
  ];
}

function alarmEvents(alarm: Alarm, date: string, remind: number): readonly NightEvent[] {
  const { id, target, change, closed_on, ack } = alarm;
  const event = (what: NightEvent["what"], name: string): NightEvent => ({
    name: `${name} ${id}`,
    what,
    target,
    alarm,
  });
  const age = daysBetween(change.found_on, date);
  if (closed_on !== null) {
    return daysBetween(closed_on, date) < freshDays ? [event("closed", "closed")] : [];
  }
  if (ack !== null) return [];
  if (age < Math.min(freshDays, remind)) return [event("new", "new")];
  const times = Math.floor(age / remind);
  return times === 0 ? [] : [event("reminder", `reminder-${times}`)];
}

function targetEvents(
  each: TargetHistory,
  { date, run }: NightlyReport,
  alarms: readonly Alarm[],
): readonly NightEvent[] {
  const { target, trouble, trouble_since, judgement, model_changes, changes } = each;
  const event = (what: NightEvent["what"], name: string): NightEvent => ({
    name,
    what,
    target,
    alarm: null,
  });
  const last = changes.at(-1);
  const closes = alarms.some((alarm) => alarm.target === target && alarm.closed_on === date);
  const rise = closes || last?.found_on !== date ? undefined : last;
  return [
    ...(trouble === null
      ? []
      : [event("trouble", `trouble ${trouble.kind} ${target} ${trouble_since ?? date}`)]),
    ...(judgement === "looks down" || judgement === "looks up"
      ? [event("looks", `looks ${target} ${run}`)]
      : []),
    ...(rise !== undefined && rise.confirmed && rise.delta > 0
      ? [event("up", `up ${target} ${rise.since_on}`)]
      : []),
    // A fingerprint changes with every deployment of some vendors, and a name that is trouble is told as that.
    ...(trouble?.kind !== "rerouted" &&
    model_changes.some((change) => change.date === date && change.what === "model_returned")
      ? [event("model", `model ${target} ${date}`)]
      : []),
  ];
}

/** Whole days from one day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** The Monday of a day's week. */
function mondayOf(day: string): string {
  const time = Date.parse(day);
  const weekday = (new Date(time).getUTCDay() + 6) % 7;
  return new Date(time - weekday * 86_400_000).toISOString().slice(0, 10);
}

/** The name of the week's digest on the first night from Monday on; null on other nights. */
export function digestOf({ date, previous }: NightlyReport): string | null {
  const monday = mondayOf(date);
  const isFirst = previous === null ? monday === date : previous < monday;
  return isFirst ? `digest ${monday}` : null;
}

/** Whether a time in Beijing, `HH:MM`, lies in hours such as `22:00-08:00`. */
export function isQuiet(clock: string, hours: string | undefined): boolean {
  if (hours === undefined) return false;
  const [from = "", to = ""] = hours.split("-");
  return from <= to ? from <= clock && clock < to : clock >= from || clock < to;
}
