import type { Rational } from "./rational.ts";

import { seldom } from "../finding/seldom.ts";
import { over, power, whole } from "./rational.ts";

const overlined = /(\d\.\d{0,40})\\(?:overline|bar)\s*\{\s*(\d{1,30})\s*\}/g;
const dottedDigit = String.raw`(?:\\dot\s*(?:\{\s*(\d)\s*\}|(\d))|(\d)\u0307)`;
const dotted = new RegExp(
  String.raw`(\d\.\d{0,40}?)${dottedDigit}(?:(\d{0,30}?)${dottedDigit})?`,
  "g",
);
const endless = /(?<![\d.])(\d{1,20}\.\d{2,40})(?:\.{3,12}|…{1,4}|⋯{1,4})/g;

const mayRecur = seldom(/[\u0307…⋯]|\\(?:dot|overline|bar)|\.{3}/);

/**
 * Writes decimals without an end with their period in brackets: 0.\dot{1}4285\dot{7}, 0.\overline{36} and 0.333... as
 * 0.(142857), 0.(36) and 0.(3). Of digits before dots the period must show: 3.14159... stays.
 */
export const withPeriods = (text: string): string =>
  mayRecur.test(text)
    ? text
        .replaceAll(overlined, "$1($2)")
        .replaceAll(dotted, (_, head: string, ...rest: readonly (string | undefined)[]) => {
          const [a, b, c, between, d, e, f] = rest;
          return `${head}(${a ?? b ?? c ?? ""}${between ?? ""}${d ?? e ?? f ?? ""})`;
        })
        .replaceAll(endless, (all, digits: string, at: number, whole: string) => {
          const after = whole.slice(at + all.length, at + all.length + 30);
          const period = told.exec(after)?.slice(1).find(Boolean);
          return withPeriod(digits, period) ?? all;
        })
    : text;

/** (6循环), 6一直循环, 循环节是6 */
const told =
  /^[^\d\n]{0,4}(\d{1,12})\s?(?:一直|无限|不断|反复|是)?(?:地)?循环|^[^\d\n]{0,4}循环节[是为:]?\s?(\d{1,12})/;

function withPeriod(written: string, said: string | undefined): string | null {
  const point = written.indexOf(".");
  const decimals = written.slice(point + 1);
  const period =
    said !== undefined && decimals.endsWith(said) ? said : (shown(decimals) ?? undefined);
  if (period === undefined) return null;
  let head = decimals;
  while (head.endsWith(period)) head = head.slice(0, -period.length);
  // 0.1666: the period begins as early as it can.
  return `${written.slice(0, point)}.${head}(${period})`;
}

const longestPeriod = 6;

/** The period that digits show: one digit three times (or nothing but it), more digits twice. */
function shown(decimals: string): string | null {
  for (let length = 1; length <= longestPeriod; length++) {
    const period = decimals.slice(-length);
    const isAll = decimals === period.repeat(2);
    if (decimals.endsWith(period.repeat(length === 1 && !isAll ? 3 : 2))) return period;
  }
  return null;
}

const written = /(\d{1,20})\.(\d{0,40})\((\d{1,30})\)/y;

/** The value of 0.1(6) that begins at an index, and where it ends; null for anything else. */
export function recurringAt(
  text: string,
  index: number,
): { readonly value: Rational; readonly end: number } | null {
  if (!text.includes("(")) return null;
  written.lastIndex = index;
  const [all = "", units = "", fixed = "", period = ""] = written.exec(text) ?? [];
  if (all === "") return null;
  const n = BigInt(`${units}${fixed}${period}`) - BigInt(`${units}${fixed}`);
  const below = 10n ** BigInt(fixed.length) * (power(10n, period.length).n - 1n);
  return { value: over(whole(n), whole(below)), end: index + all.length };
}
