import type { Text } from "../../../domain/text.ts";

import { clean } from "../../render/format.ts";

const beijingMs = 8 * 3_600_000;

const written =
  /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+(\d{1,2})[:：](\d{2})(?:[:：](\d{2})(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/** A moment as people and spreadsheets write it, in Beijing time unless a zone is given; null where it cannot be read. */
export function momentOf(text: string): number | null {
  const found = written.exec(text.trim());
  if (found === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(ms);
  const exists =
    back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24 && minute < 60;
  return exists && second < 60 ? ms - offsetMs(found[7]) : null;
}

/** The complaint about a cell that `momentOf` cannot read. */
export const badMoment = (cell: string): Text => ({
  zh: `时间“${clean(cell, 40)}”看不懂；例如 2026-11-21 20:16（北京时间）`,
  en: `the time “${clean(cell, 40)}” cannot be read; such as 2026-11-21 20:16 (Beijing time)`,
});

function offsetMs(zone: string | undefined): number {
  if (zone === undefined) return beijingMs;
  const [, sign = "+", hours = "0", minutes = "0"] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
