import type { Text } from "../../domain/text.ts";
import type { ClauseMeasure } from "./measures/measure.ts";
import type { ResponseInterval } from "./response.ts";

import { amountText, fixed, percent } from "../render/format.ts";

/** A figure with its unit, as people read it; an em dash where there is none. */
export function figureText(
  { unit, id }: Pick<ClauseMeasure, "unit" | "id">,
  value: number | null,
): Text {
  if (value === null) return same("—");
  switch (unit) {
    case "share":
      return same(shareText(value));
    case "time":
      return timeText(value, id === "steady");
    case "speed":
      return { zh: `${fixed(value, 1)} 字/秒`, en: `${fixed(value, 1)} characters/s` };
    case "token-speed":
      return same(`${fixed(value, 1)} tokens/s`);
    case "rate":
      return { zh: `${trimmed(value)} 次/秒`, en: `${trimmed(value)} requests/s` };
    case "at-once":
      return { zh: `${trimmed(value)} 并发`, en: `${trimmed(value)} at once` };
    case "money":
      return same(`¥${amountText(value)}`);
    case "plain":
      return same(fixed(value, 3));
    case "count":
      return same(String(value));
  }
}

/** An interval without its unit, which stands with the value; empty where there is none. */
export function intervalText(
  { unit, id }: Pick<ClauseMeasure, "unit" | "id">,
  interval: ResponseInterval | null,
): string {
  if (interval === null) return "";
  const end = (value: number | null, none: string): string => {
    if (value === null) return none;
    if (unit === "share") return shareText(value);
    if (unit === "time") return timeText(value, id === "steady").en;
    if (unit === "money") return `¥${amountText(value)}`;
    return unit === "plain" ? fixed(value, 3) : unit === "count" ? String(value) : trimmed(value);
  };
  return `[${end(interval.low, "?")}, ${end(interval.high, "?")}]`;
}

const same = (text: string): Text => ({ zh: text, en: text });

/** Three decimals near the ends, where bounds such as 99.99% are. */
const shareText = (share: number): string => percent(share, share > 0.99 || share < 0.01 ? 3 : 1);

const trimmed = (value: number): string => String(Number(fixed(value, 2)));

function timeText(ms: number, isLong: boolean): Text {
  if (ms === Number.POSITIVE_INFINITY) return { zh: "超时", en: "timeout" };
  if (isLong) {
    const minutes = trimmed(ms / 60_000);
    return { zh: `${minutes} 分钟`, en: `${minutes} min` };
  }
  return same(ms < 1_000 ? `${fixed(ms, ms < 10 ? 1 : 0)} ms` : `${fixed(ms / 1_000, 2)} s`);
}
