import type { Wanted } from "./candidates.ts";
import type { Claim } from "./claims.ts";

import { seldom } from "../../text/finding/seldom.ts";
import { isBelow, whole } from "../../text/quantity/rational.ts";
import { labelOf, sharedWith } from "./labels.ts";
import { sideOf } from "./sides.ts";

/** What a claim's own words say of it against what is asked, by name. */
export const ofWording: Readonly<
  Record<string, (claim: Claim, wanted: Wanted) => boolean | number>
> = {
  labelShared: (claim, { asked }) => sharedBy(claim, asked.about) / 2,
  labelAsked: (claim, { asked }) => sharedBy(claim, asked.about) >= 2,
  labelOther: (claim, { asked, question }) =>
    question !== "" && labelled(claim).length > 1 && sharedBy(claim, asked.about) === 0,
  labelNegated: (claim, { asked, question }) =>
    question !== "" &&
    /[不没未无非](?!同|久|足|少|断|论|管|但)/.test(labelled(claim)) &&
    !/[不没未无非]/.test(asked.about),
  otherKey: ({ part, clause }) =>
    part.wrapper === "json" && part.kind !== "announcement" && otherKey.test(clause),
  side: ({ beside, before }, { asked }) => sideOf(beside + before, asked.about) === "asked",
  otherSide: ({ beside, before }, { asked }) => sideOf(beside + before, asked.about) === "other",
  discarded: ({ before, after }) => discardedAfter.test(after) || discardedBefore.test(before),
  keptFor: ({ before }) => keptFor.test(before),
  yearAsked: (claim, { asked }) => asked.year && isYear(claim),
  yearNot: (claim, { asked }) => asked.year && !isYear(claim),
  ratioNot: ({ number }, { ratio }) => ratio && number.role !== "ratio",
  shareNot: ({ number }, { asked, ratio, question }) =>
    question !== "" &&
    asked.share &&
    !ratio &&
    !number.percent &&
    !/[/.]|分之|折/.test(number.text) &&
    isBelow(whole(1n), number.low),
  among: ({ sentence, clause }, { asked }) =>
    !/其中|包括/.test(asked.about) &&
    /其中|包括|包含|分别/.test(sentence.slice(0, sentence.indexOf(clause) + 3)),
  eachAfter: ({ after }, { asked }) =>
    !asked.each && /^\s?(?:[a-z]+ )?(?:apiece|each|per|every)\b/i.test(after),
  boundAfter: ({ after }) => /^\s?(?:以[上下内]|之[内间])/.test(after),
  otherPeriod: ({ beside, clause }, { asked }) => {
    const own = periodIn(asked.sentence);
    const told = periodIn(clause) ?? periodIn(beside);
    return own !== null && told !== null && own !== told;
  },
  percentForDecimal: ({ number }, { question }) =>
    number.percent && /小数(?!点后[^,。]*%)/.test(question),
  discountUnasked: ({ number, before }, { question }) =>
    question !== "" &&
    (/折/.test(number.text) || (number.percent && /打\s?$/.test(before))) &&
    !/折(?!后)|现价是/.test(question),
  thenOther: ({ clause }, { asked }) => {
    const subject = /^(?:而)?([^,则]{1,14})则/.exec(clause)?.[1];
    return subject !== undefined && !asked.sentence.includes(subject.slice(0, 2));
  },
  scaleAsked: ({ number }, { question, kind }) => {
    const scale = /(?:多少|几)([千百十]?[万亿])/.exec(question)?.[1];
    return scale !== undefined && number.unit?.kind === kind && number.text.includes(scale);
  },
  idiom: ({ number, after }) => number.chinese && /^[将士兄]/.test(after),
};

/** 每月, 一年下来, 全天: the time for which something is told. */
function periodIn(text: string): string | null {
  const [, word] =
    /(?:每个?|一(?=[年月周天]|个月)|整|全)(年|月|周|星期|天|日|小时|分钟)/.exec(
      text.replace(/一?个月/, "一月"),
    ) ?? [];
  return word === undefined ? null : word === "日" ? "天" : word === "星期" ? "周" : word;
}

const labelled = ({ before, beside, number }: Claim): string => {
  const label = labelOf(before);
  return label !== "" || before.trim() !== ""
    ? label
    : labelOf(beside.slice(0, Math.max(0, beside.lastIndexOf(number.text))).trimEnd());
};

const sharedBy = (claim: Claim, asked: string): number => sharedWith(labelled(claim), asked);

/** How far the words before a claim's number are those of what is asked. */
export const labelRank = (claim: Claim, { asked }: Wanted): number => sharedBy(claim, asked.about);

/** Keys of what is told of a reply and not by it. */
const otherKey = seldom(
  /^\s*(?:code|status|error|id|page|index|version|time(?:stamp)?|confidence|probability|score|tokens?|置信度|可信度|把握|编号|页码|版本|题号)\b/i,
);

/** 40 秒作废, 1435 属于笔误, 8844.43米已不再使用 */
const discardedAfter =
  /^[^\d,。;]{0,8}(?:作废|属于?(?:笔误|误)|是?笔误|有误|不(?:能)?算数|不再(?:使用|采用|有效)|(?:已经?|早已|都)(?:过时|废止|淘汰|失效)|[是写算]错|不(?:对|成立|合题意|符合题意|正确|可取)|应?舍[去掉]|忽略不计|\bis (?:wrong|incorrect|outdated|a typo)\b)/i;
/** 不是40, 误写成1435 */
const discardedBefore =
  /(?:不[用取能写填要]|别[写填]|不(?:应该?|该|可)[写填取]?|而?不是|并非|而非|(?:[写看算误错当听]|误记)[成作]了?|误[作为写]|\bnot|\binstead of|\brather than)\s*$/i;
/** 应为86, 才是86, 以86为准 */
const keptFor =
  /(?:应该?[为是写]|才是|[改更订]正?为|改成|以|实为|其实[是为]|\bshould be|\bactually)\s*$/i;

/** 共存在289年 is no year. */
const spans =
  /(?:存在|历时|历经|长达|前后|[一总]?共|统治|延续|持续|在位|享年|相隔|时隔)[了约]?\s*$/;

const isYear = ({ number, before }: Claim): boolean =>
  !spans.test(before) &&
  (number.role === "year" ||
    (number.unit === null && /^(?:公元前?)?\s?\d{1,4}\s?年?$/.test(number.text.trim())) ||
    /^\d{3,4}\s?年$/.test(number.text.trim()));

/** It is told beside what is asked: a comparison, a supposition, a remark. */
export const asides = [
  "bracketed",
  "remarkPart",
  "supposes",
  "supposesEarlier",
  "supposed",
  "comparison",
  "besides_difference",
  "besides_average",
  "besides_each",
  "besides_change",
  "besides_rest",
  "besides_ratio",
];
