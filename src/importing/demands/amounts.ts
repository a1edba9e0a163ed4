import { chineseNumber, numeralCharacters } from "../../text/quantity/chinese.ts";

/** As the options of constraints write bounds. */
export type AmountBounds = {
  readonly equal?: number;
  readonly min?: number;
  readonly max?: number;
};

/** An amount that a clause states. `isBare` where no word says whether it is a floor, a ceiling or exact; null bounds are vague. */
export type Amount = {
  readonly bounds: AmountBounds | null;
  readonly isBare: boolean;
  readonly unit: string;
  readonly start: number;
  readonly end: number;
};

const numeral = `(?<![第每后前末另几数\\d${numeralCharacters}])(?:\\d+|[${numeralCharacters}]+)`;
const holding = "(?:(?:包含|含有|含|有|使用|出现|写)(?:了)?)?";
const not = "(?:不|不得|不能|不可|不应|不该|不应该|不要|不许|未)";

const relations = {
  min: `至少|起码|最少|${not}${holding}(?:少于|低于|小于|短于)`,
  max: `至多|最多|${not}${holding}(?:超过|多于|大于|高于|超出|长于)`,
  within: "限制在|控制在|限于|限定在",
  above: "(?<![不得能可应该要许未])(?:超过|多于|大于|高于)",
  below: "(?<![不得能可应该要许未])(?:少于|低于|小于)",
  equal: "恰好|刚好|正好|只能|只|仅|必须(?:是|为|由|有)|总共|一共|严格",
  vague: "大约|大概|约|将近|接近|近",
} as const;
type Relation = keyof typeof relations;

const names = Object.keys(relations) as readonly Relation[];
const relation = names.map((name) => `(?<${name}>${relations[name]})`).join("|");
const filler =
  "(?:地|要|有|为|是|含|出现|使用|写|由|在|达到|达|应|需|需要|必须|包含|包括|到|了|只|都|各|限制在|控制在|能|可以|最多|不超过|刚好|恰好|正好|[\\s　])*";
const between = "(?:[至到—–~～－-]{1,2}|和|与)";

/** 以上 and the like say what the number is, where nothing before it does. */
const suffix =
  "(?<after>及?以上|或以上|及?以内|(?:及|或)?以下|之内|以內|内(?![容涵])|之间|左右|上下)?";

/**
 * The amounts of a unit that a clause states, such as 至少 3 句, 100 到 200 字, 二十字以内. `unit` is a pattern without
 * groups. An amount after 第, 每 or 前 is a place and none.
 */
export function amountsOf(clause: string, unit: string): readonly Amount[] {
  const pattern = new RegExp(
    `(?:(?:${relation})${filler})?(?:在)?(?<from>${numeral})(?:\\s*个)?\\s*(?:${unit})?(?:\\s*${between}\\s*(?<to>\\d+|[${numeralCharacters}]+)(?:\\s*个)?)?\\s*(?<unit>${unit})${suffix}`,
    "gu",
  );
  return Array.from(clause.matchAll(pattern), (match) => {
    const { groups = {}, index } = match;
    const from = numberOf(groups["from"]);
    const to = groups["to"] === undefined ? null : numberOf(groups["to"]);
    const said = names.find((name) => groups[name] !== undefined) ?? null;
    const isDenied = /[不勿别免]/u.test(clause.slice(Math.max(0, index - 8), index));
    const isOpen = said === "above" || said === "below";
    const bounds = isOpen && isDenied ? null : boundsOf(said, from, to, groups["after"] ?? "");
    return {
      bounds: bounds === "bare" ? { equal: from ?? 0 } : bounds,
      isBare: bounds === "bare",
      unit: groups["unit"] ?? "",
      start: index,
      end: index + match[0].length,
    };
  });
}

function boundsOf(
  said: Relation | null,
  from: number | null,
  to: number | null,
  after: string,
): AmountBounds | "bare" | null {
  if (from === null || said === "vague" || /左右|上下/u.test(after)) return null;
  if (to !== null) {
    const isRange = to > from && said !== "above" && said !== "below" && said !== "max";
    return isRange ? { min: from, max: to } : null;
  }
  const isFloor = after.includes("上");
  const isCeiling = after.includes("下") || /内/u.test(after);
  switch (said) {
    case "min":
      return isCeiling ? null : { min: from };
    case "max":
    case "within":
      return isFloor ? null : { max: from };
    case "above":
      return isCeiling ? null : { min: from + 1 };
    case "below":
      return isFloor || from === 0 ? null : { max: from - 1 };
    case "equal":
    case null:
      if (isFloor) return { min: from };
      if (isCeiling) return { max: from };
      return said === "equal" ? { equal: from } : "bare";
  }
}

function numberOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  return /^\d+$/.test(text) ? Number(text) : chineseNumber(text);
}

/** The first number of a text, as 第三 or 3 names a place; null where there is none. */
export function placeIn(text: string): number | null {
  const [found] = new RegExp(`\\d+|[${numeralCharacters}]+`, "u").exec(text) ?? [];
  return numberOf(found);
}

/** A whole number in digits or Chinese characters, for patterns. */
export const anyNumber = `(?:\\d+|[${numeralCharacters}]+)`;
