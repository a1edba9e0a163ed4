import type { Text } from "../../../domain/text.ts";
import type { ClauseBound, ClauseLimit } from "../clause.ts";
import type { ClauseMeasure } from "../measures/measure.ts";

import { plainText } from "./plain-text.ts";
import { type BoundUnit, unitAtStart, unitExamples } from "./units.ts";

type Relation = ClauseLimit["relation"];

/**
 * What says on which side a value has to be. 以上, 以下 and 以内 hold the number itself, 超过 and 不满 do not (Civil Code of the PRC,
 * art. 1259). The longest that fits counts, so that 不超过 is not read as 超过.
 */
const before: readonly (readonly [Relation, string])[] = [
  [
    "at-least",
    "≥|大于(?:或|和|且)?等于|(?:不|不得|不应|不能|不可|不会|应不|须不|要不|均不)(?:低于|少于|小于|短于|下于)|至少|最少|最低(?:为|达)?|达到|不亚于|no less than|not less than|no fewer than|at least|not below|minimum(?: of)?|min\\.?(?= ?\\d)",
  ],
  [
    "at-most",
    "≤|小于(?:或|和|且)?等于|(?:不|不得|不应|不能|不可|不会|应不|须不|要不|均不)(?:超过|超出|高于|大于|多于|长于|超)|至多|最多|最高(?:为|不超过)?|最大(?:为)?|控制在|no more than|not more than|at most|not (?:to )?exceed(?:ing)?|not above|within|up to|maximum(?: of)?|max\\.?(?= ?\\d)",
  ],
  ["above", ">|大于|高于|超过|超出|多于|长于|more than|greater than|above|over|exceed(?:s|ing)?"],
  ["below", "<|小于|低于|少于|短于|不足|不到|不满|less than|fewer than|lower than|below|under"],
];
const after: readonly (readonly [Relation, string])[] = [
  ["at-least", "(?:\\(含\\))?(?:及|或)?(?:其)?以上(?:\\(含\\))?|or (?:more|above|better)"],
  [
    "at-most",
    "(?:\\(含\\))?(?:及|或)?(?:其)?以(?:下|内)(?:\\(含\\))?|之内|内(?![存容部])|or (?:less|below)",
  ],
];
const beforeFound = before.map(
  ([relation, words]) => [relation, new RegExp(words, "giu")] as const,
);
const afterFound = after.map(
  ([relation, words]) => [relation, new RegExp(`^\\s*(?:${words})`, "iu")] as const,
);

/** A number with its unit, and what stands around it. */
type ClauseNumber = {
  readonly value: number;
  readonly unit: BoundUnit | null;
  readonly shown: string;
  readonly relation: Relation | null;
  readonly start: number;
  readonly end: number;
};

export type BoundReading =
  | { readonly bound: ClauseBound; readonly remarks: readonly Text[] }
  | { readonly problem: Text };

/**
 * Reads what a measure's value has to keep: `≥ 99%`, `不超过 300 毫秒`, `0.5 秒以内`, `1%~3%`, `低于5‰`. `unit` is what a column or a
 * heading says where the text itself has none. Null where the text holds no number. A number whose unit does not fit the measure
 * is a problem, and so is one without a unit where it could mean two things.
 */
export function readBound(
  text: string,
  measure: ClauseMeasure,
  unit: BoundUnit | null = null,
): BoundReading | null {
  const plain = plainText(text);
  const numbers = numbersIn(plain);
  const [first] = numbers;
  if (first === undefined) return null;
  const fitting = numbers.filter((each) => each.unit !== null && fits(each.unit, measure));
  const range = rangeOf(plain, numbers, measure, unit);
  if (range !== null) return range;
  const chosen = fitting.length > 0 ? fitting : [first];
  const limits: ClauseLimit[] = [];
  const shown: string[] = [];
  const remarks: Text[] = [];
  for (const each of chosen) {
    const scaled = scaledBy(each, each.unit ?? unit, measure);
    if ("problem" in scaled) return scaled;
    const told = each.relation ?? sideOf(measure);
    if (each.relation === null) remarks.push(assumed(told));
    limits.push({ relation: told, value: scaled.value });
    shown.push(`${signs[told]} ${scaled.shown}`);
  }
  const wrong = limits.find(({ relation }) => !isRightWay(relation, measure));
  if (wrong !== undefined && limits.length === 1)
    return { problem: wrongWay(measure, wrong.relation) };
  if (limits.length > 2) return { problem: tooMany(shown) };
  return { bound: { limits, text: shown.join("，") }, remarks };
}

const signs: Readonly<Record<Relation, string>> = {
  "at-least": "≥",
  above: ">",
  "at-most": "≤",
  below: "<",
};

/** Numbers with what is said of them; those that are part of a word such as P95 or GB45654 are none. */
function numbersIn(text: string): readonly ClauseNumber[] {
  const found: ClauseNumber[] = [];
  for (const match of text.matchAll(/(?<![A-Za-z\d.])([¥$]?)\s*(\d+(?:\.\d+)?)\s*([万千百]?)/gu)) {
    const [whole, coin = "", digits = "", scale = ""] = match;
    const isScale = scale !== "" && !/^[字万]/u.test(text.slice(match.index + whole.length));
    const end = match.index + whole.length - (isScale ? 0 : scale.length);
    const own = unitAtStart(text.slice(end));
    const unit = own ?? (coin === "" ? null : unitAtStart(coin === "$" ? "usd" : "元"));
    const factor = isScale ? ({ 万: 1e4, 千: 1e3, 百: 100 }[scale] ?? 1) : 1;
    const length = own === null ? 0 : text.slice(end).indexOf(own.text) + own.text.length;
    const lead = text.slice(found.at(-1)?.end ?? 0, match.index);
    found.push({
      value: Number(digits) * factor,
      unit,
      shown: `${coin}${digits}${isScale ? scale : ""}`,
      relation: relationBefore(lead) ?? relationAfter(text.slice(end + length)),
      start: match.index,
      end: end + length,
    });
  }
  // Words such as ISO 27001 come before numbers that are no bounds; a number in Han text after letters stays.
  return found;
}

/** The relation word that stands last before the number; of those that overlap the one that starts first. */
function relationBefore(lead: string): Relation | null {
  const hits = beforeFound.flatMap(([relation, pattern]) =>
    [...lead.matchAll(pattern)].map((match) => ({
      relation,
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
  const outer = hits.filter(
    (hit) =>
      !hits.some(
        (other) =>
          other !== hit &&
          other.start <= hit.start &&
          other.end >= hit.end &&
          other.end - other.start > hit.end - hit.start,
      ),
  );
  return outer.toSorted((a, b) => b.end - a.end)[0]?.relation ?? null;
}

const relationAfter = (rest: string): Relation | null =>
  afterFound.find(([, pattern]) => pattern.test(rest))?.[0] ?? null;

/** `1%~3%`, `0.5 至 1 秒`, `介于 1 和 3 秒之间`. */
function rangeOf(
  text: string,
  numbers: readonly ClauseNumber[],
  measure: ClauseMeasure,
  given: BoundUnit | null,
): BoundReading | null {
  const [low, high] = numbers;
  if (low === undefined || high === undefined || numbers.length !== 2) return null;
  const between = text.slice(low.end, high.start);
  const isRange =
    /^\s*(?:~|～|〜|-|–|—|至|到)\s*$/u.test(between) ||
    (/介于|之间|between/iu.test(text) && /^\s*(?:和|与|至|到|and)\s*$/iu.test(between));
  if (!isRange) return null;
  const unit = high.unit ?? given;
  const from = scaledBy(low, low.unit ?? unit, measure);
  const to = scaledBy(high, unit, measure);
  if ("problem" in from) return from;
  if ("problem" in to) return to;
  return {
    bound: {
      limits: [
        { relation: "at-least", value: from.value },
        { relation: "at-most", value: to.value },
      ],
      text: `${low.shown}–${to.shown}`,
    },
    remarks: [],
  };
}

type ScaledNumber = { readonly value: number; readonly shown: string } | { readonly problem: Text };

/** A number in the measure's base unit. */
function scaledBy(
  number: ClauseNumber,
  unit: BoundUnit | null,
  measure: ClauseMeasure,
): ScaledNumber {
  if (unit === null) {
    if (
      measure.unit === "plain" ||
      measure.unit === "count" ||
      (measure.unit === "at-once" && Number.isInteger(number.value))
    )
      return { value: number.value, shown: number.shown };
    return { problem: noUnit(number.shown, measure) };
  }
  if (!fits(unit, measure)) return { problem: wrongUnit(`${number.shown} ${unit.text}`, measure) };
  const space = /^[%‰]/.test(unit.text) ? "" : " ";
  return {
    value: Number((number.value * unit.scale).toPrecision(15)),
    shown: `${number.shown.replace(/^¥/, "")}${space}${unit.text}`,
  };
}

/** Whether a unit can count what a measure measures. */
function fits({ kind, per }: BoundUnit, measure: ClauseMeasure): boolean {
  if (kind === "points") return measure.id === "score";
  if (kind === "money" && per !== undefined) return measure.unit === "money" && measure.per === per;
  return kind === measure.unit;
}

const sideOf = ({ better }: ClauseMeasure): Relation =>
  better === "higher" ? "at-least" : "at-most";

const isRightWay = (relation: Relation, { better }: ClauseMeasure): boolean =>
  (relation === "at-least" || relation === "above") === (better === "higher");

const assumed = (relation: Relation): Text => ({
  zh: `界限没有写大于还是小于，按“${relation === "at-least" ? "不低于" : "不超过"}”读`,
  en: `the bound does not say on which side; read as ${relation === "at-least" ? "at least" : "at most"}`,
});

const noUnit = (shown: string, measure: ClauseMeasure): Text =>
  measure.unit === "share"
    ? {
        zh: `界限 ${shown} 没有单位，${shown} 和 ${shown}% 是两回事；请写成百分数，如 99%`,
        en: `the bound ${shown} has no unit, and ${shown} is not ${shown}%; write a percentage such as 99%`,
      }
    : {
        zh: `界限 ${shown} 没有单位；“${measure.name.zh}”以 ${unitExamples[measure.unit]} 计`,
        en: `the bound ${shown} has no unit; "${measure.name.en}" is counted in ${unitExamples[measure.unit]}`,
      };

const wrongUnit = (shown: string, measure: ClauseMeasure): Text => ({
  zh: `单位不合：“${measure.name.zh}”以 ${unitExamples[measure.unit]} 计，得到 ${shown}`,
  en: `the unit does not fit: "${measure.name.en}" is counted in ${unitExamples[measure.unit]}; got ${shown}`,
});

const wrongWay = (measure: ClauseMeasure, relation: Relation): Text => ({
  zh: `“${measure.name.zh}”${measure.better === "higher" ? "越大越好，界限应写不低于" : "越小越好，界限应写不超过"}，得到 ${signs[relation]}`,
  en: `"${measure.name.en}" is better the ${measure.better} it is, so the bound has to be ${measure.better === "higher" ? "at least" : "at most"} something; got ${signs[relation]}`,
});

const tooMany = (shown: readonly string[]): Text => ({
  zh: `一条里有 ${shown.length} 个界限（${shown.join("、")}），请分成几条`,
  en: `one clause holds ${shown.length} bounds (${shown.join(", ")}); make several clauses of it`,
});
