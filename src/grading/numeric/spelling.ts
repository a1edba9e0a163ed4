import type { Gold } from "../../domain/grader.ts";
import type { Accepted } from "./compare.ts";

import { seldom } from "../../text/finding/seldom.ts";
import { simplify } from "../../text/normalise.ts";
import { clocksInMinutes } from "../../text/quantity/clock.ts";
import { isBelow, whole } from "../../text/quantity/rational.ts";
import { discountsAsPercent, discountsInTenths, spellNumbers } from "../../text/quantity/spell.ts";
import { goldTexts } from "../graders.ts";
import { isClock } from "./gold.ts";

/** Writes the numbers of a reply's part in plain signs: times of day in minutes where the gold is one, discounts in its form. */
export function spellingFor(gold: Gold, golds: readonly Accepted[]): (part: string) => string {
  const timed = goldTexts(gold).some(isClock);
  const isTaiwans = gold.question !== simplify(gold.question) && /元|塊|錢/.test(gold.question);
  const asksTimes = howManyTimes.test(gold.question);
  return (part) => {
    const kept = part.includes("~~") ? part.replaceAll(struck, "") : part;
    const bare = kept.includes("\u20e3") ? kept.replaceAll(keycap, "") : kept;
    const own = isTaiwans ? bare.replaceAll(newDollar, "") : bare;
    const spelt = spellNumbers(simplify(asksTimes ? own.replaceAll(timesSign, "") : own));
    const text = spelt.includes("  ") ? spelt.replaceAll(/ {2,9}/g, " ") : spelt;
    return timed ? clocksInMinutes(text) : discountsRead(text, gold, golds);
  };
}

const howManyTimes = seldom(/\b(?:ratio|multiple|how many times)\b|[几少]倍/i);

/** NT$1,000 is 1,000元 to a question in traditional characters that asks for 元. */
const newDollar = /NT\s?\$|(?<![A-Za-z])NTD(?![A-Za-z])|新[臺台][幣币](?=\s?\d)/g;
/** 20x, where a ratio is asked. */
const timesSign = /(?<=\d)\s?[x×](?=[.,;)。，]|\s*$|\s+[A-Za-z]{2})/g;
/** ~~42~~ was taken back. */
const struck = /~~[^~\n]{1,200}~~/g;
/** The key around the 3 of 3️⃣. */
const keycap = /\ufe0f?\u20e3/gu;

/**
 * Converts 八五折 to the gold's form: in 折 where its unit is 折, a rate where it is a percentage or a bare number between
 * 0 and 1, else unchanged. One reply has one reading.
 */
function discountsRead(text: string, gold: Gold, golds: readonly Accepted[]): string {
  if (!text.includes("折")) return text;
  if (isInTenths(gold)) return discountsInTenths(text);
  const bare = gold.unit === null || /^[%％]$/.test(gold.unit.trim());
  const isRate =
    bare &&
    golds.some(({ low, high, unit }) => unit === null && low.n > 0n && isBelow(high, whole(1n)));
  return isRate ? discountsAsPercent(text) : text;
}

const isInTenths = (gold: Gold): boolean =>
  gold.unit?.trim() === "折" || goldTexts(gold).some((text) => /折\s*$/.test(text));
