import type { Lang } from "../../domain/text.ts";
import type { Alarm, NightEvent } from "./alarms.ts";
import type { ChangedPart } from "./changed-parts.ts";
import type { NightlyReport } from "./nightly.ts";

import { colon } from "../../domain/text.ts";
import { clean, fixed, points, signed } from "../render/format.ts";
import { alarmsOf, daysBetween } from "./alarms.ts";

/** One line of an alarm: how much, since when, where, how far it is known. */
export function alarmLine(alarm: Alarm, today: string, lang: Lang): string {
  const { target, change, closed_on, ack, id } = alarm;
  const zh = lang === "zh";
  const days = daysBetween(change.since_on, today);
  const level = signed(change.delta);
  const age =
    days === 0 ? "" : zh ? `（${days} 天）` : ` (${days === 1 ? "1 day" : `${days} days`})`;
  const head = zh
    ? `${target}：锚题 ${level} 分，自 ${change.since_on} 起${age}`
    : `${target}: anchors ${level} points since ${change.since_on}${age}`;
  const where = partsText(change.dimensions, lang);
  const state =
    closed_on !== null
      ? zh
        ? `已于 ${closed_on} 恢复`
        : `returned on ${closed_on}`
      : ack === null
        ? zh
          ? `未确认（acks: alarm: "${id}"）`
          : `not acknowledged (acks: alarm: "${id}")`
        : ackText(ack, lang);
  return [head, ...(where === "" ? [] : [where]), state].join(zh ? "；" : "; ");
}

function ackText({ by, note }: NonNullable<Alarm["ack"]>, lang: Lang): string {
  const said = [by, note].filter((each) => each !== undefined).map((each) => clean(each, 200));
  const more = said.length === 0 ? "" : `${colon[lang]}${said.join(lang === "zh" ? "，" : ", ")}`;
  return lang === "zh" ? `已确认${more}` : `acknowledged${more}`;
}

/** 中文特性/成语 80.0 → 61.0、… */
export function partsText(parts: readonly ChangedPart[], lang: Lang): string {
  const list = parts.map(
    ({ name, before, after }) => `${clean(name, 120)} ${points(before, 1)} → ${points(after, 1)}`,
  );
  return list.join(lang === "zh" ? "、" : ", ");
}

/** The items that moved most: `s/t/3 0.95 → 0.00`. */
export function itemsLine({ change: { items } }: Alarm, lang: Lang): string | null {
  if (items.length === 0) return null;
  const list = items.map(
    ({ name, before, after, n_before, n_after }) =>
      `${clean(name, 120)} ${fixed(before, 2)} → ${fixed(after, 2)} (n ${n_before}, ${n_after})`,
  );
  return lang === "zh"
    ? `变化最大的题：${list.join("、")}`
    : `Items that moved most: ${list.join(", ")}`;
}

/** The lines under which a message tells of events that concern alarms. */
export function eventLines(
  events: readonly NightEvent[],
  today: string,
  lang: Lang,
): readonly string[] {
  const prefix = {
    new: { zh: "新", en: "New" },
    reminder: { zh: "仍未恢复", en: "Still down" },
    closed: { zh: "恢复", en: "Returned" },
  } as const;
  return events.flatMap(({ what, alarm }) => {
    if (alarm === null || (what !== "new" && what !== "reminder" && what !== "closed")) return [];
    const items = what === "new" ? itemsLine(alarm, lang) : null;
    const line = `${prefix[what][lang]}${colon[lang]}${alarmLine(alarm, today, lang)}`;
    return items === null ? [line] : [line, items];
  });
}

/** The week in a few lines: what is open, acknowledged or not, and what returned. */
export function digestLines(
  report: NightlyReport,
  acks: Parameters<typeof alarmsOf>[1],
  lang: Lang,
): readonly string[] {
  const zh = lang === "zh";
  const alarms = alarmsOf(report, acks);
  const open = alarms.filter(({ closed_on }) => closed_on === null);
  const closed = alarms.filter(
    ({ closed_on }) => closed_on !== null && daysBetween(closed_on, report.date) < 7,
  );
  const lines = [...open, ...closed].map((alarm) => alarmLine(alarm, report.date, lang));
  const head = zh
    ? `一周：${open.length} 项未恢复，${closed.length} 项已恢复`
    : `The week: ${open.length} still down, ${closed.length} returned`;
  return [head, ...lines];
}
