import type { Rational } from "../../text/quantity/rational.ts";
import type { Quantity } from "../../text/quantity/read.ts";
import type { NamedUnit } from "../../text/quantity/unit-expression.ts";

import {
  decimal,
  equals,
  isBelow,
  isMultiple,
  magnitude,
  minus,
  over,
  plus,
  power,
  times,
  whole,
} from "../../text/quantity/rational.ts";
import { quantitiesIn } from "../../text/quantity/read.ts";
import { isPer } from "./per.ts";

/** What a gold accepts: a number (low = high) or any number of a range. */
export type Accepted = {
  readonly low: Rational;
  readonly high: Rational;
  readonly unit: NamedUnit | null;
  /** The item names a unit that is not known: replies with another measure cannot be judged. */
  readonly unknown_unit: boolean;
  /** The number before the % or ‰ sign is asked: a reply without one is in that too; what such a number is multiplied by. */
  readonly bare: Rational | null;
  /** The value of one in the gold's last decimal place; null for a gold without decimals. */
  readonly step: Rational | null;
  /** Written with 万, 亿 and the like, which often means that it is rounded. */
  readonly scaled: boolean;
  readonly ratio: boolean;
  /** What stands after 每 in the question: 千米 where 每千米几分钟 is asked, so that 5 分钟/千米 is 5 分钟. */
  readonly per: readonly string[];
  /** The unit that the question asks for, where the gold has none: 6 L is 6000 where 多少立方厘米 is asked. */
  readonly asked: NamedUnit | null;
};

export type Tolerance = {
  readonly tolerance: number;
  readonly relative: number;
  /** Undefined where the item does not say whether its decimals are rounded. */
  readonly round_to_gold?: boolean | undefined;
};

/** `other unit` is wrong as well, an `unknown unit` and a number that would be right if rounding was meant cannot be judged. */
export type NumberComparison =
  | "right"
  | "wrong"
  | "other unit"
  | "unknown unit"
  | "rounding not stated";

/** A unit of another kind is wrong; no unit means the gold's. A range is right only where the gold is the same one. */
export function compareNumbers(reply: Quantity, gold: Accepted, rule: Tolerance): NumberComparison {
  const scale = conversion(reply, gold);
  if (typeof scale === "string") return scale;
  const [low, high] = [times(reply.low, scale), times(reply.high, scale)];
  const isRange = !equals(gold.low, gold.high);
  if (!equals(reply.low, reply.high)) {
    if (!isRange) return "wrong";
    const same = isNear(low, gold.low, rule, gold) && isNear(high, gold.high, rule, gold);
    return same ? "right" : "wrong";
  }
  if (isRange) {
    const least = minus(gold.low, slack(gold.low, rule));
    const most = plus(gold.high, slack(gold.high, rule));
    return isBelow(low, least) || isBelow(most, low) ? "wrong" : "right";
  }
  if (isNear(low, gold.low, rule, gold) || recurs(reply, low, gold)) return "right";
  const silent = rule.round_to_gold === undefined && rule.tolerance === 0 && rule.relative === 0;
  return silent && gold.scaled && isNear(low, gold.low, { ...rule, round_to_gold: true }, gold)
    ? "rounding not stated"
    : "wrong";
}

/** What a reply's number is multiplied by to be in the gold's unit. */
function conversion(reply: Quantity, gold: Accepted): Rational | "other unit" | "unknown unit" {
  const percent = gold.bare !== null && !reply.percent ? gold.bare : whole(1n);
  const { unit } = gold;
  if (unit === null) {
    const measured = reply.unit !== null && !isCount(reply.unit.kind);
    if (measured && gold.asked !== null && gold.asked.kind === reply.unit?.kind)
      return over(reply.unit.scale, gold.asked.scale);
    // 234亿 and 234亿人 where 多少亿 is asked.
    if (reply.scaled && gold.asked !== null) return over(percent, gold.asked.prefix);
    return gold.unknown_unit && measured ? "unknown unit" : percent;
  }
  if (reply.unit === null) {
    if (reply.stranger !== null && !isCount(unit.kind)) return "unknown unit";
    return reply.scaled ? over(percent, unit.prefix) : percent;
  }
  const [, amount = "", each = ""] =
    /^(.*\d\s?[^/\d]+?)(?:\/|每)(?:1\s?)?([^/]+)$/.exec(reply.text) ?? [];
  if (reply.unit.kind !== unit.kind && isPer(gold.per, each)) {
    const [bare] = quantitiesIn(amount);
    if (bare?.unit?.kind === unit.kind) return over(bare.unit.scale, unit.scale);
  }
  const from = kindIn(reply.unit.kind, unit.kind);
  if (from !== null) return over(times(reply.unit.scale, from), unit.scale);
  if (unit.kind === "number") return over(whole(1n), unit.scale);
  // 5个 in answer to a question for kilometres may mean anything.
  if (isCount(reply.unit.kind)) return reply.text.endsWith("个") ? percent : "unknown unit";
  return "other unit";
}

const isCount = (kind: string): boolean => /^(?:count|fen|number)$/.test(kind);

/** What a unit of the first kind holds of the base unit of the second; null where they differ. 分 and 度 have several kinds. */
function kindIn(reply: string, gold: string): Rational | null {
  if (reply === gold) return whole(1n);
  if (reply === "fen") {
    if (gold === "time") return whole(60n);
    if (gold === "money") return power(10n, -2);
    return gold === "count" ? whole(1n) : null;
  }
  const capital = capitals[reply]?.[gold];
  if (capital !== undefined) return decimal(capital);
  if (gold === "fen") return reply === "count" ? whole(1n) : null;
  if (reply === "degree" || gold === "degree")
    return /celsius|fahrenheit|degree|^length2·mass/.test(reply === "degree" ? gold : reply)
      ? whole(1n)
      : null;
  return null;
}

const capitals: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "capital G": { byte: "1073741824", mass: "1e-3" },
  "capital M": { byte: "1048576", length: "1" },
  "capital T": { byte: "1099511627776", mass: "1000" },
};

function isNear(value: Rational, gold: Rational, rule: Tolerance, { step }: Accepted): boolean {
  if (equals(value, gold)) return true;
  const difference = magnitude(minus(value, gold));
  const allowed = slack(gold, rule);
  if (!isBelow(allowed, difference)) return true;
  if (rule.round_to_gold !== true || step === null || isMultiple(value, step)) return false;
  return !isBelow(plus(over(step, whole(2n)), allowed), difference);
}

/** A third as 0.3333333333: a fraction without an end, with nine decimals at least. */
const recurs = (reply: Quantity, value: Rational, gold: Accepted): boolean =>
  reply.step !== null &&
  gold.step === null &&
  !isBelow(power(10n, -9), reply.step) &&
  isBelow(magnitude(minus(value, gold.low)), reply.step);

function slack(gold: Rational, { tolerance, relative }: Tolerance): Rational {
  const absolute = decimal(String(tolerance)) ?? whole(0n);
  const share = times(magnitude(gold), decimal(String(relative)) ?? whole(0n));
  return isBelow(absolute, share) ? share : absolute;
}
