import { z } from "zod";

import type { Gold, Grade } from "../domain/grader.ts";
import type { Text } from "../domain/text.ts";
import type { ReadNumber, Wanted } from "../grading/numeric/candidates.ts";
import type { Accepted, NumberComparison } from "../grading/numeric/compare.ts";
import type { FoundNumber } from "../grading/numeric/labels.ts";

import { defineGrader } from "../domain/grader.ts";
import { goldTexts } from "../grading/graders.ts";
import { compareNumbers } from "../grading/numeric/compare.ts";
import { findNumber } from "../grading/numeric/find.ts";
import { acceptedBy, acceptedIn, isClock, wantedBy } from "../grading/numeric/gold.ts";
import { plainlyTold } from "../grading/numeric/plain/plainly-told.ts";
import { spellingFor } from "../grading/numeric/spelling.ts";
import { unlessParroted } from "../grading/parrot.ts";
import { readerNeeds, readerOption, readerStamp, withReader } from "../grading/reader/reader.ts";
import { clockText } from "../text/quantity/clock.ts";
import { equals, times, whole } from "../text/quantity/rational.ts";

const Options = z.strictObject({
  tolerance: z
    .number()
    .nonnegative()
    .default(0)
    .describe("absolute difference still right; a gold's own wins"),
  relative: z.number().nonnegative().default(0).describe("share of the gold still right"),
  round_to_gold: z
    .boolean()
    .optional()
    .describe(
      "true: a reply with more decimals than the gold is right if it rounds to it; false: the gold is exact; not said: exact, and `check` asks",
    ),
  format: z
    .enum(["none", "bracket", "boxed", "marker"])
    .default("none")
    .describe("the form that the prompt demands (【35】, \\boxed{35}, 答案：35); counted apart"),
  ...readerOption,
});
type Options = z.infer<typeof Options>;

/** One number from the reply: announced, boxed, in 【】, else the conclusion's; with units, ranges and Chinese numerals. */
export const grader = defineGrader({
  id: "numeric",
  version: "14",
  title: { zh: "数值", en: "number" },
  options: Options,
  reads: ["answer", "aliases", "tolerance", "unit"],
  needs: readerNeeds,
  stamp: readerStamp,
  check: (gold) => {
    const bad = goldTexts(gold).find((text) => acceptedBy(text, gold) === null);
    if (bad === undefined && goldTexts(gold).length > 0) return [];
    const given = JSON.stringify(bad ?? gold.answer);
    const message = {
      zh: `标准答案不是一个数：${given}`,
      en: `the answer is not one number: ${given}`,
    };
    return [{ path: "answer", message }];
  },
  remarks,
  grade: withReader(
    unlessParroted(({ gold, reply }, options: Options): Grade => {
      const { golds, timed, findIn } = preparedGold(gold);
      const { quantity, why, doubtful } = (timed ? null : plainlyTold(reply)) ?? findIn(reply);
      const notes = {
        ...(options.format === "none" ? {} : { format_followed: why === options.format }),
        ...(doubtful ? { doubtful } : {}),
      };
      const noted = Object.keys(notes).length === 0 ? {} : { notes };
      if (quantity === null) {
        return { verdict: "unresolved", value: 0, extracted: null, why, ...noted };
      }
      const rule = { ...options, tolerance: gold.tolerance ?? options.tolerance };
      const read = [quantity, quantity.before ?? [], quantity.elsewhere ?? []]
        .flat()
        .flatMap((number) => [number, ...ofPairs(number, gold.question)]);
      const results = golds.flatMap((each) =>
        read.map((number) => compareNumbers(number, each, rule)),
      );
      const written = quantity.text.trim();
      const extracted = timed && /^\d{1,4}$/.test(written) ? clockText(Number(written)) : written;
      if (results.includes("right"))
        return { verdict: "right", value: 1, extracted, why, ...noted };
      const isLoose =
        quantity.role === "value" &&
        !equals(quantity.low, quantity.high) &&
        golds.every(({ low, high }) => equals(low, high)) &&
        loosely.test(reply);
      const unsure = isLoose ? "a range" : results.find(isUnsure);
      return unsure === undefined
        ? { verdict: "wrong", value: 0, extracted, why, ...noted }
        : { verdict: "unresolved", value: 0, extracted, why: `${why}: ${unsure}`, ...noted };
    }),
    ({ gold }) => ({ kind: "number", unit: gold.unit }),
  ),
});

/** What is known of an item's gold, worked out once for all replies to it. */
type PreparedGold = {
  readonly golds: readonly Accepted[];
  /** It is a time of day. */
  readonly timed: boolean;
  readonly findIn: (reply: string) => FoundNumber;
};

/** The latest golds: most are asked for once, and a weak map of them all would cost as much as preparing them. */
const latest: (readonly [Gold, PreparedGold])[] = [];
const mostLatest = 32;
let next = 0;

function preparedGold(gold: Gold): PreparedGold {
  for (const [known, prepared] of latest) if (known === gold) return prepared;
  const texts = goldTexts(gold);
  const golds = texts.flatMap((each) => acceptedIn(each, gold));
  const prepared = {
    golds,
    timed: texts.some(isClock),
    findIn: finderFor(gold, golds),
  };
  latest[next] = [gold, prepared];
  next = (next + 1) % mostLatest;
  return prepared;
}

/** What is asked is only worked out for a reply that does not tell its number plainly. */
function finderFor(gold: Gold, golds: readonly Accepted[]): PreparedGold["findIn"] {
  let asked: { readonly wanted: Wanted; readonly spell: (part: string) => string } | null = null;
  return (reply) => {
    asked ??= { wanted: wantedBy(gold, golds), spell: spellingFor(gold, golds) };
    return findNumber(reply, asked.wanted, asked.spell);
  };
}

/** 四对 are eight where 几条 is asked. */
const ofPairs = (number: ReadNumber, question: string): readonly ReadNumber[] =>
  /[对双]$/.test(number.text.trim()) && /(?:几|多少)\s?[条只个根支枚]/.test(question)
    ? [{ ...number, low: times(number.low, whole(2n)), high: times(number.high, whole(2n)) }]
    : [];

/** 大概在10到15之间吧 commits to no number. */
const loosely =
  /(?:大[概约致]|可能|估计|应该|左右|也许|不好说)[^。]{0,24}(?:之间|[到~～至—-]\s?[\d一二三四五六七八九十])/;

const isUnsure = (result: NumberComparison): boolean =>
  result === "unknown unit" || result === "rounding not stated";

/** Asks whether a gold with decimals is exact or rounded, where neither the item nor the task says so. */
function remarks(gold: Gold, options: Options): readonly Text[] {
  const stated =
    gold.tolerance !== null ||
    options.tolerance > 0 ||
    options.relative > 0 ||
    options.round_to_gold !== undefined;
  const open =
    !stated && goldTexts(gold).some((text) => (acceptedBy(text, gold)?.step ?? null) !== null);
  return open ? [exactOrRounded] : [];
}

const exactOrRounded: Text = {
  zh: "标准答案是小数，没说是准确值还是约数，只好按准确值评分；请写 tolerance（准确值写 0），或在 grader 的 with 里写 round_to_gold",
  en: "the gold has decimals, and nothing says whether it is exact or rounded, so it is graded as exact; state a tolerance (0 for exact), or round_to_gold in the grader's options",
};
