import type { Gold } from "../../domain/grader.ts";
import type { NamedUnit } from "../../text/quantity/unit-expression.ts";
import type { Wanted } from "./candidates.ts";
import type { Accepted } from "./compare.ts";

import { seldom } from "../../text/finding/seldom.ts";
import { fold } from "../../text/normalise.ts";
import { clocksInMinutes } from "../../text/quantity/clock.ts";
import { lately } from "../../text/quantity/lately.ts";
import { equals, over, power, times, whole } from "../../text/quantity/rational.ts";
import { quantitiesIn } from "../../text/quantity/read.ts";
import { discountsInTenths, spellNumbers } from "../../text/quantity/spell.ts";
import { powersOfTen, unitAt, unitNamed } from "../../text/quantity/unit-expression.ts";
import { askedBy } from "./asked.ts";
import { perIn } from "./per.ts";

/** A gold as one number, ratio or range with its unit, or null where it is anything else. */
export function acceptedBy(written: string, gold: Gold): Accepted | null {
  const plain = discountsInTenths(spellNumbers(written)).trim();
  const numbers = quantitiesIn(isClock(written) ? clocksInMinutes(plain) : plain);
  const [number] = numbers;
  if (number === undefined || numbers.length > 1 || number.role === "formula") return null;
  const named = gold.unit === null ? null : unitNamed(spellNumbers(gold.unit).trim());
  const signed = gold.unit !== null && /^[%％‰]$/.test(gold.unit.trim());
  const own = number.unit === null ? null : { ...number.unit, prefix: whole(1n) };
  const bare = !number.percent && (signed || asksForPercent(gold));
  const asked = (): NamedUnit | null =>
    gold.unit === null && own === null ? askedUnit(gold.question) : null;
  const share = power(10n, gold.unit?.trim() === "‰" ? -3 : -2);
  const scale = bare
    ? share
    : number.scaled
      ? over(whole(1n), asked()?.prefix ?? whole(1n))
      : whole(1n);
  const unit = own ?? (number.scaled && named !== null ? withoutPrefix(named) : named);
  return {
    low: times(number.low, scale),
    high: times(number.high, scale),
    unit,
    unknown_unit: gold.unit !== null && !signed && gold.unit.trim() !== "" && unit === null,
    bare: bare ? share : null,
    step: number.step === null ? null : times(number.step, scale),
    scaled: number.scaled,
    ratio: number.role === "ratio",
    // Most replies have a bare number, for which neither is looked at.
    get per() {
      return perIn(gold.question);
    },
    get asked() {
      return asked();
    },
  };
}

/** A gold in all units that it may be written in: 度 of electricity is a kilowatt hour. */
export function acceptedIn(written: string, gold: Gold): readonly Accepted[] {
  const isElectric = gold.unit?.trim() === "度" && electric.test(gold.question);
  const units = isElectric ? [gold.unit, "千瓦时"] : [gold.unit];
  return units.flatMap(
    (unit) => acceptedBy(written, unit === gold.unit ? gold : { ...gold, unit }) ?? [],
  );
}

const electric = /[用耗费充发省]电|电[费量能器灯]|千瓦|\d\s?k?W/;

const withoutPrefix = (unit: NonNullable<Accepted["unit"]>): Accepted["unit"] => ({
  kind: unit.kind === "number" ? "count" : unit.kind,
  scale: times(unit.scale, { n: unit.prefix.d, d: unit.prefix.n }),
  prefix: whole(1n),
});

/** The question asks for the number before the percent sign. */
const asksForPercent = ({ question, unit }: Gold): boolean =>
  unit === null && beforePercent.test(question);

const beforePercent = seldom(
  /百分号[前之]|个百分点|[%％]\s?[号前](?!后)|百分之(?:几|多少)|[(（]\s*[)）]\s?[%％]|before the (?:percent|%)|without (?:the )?(?:percent|%) sign|不(?:写|带|要|含|加)百分号/,
);

/** What is known of the wanted number besides its value: never the value itself. */
export const wantedBy = (gold: Gold, golds: readonly Accepted[]): Wanted => ({
  kind: golds[0]?.unit?.kind ?? askedUnit(gold.question)?.kind ?? null,
  scale: golds[0]?.unit?.scale ?? askedUnit(gold.question)?.scale ?? null,
  unit: gold.unit,
  question: fold(gold.question),
  asked: askedBy(fold(gold.question)),
  ratio: golds.some(({ ratio }) => ratio),
  percent: golds.some(({ bare }) => bare !== null),
});

const howMany = /多少|(?<![十百千万好])几(?!何|.{1,3}几)/g;
const mayAskHowMany = seldom(howMany).may;
const unitStated = seldom(/单位[:：为是]\s?/);

/** The unit that a question asks for by name: 多少平方米, 几小时 but not 几小时几分. */
const askedUnit = lately((question: string): NamedUnit | null => {
  const text = spellNumbers(question);
  const stated = unitStated.exec(text);
  if (stated !== null) {
    const found = prefixedAt(text.slice(stated.index + stated[0].length));
    if (found !== null) return found;
  }
  const last = mayAskHowMany(text) ? Array.from(text.matchAll(howMany)).at(-1) : undefined;
  if (
    last === undefined ||
    /每|几.{1,3}$/.test(text.slice(Math.max(0, last.index - 8), last.index))
  )
    return null;
  const found = prefixedAt(text.slice(last.index + last[0].length));
  const isCounted = /^(?:count|fen)$/.test(found?.kind ?? "");
  return isCounted && equals(found?.prefix ?? whole(1n), whole(1n)) ? null : found;
});

/** 元 or 亿元 at the beginning of a text. */
function prefixedAt(text: string): NamedUnit | null {
  const [all, word = ""] = /^(万亿|亿|千万|百万|万)?/.exec(text) ?? [""];
  const prefix = power(10n, powersOfTen[word] ?? 0);
  const unit = unitAt(text, all.length)?.unit ?? null;
  if (unit !== null) return { ...unit, scale: times(unit.scale, prefix), prefix };
  return word === "" ? null : { kind: "number", scale: prefix, prefix };
}

/** A gold of the form 15:30, which is a time of day. */
export const isClock = (written: string): boolean =>
  /[:：︓﹕]/.test(written) && /^\s*(?:[01]?\d|2[0-3]):[0-5]\d\s*$/.test(spellNumbers(written));
