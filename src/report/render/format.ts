import type { Money } from "../../domain/money.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { Interval } from "../../stats/interval.ts";

import { plain } from "./plain.ts";

/** Shown for null. */
export const unknown: Text = { zh: "未知", en: "unknown" };

/**
 * What a model or a vendor said as one short line: plain, without blanks at its ends or several in a row. At most
 * `limit` UTF-16 units are read. The renderers make all text plain; this is for what needs to be short as well.
 */
export const clean = (text: string, limit = 2_000): string =>
  plain(text.slice(0, limit)).replaceAll(/\s+/gu, " ").trim();

/** A value in [0, 1] as points of 100. */
export const points = (value: number | null, decimals = 1): string =>
  value === null ? "—" : fixed(value * 100, decimals);

type Estimated = { readonly value: number | null; readonly interval: Interval | null };

/** An estimate in points, its 95% interval in brackets. */
export function within({ value, interval }: Estimated, decimals: number): string {
  const bounds =
    interval === null
      ? ""
      : ` [${points(interval.low, decimals)}, ${points(interval.high, decimals)}]`;
  return `${points(value, decimals)}${bounds}`;
}

/** A score of a table, its 95% interval behind it: `82.4 (79.9–84.8)`. */
export function scoreText({ value, interval }: Estimated, decimals = 1): string {
  if (value === null) return "—";
  const bounds =
    interval === null
      ? ""
      : ` (${points(interval.low, decimals)}–${points(interval.high, decimals)})`;
  return `${points(value, decimals)}${bounds}`;
}

/** A target's name with its mark. */
export function targetName(name: string, simulated: boolean, lang: Lang): string {
  const mark = lang === "zh" ? "模拟" : "simulated";
  return `${clean(name)}${simulated ? ` [${mark}]` : ""}`;
}

/** A p-value with three decimals at most, never as zero. */
export const pText = (p: number | null): string =>
  p === null ? "—" : p < 0.001 ? "<0.001" : fixed(p, 3);

/** A difference in points with its sign. */
export const signed = (fraction: number, decimals = 1): string => {
  const text = fixed(fraction * 100, decimals);
  return fraction > 0 && Number(text) !== 0 ? `+${text}` : text;
};

/** Rounds half away from zero on the decimal digits that a person would see, so 66.945 gives 66.95. */
export function fixed(value: number, decimals: number): string {
  const factor = 10 ** decimals;
  const rounded = (Math.sign(value) * Math.round(Math.abs(value) * factor * (1 + 1e-12))) / factor;
  return (rounded === 0 ? 0 : rounded).toFixed(decimals);
}

/** A fraction as per cent; whole numbers without decimals, and never 100% of less than all. */
export function percent(fraction: number | null, decimals = 1): string {
  if (fraction === null) return "—";
  const whole = Math.round(fraction * 100);
  if (Math.abs(fraction * 100 - whole) < 1e-9) return `${whole}%`;
  const shown = fixed(fraction * 100, decimals);
  return fraction < 1 && Number(shown) === 100
    ? `${fixed(100 - 10 ** -decimals, decimals)}%`
    : `${shown}%`;
}

/** Milliseconds as seconds with the digits that matter; +Infinity stands for a timeout. */
export function seconds(ms: number | null): string {
  if (ms === null || Number.isNaN(ms)) return "—";
  if (ms === Number.POSITIVE_INFINITY) return "∞";
  const s = ms / 1_000;
  return fixed(s, s < 1 ? 3 : s < 10 ? 2 : s < 100 ? 1 : 0);
}

/** A length of time for people, such as 1 分 05 秒. */
export function duration(ms: number, lang: Lang): string {
  const s = Math.round(ms / 1_000);
  const [hours, minutes, rest] = [Math.floor(s / 3_600), Math.floor(s / 60) % 60, s % 60];
  const [h, m, sec] = lang === "zh" ? ["小时", "分", "秒"] : ["h", "m", "s"];
  if (hours > 0) return `${hours}${h}${String(minutes).padStart(2, "0")}${m}`;
  return minutes > 0 ? `${minutes}${m}${String(rest).padStart(2, "0")}${sec}` : `${rest}${sec}`;
}

/** A whole number with separators. */
export const count = (value: number | null, lang: Lang): string =>
  value === null ? unknown[lang] : value.toLocaleString("en-US");

/** An amount of money without its currency: two decimals from 1 up, three significant digits below. */
export function amountText(amount: number): string {
  if (amount === 0) return "0";
  if (amount >= 1_000) return Math.round(amount).toLocaleString("en-US");
  if (amount >= 1) return fixed(amount, 2);
  const decimals = Math.min(8, 2 - Math.floor(Math.log10(amount)));
  return fixed(amount, decimals)
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "");
}

const symbols = { CNY: "¥", USD: "$" } as const;

/** Money with its currency; several currencies side by side, because they are never added. */
export function money(amounts: Money | readonly Money[] | null, lang: Lang): string {
  if (amounts === null) return unknown[lang];
  const each = [amounts].flat();
  if (each.length === 0) return "—";
  return each
    .map(({ amount, currency }) => `${symbols[currency]}${amountText(amount)}`)
    .join(" + ");
}
