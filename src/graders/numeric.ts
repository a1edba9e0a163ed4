import { z } from "zod";

import type { Gold, Grade } from "../domain/grader.ts";
import type { Accepted } from "../grading/numeric/compare.ts";

import { defineGrader } from "../domain/grader.ts";
import { goldTexts } from "../grading/graders.ts";
import { isRight } from "../grading/numeric/compare.ts";
import { findNumber } from "../grading/numeric/find.ts";
import { quantitiesIn } from "../text/quantity/read.ts";
import { discountsAsPercent, discountsInTenths } from "../text/quantity/spell.ts";
import { spellNumbers } from "../text/quantity/spell.ts";
import { unitNamed } from "../text/quantity/units.ts";

const Options = z.strictObject({
  tolerance: z
    .number()
    .nonnegative()
    .default(0)
    .describe("absolute difference still right; a gold's own wins"),
  relative: z.number().nonnegative().default(0).describe("share of the gold still right"),
  round_to_gold: z
    .boolean()
    .default(true)
    .describe("a reply with more decimals than the gold is right if it rounds to it"),
  format: z
    .enum(["none", "bracket", "boxed", "marker"])
    .default("none")
    .describe("the form that the prompt demands (【35】, \\boxed{35}, 答案：35); counted apart"),
});

/** One number from the reply: announced, boxed, in 【】, else the last one; with units, ranges and Chinese numerals. */
export const grader = defineGrader({
  id: "numeric",
  version: "4",
  title: { zh: "数值", en: "number" },
  options: Options,
  check: (gold) => {
    const bad = goldTexts(gold).find((text) => accepted(text, gold) === null);
    if (bad === undefined && goldTexts(gold).length > 0) return [];
    const given = JSON.stringify(bad ?? gold.answer);
    const message = {
      zh: `标准答案不是一个数：${given}`,
      en: `the answer is not one number: ${given}`,
    };
    return [{ path: "answer", message }];
  },
  grade: ({ gold, reply }, options): Grade => {
    const golds = goldTexts(gold).flatMap((each) => accepted(each, gold) ?? []);
    const text = discountsRead(spellNumbers(reply), gold, golds);
    const { quantity, why } = findNumber(text, golds[0]?.unit ?? null);
    const followed = { notes: { format_followed: why === options.format } };
    const notes = options.format === "none" ? {} : followed;
    if (quantity === null) {
      return { verdict: "unresolved", value: 0, extracted: null, why, ...notes };
    }
    const rule = { ...options, tolerance: gold.tolerance ?? options.tolerance };
    const right = golds.some((each) => isRight(quantity, each, rule));
    const verdict = right ? "right" : "wrong";
    return { verdict, value: right ? 1 : 0, extracted: quantity.text.trim(), why, ...notes };
  },
});

/**
 * Converts 八五折 to the gold's form: in 折 where its unit is 折, a rate where it is a percentage or a bare number between
 * 0 and 1, else unchanged. One reply has one reading.
 */
function discountsRead(text: string, gold: Gold, golds: readonly Accepted[]): string {
  if (isInTenths(gold)) return discountsInTenths(text);
  const bare = gold.unit === null || /^[%％]$/.test(gold.unit.trim());
  const isRate = bare && golds.some(({ low, high, unit }) => unit === null && low > 0 && high < 1);
  return isRate ? discountsAsPercent(text) : text;
}

const isInTenths = (gold: Gold): boolean =>
  gold.unit?.trim() === "折" || goldTexts(gold).some((text) => /折\s*$/.test(text));

/** A gold as one number or range with its unit, or null where it is anything else. */
function accepted(written: string, gold: Gold): Accepted | null {
  const text = discountsInTenths(spellNumbers(written)).trim();
  const numbers = quantitiesIn(text);
  const [number] = numbers;
  if (number === undefined || numbers.length > 1) return null;
  const decimals = /\.(\d+)/.exec(number.text)?.[1]?.length ?? 0;
  const own = gold.unit === null ? number.unit : unitNamed(spellNumbers(gold.unit));
  const percent = number.percent || gold.unit?.trim() === "%" || gold.unit?.trim() === "％";
  const scale = percent && !number.percent ? 0.01 : 1;
  return {
    low: number.low * scale,
    high: number.high * scale,
    unit: own ?? number.unit,
    bare_percent: percent && !number.percent,
    decimals: number.percent ? decimals + 2 : decimals,
  };
}
