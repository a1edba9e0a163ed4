import { chineseNumber, numeralCharacters } from "../../text/quantity/chinese.ts";

/**
 * A duration in words or units, in milliseconds: `2m59.5s`, `20 seconds`, `1 分 30 秒`, `两分钟`, `半小时`. Null if the text is
 * none. `bareUnit_ms` is what a bare number counts.
 */
export function durationMs(text: string, bareUnit_ms: number | null = null): number | null {
  // ISO 8601 has `PT2M30S`.
  const plain = text
    .trim()
    .normalize("NFKC")
    .toLowerCase()
    .replace(/^pt(?=\d)/, "");
  if (/^\d+(?:\.\d+)?$/.test(plain))
    return bareUnit_ms === null ? null : Number(plain) * bareUnit_ms;
  let total = 0;
  let rest = plain;
  let spans = 0;
  while (rest !== "") {
    const found = span.exec(rest);
    if (found === null) return null;
    const [whole, half, amount = "", unit = "", more] = found;
    const count = half === undefined ? amountOf(amount) : 0.5;
    const each = unitMs(unit);
    if (count === null || each === null) return null;
    total += (count + (more === undefined ? 0 : 0.5)) * each;
    spans += 1;
    rest = rest.slice(whole.length);
  }
  return spans > 0 && Number.isFinite(total) ? total : null;
}

const units =
  "毫秒|milliseconds?|msecs?|ms|秒钟?|seconds?|secs?|s|分钟?|minutes?|mins?|m|个?小时|个?钟头|hours?|hrs?|h|天|日|days?|d";

/** A duration inside a sentence; its one group is the whole of it. */
export const durationPattern = `((?:(?:半个?|(?:\\d+(?:\\.\\d+)?|[${numeralCharacters}]+))\\s*(?:${units})半?(?![a-z])[\\s,，]*(?:and\\s+)?)+)`;

const span = new RegExp(
  `^(?:(半)个?|(\\d+(?:\\.\\d+)?|[${numeralCharacters}]+))\\s*(${units})(半)?(?![a-z])[\\s,，]*(?:and\\s+)?`,
);

const unitTable: readonly (readonly [RegExp, number])[] = [
  [/^(?:毫秒|milli.*|msecs?|ms)$/, 1],
  [/^(?:秒钟?|s|secs?|seconds?)$/, 1_000],
  [/^(?:分钟?|m|mins?|minutes?)$/, 60_000],
  [/^(?:个?小时|个?钟头|h|hrs?|hours?)$/, 3_600_000],
  [/^(?:天|日|d|days?)$/, 86_400_000],
];

const unitMs = (unit: string): number | null =>
  unitTable.find(([names]) => names.test(unit))?.[1] ?? null;

const amountOf = (text: string): number | null =>
  /^\d/.test(text) ? Number(text) : chineseNumber(text);
