import type { Quantity } from "../../text/quantity/read.ts";

import { lately } from "../../text/quantity/lately.ts";
import { lazily } from "../../text/quantity/lazily.ts";
import { quantitiesIn } from "../../text/quantity/read.ts";
import { spellNumbers } from "../../text/quantity/spell.ts";
import { unitNamed } from "../../text/quantity/unit-expression.ts";
import { topicsOf } from "./topics.ts";

/** What a question says about the number that it asks for. */
export type AskedQuantity = {
  /** The last part of the question that asks. */
  readonly sentence: string;
  /** It, after the part before it where it is short. */
  readonly about: string;
  /** What stands there before 多少, 几 or 的值. */
  readonly name: string;
  /** Neighbouring Chinese characters and English words of the part that asks. */
  readonly words: ReadonlySet<string>;
  /** The same of the part before it. */
  readonly context: ReadonlySet<string>;
  /** The end of what stands before 几 or 多少: 还剩, 便宜, 余数. */
  readonly relation: string | null;
  /** The measure word after it: 辆 in 几辆车. */
  readonly measure: string | null;
  /** What is counted: 季度 in 几个季度, 树 in 多少棵树. */
  readonly counted: string | null;
  /** girls in how many students are girls. */
  readonly predicate: string | null;
  /** How many decimals are asked. */
  readonly places: number | null;
  /** A fraction, a percentage or a probability is asked. */
  readonly share: boolean;
  /** A year is asked. */
  readonly year: boolean;
  /** Of several the greatest or the least is asked. */
  readonly extreme: "most" | "least" | null;
  /** A difference or a comparison is asked. */
  readonly compares: boolean;
  /** So much of each is asked: 每人几个, 平均. */
  readonly each: boolean;
  /** Neighbouring characters of all of the question. */
  readonly known: ReadonlySet<string>;
  /** A total is asked, or nothing is known of what is. */
  readonly total: boolean;
  /** Whether it is a rounded number. */
  readonly rounds: boolean;
  /** What of a thing is asked, and what the question tells at all. */
  readonly topics: ReadonlySet<string>;
  readonly toldTopics: ReadonlySet<string>;
  /** The numbers that the question tells. */
  readonly given: readonly Quantity[];
};

/** Reads a folded question, each side of it when it is looked at. Everything is empty where there is none. */
export const askedBy = lately((question: string): AskedQuantity =>
  readAsked({ question, parts: askingPart(question) }),
);

/** A question; its last part that asks, and the part before that where it is short. */
type Question = { readonly question: string; readonly parts: readonly [string, string] };

const readAsked = lazily<Question, AskedQuantity>({
  sentence: ({ parts: [sentence] }) => sentence,
  about: ({ parts: [sentence, context] }) => `${context} ${sentence}`,
  name: ({ sentence }) => nameIn(sentence),
  words: ({ sentence }) => new Set(wordsOf(sentence)),
  context: ({ parts: [, context] }) => new Set(wordsOf(context)),
  relation: ({ compares, sentence }) => (compares ? null : relationIn(sentence)),
  measure: ({ sentence }) => /(?:多少|几)(\p{Script=Han})/u.exec(sentence)?.[1] ?? null,
  counted: ({ sentence }) => countedIn(sentence),
  predicate: ({ sentence }) => predicateIn(sentence),
  places: ({ question }) => placesIn(question),
  share: ({ sentence }) =>
    /几分之几|百分之[几多]|概率|可能性|比例|[%％]|折扣|(?<!圆周|概|利|汇|税)率|占|\b(?:percent|percentage|probability|fraction|proportion)\b/i.test(
      sentence,
    ),
  year: ({ sentence }) => /哪一?年|哪个年份|何年|几几年|\b(?:what|which) year\b/i.test(sentence),
  extreme: ({ sentence }) =>
    /[最较][大高多长重贵快远]的|[最较]大(?:数|角|边)|\b(?:largest|greatest|biggest) (?:one|of)\b/i.test(
      sentence,
    )
      ? "most"
      : /[最较][小低少短轻慢近]的|[最较]小(?:数|角|边)|\bsmallest (?:one|of)\b/i.test(sentence)
        ? "least"
        : null,
  compares: ({ sentence }) =>
    /比.*(?:多|少|大|小|高|低|长|短|重|轻|贵|便宜|快|慢)|相差|差多少|[的之]差|[多少大小高低]多少|\bhow (?:many|much) (?:more|fewer|less|[a-z]{3,8}er)\b|\bdifference\b/i.test(
      sentence,
    ),
  each: ({ sentence }) => /每|平均|单价|速度|[人个]均/.test(sentence),
  known: ({ question }) => new Set(wordsOf(question)),
  total: ({ question, sentence }) => question === "" || /共|总|合计|和|一起/.test(sentence),
  rounds: ({ question }) =>
    /约|保留|精确|近似|四舍五入|取整|\b(?:about|approximately|round)/i.test(question),
  topics: ({ sentence }) => topicsOf(sentence),
  toldTopics: ({ question }) => topicsOf(question),
  given: ({ question }) => quantitiesIn(spellNumbers(question)),
});

/** Before 几 these tell nothing. */
const vague = "的要能可应该会到在是有为约了第将会各于";

function relationIn(sentence: string): string | null {
  const word =
    /(\p{Script=Han}{1,2}?)的?[了有是为约]?(?:等于)?(?:多少|几)(?!何)/u.exec(sentence)?.[1] ?? "";
  const rest = word.replace(/^[的之]/, "");
  return rest === "" || vague.includes(rest.slice(-1)) ? null : rest;
}

const asks = /多少|几(?!何)|求|的值|[?]|哪|计算|\b(?:how|what|which)\b/i;

const trimmed = (text: string): string => text.trim();

const isAsking = (text: string): boolean => asks.test(text);

/** The last part that asks, and where that is short the part before it: 再降价10%, 现价是多少. */
function askingPart(question: string): readonly [part: string, context: string] {
  const parts = question.split(/[。;,、\n]/).map(trimmed);
  const at = parts.findLastIndex(isAsking);
  const part = parts[at] ?? "";
  return [part, part.length < 9 ? (parts[at - 1] ?? "") : ""];
}

/** A letter whose value is asked, else what stands before the word that asks. */
const nameIn = (sentence: string): string =>
  /(?:^|[\p{Script=Han}\s$,])([a-zA-Z](?:_\{?\w\}?)?)\$?\s*(?:的[值大]|(?:等于|[=是为])\s*(?:多少|几|[?])|[。?]?$)/u.exec(
    sentence,
  )?.[1] ??
  (/(?:求|问)?(.*?)(?:等于|是|为|有|的值|多少|几|[?])/.exec(sentence)?.[1] ?? "").replaceAll(
    /[\s$\\*]/g,
    "",
  );

function countedIn(sentence: string): string | null {
  const word =
    /(?:多少|几|哪)[个名位本把张辆页次种条棵件间座层朵颗只一]?(?!何|分之)(?<word>\p{Script=Han}{1,4}?)(?=$|[?,。是为能可会才在])/u.exec(
      sentence,
    )?.groups?.["word"];
  if (word === undefined) return countedInEnglish(sentence);
  // Units have their own evidence.
  return unitNamed(word) === null || unitNamed(word)?.kind === "count" ? word : null;
}

/** The last word of how many … are girls. */
const predicateIn = (sentence: string): string | null =>
  /\bhow many [a-z]+ (?:are|were|is|have|had|did|does|do|took|can|could|will)\b[^?]*?\b([a-z]{3,}?)(?:es|s)?\s*\??\s*$/i
    .exec(sentence)?.[1]
    ?.toLowerCase() ?? null;

/** apple in how many apples. */
const countedInEnglish = (sentence: string): string | null =>
  /\bhow many (?:more |other |whole |full )?([a-z]{3,})/i
    .exec(sentence)?.[1]
    ?.replace(/(?:es|s)$/, "") ?? null;

const digits: Readonly<Record<string, number>> = { 一: 1, 两: 2, 二: 2, 三: 3, 四: 4 };

function placesIn(question: string): number | null {
  const written =
    /(?:保留|精确到|取)(?:到)?(?:小数点后)?(?:第)?\s?([一二两三四\d])\s?位(?:小数)?/.exec(
      question,
    )?.[1];
  if (written !== undefined) return digits[written] ?? Number(written);
  const place = /(?:精确|保留|四舍五入)(?:到|至)(十|百|千)分位/.exec(question)?.[1];
  if (place !== undefined) return "十百千".indexOf(place) + 1;
  const decimal = /精确到\s?0\.(0*1)/.exec(question)?.[1];
  if (decimal !== undefined) return decimal.length;
  return /保留整数|取整|精确到个位|四舍五入到整数|nearest (?:whole|integer)/i.test(question)
    ? 0
    : null;
}

/** Units, which tell nothing of what is measured. */
const measured =
  /小时|分钟|秒钟|星期|个月|[千公]克|公斤|[千厘毫分]米|公里|平方|立方|方[厘分千米]|毫升|[万亿]元/;

/** Words of questions and of counting. */
const common =
  /^(?:the|and|for|are|you|how|can|did|has|was|its|his|her|all|per|one|two|what|which|many|much|does|have|there|that|this|with|from|after|they|will|were|would|into|your|answer|total|each)$/;

/** Neighbouring Chinese characters of a text, without question words, and its English words. */
export const wordsOf = lately((text: string): readonly string[] => {
  const han = text.replaceAll(/多少|几|等于|是|为|的|了|约/g, " ");
  const pairs = Array.from({ length: Math.max(0, han.length - 1) }, (_, at) =>
    han.slice(at, at + 2),
  ).filter((pair) => /^\p{Script=Han}{2}$/u.test(pair) && !measured.test(pair));
  const english = (text.toLowerCase().match(/[a-z]{3,}/g) ?? [])
    .filter((word) => !common.test(word))
    .map((word) => word.replace(/(?:ing|ed|es|s)$/, ""));
  const told = text.replaceAll(/\s/g, "").match(/\d[\d.]*\p{Script=Han}/gu) ?? [];
  return [...pairs, ...english, ...told];
});

/** How many different words a text shares with what the question asks; those of the part before count less. */
export function likeness(text: string, { words, context }: AskedQuantity): number {
  const found = [...new Set(wordsOf(text))];
  const shared = found.filter((word) => words.has(word)).length;
  return shared + 0.4 * found.filter((word) => context.has(word) && !words.has(word)).length;
}

/** What a clause names before its number: x in x=7, 甲 in 甲12个. */
export const nameOf = (clause: string): string =>
  nameBefore(clause.replace(/^[\s*_(]*(?:于是|但是|可是|那么|所以|因此|因而|从而|故)/, ""));

const nameBefore = (clause: string): string =>
  (
    /^(?:[解求可]得)?\s*(.{1,16}?)(?:[=:]|等于|[是为有])/.exec(clause)?.[1] ??
    /^[^\d]*/.exec(clause)?.[0] ??
    ""
  )
    .replaceAll(
      /[\s$\\*(|>#•·\u2600-\u27bf\u{1f300}-\u{1faff}-]|\ufe0f|^(?:所以|因此|因而|于是|从而|那么|故|即|答:?|则|得)/gu,
      "",
    )
    .replace(/(?<=\p{Script=Han}{2})\d.*$/u, "");

/**
 * How far a clause names its number as the question does: 1 where 5元的有8张 and 5元的有几张, or both “是”; a half where one
 * name is part of the other: 小的 and 小的那份.
 */
export function namedAs(clause: string, asked: AskedQuantity): number {
  const [quoted] = quotesOf(asked.sentence);
  if (quoted !== undefined && quotesOf(clause).includes(quoted)) return 1;
  const name = nameOf(clause);
  if (asked.name === "" || name === "") return 0;
  if (sameName(name, asked.name) || asked.name === `${name}数`) return 1;
  const at = asked.name.indexOf(name);
  // 合格率 is not 不合格率.
  if (at > 0 && /[不非无未没反]/.test(asked.name.charAt(at - 1))) return 0;
  return at >= 0 || name.endsWith(asked.name) ? 0.5 : 0;
}

/** What is usually written so: gcd for 最大公约数, x̄ for a mean. */
const usual: readonly (readonly [asked: RegExp, name: RegExp])[] = [
  [/最大公[约因]数|greatest common/i, /gcd|(?:^|[^\w)])\(\d+,\d+\)\s*=/],
  [/最小公倍数|least common/i, /lcm|\[\d+,\d+\]\s*=/],
  [/平均|均值|mean|average/i, /x̄|x\u0304|\\(?:bar|overline)|\bavg\b|平均|mean|average/i],
  [/直径|diameter/i, /^\W*d\b/],
  [/半径|radius/i, /^\W*r\b/],
  [/面积|area/i, /^\W*S\b/],
  [/体积|容积|volume/i, /^\W*V\b/],
  [/周长|perimeter|circumference/i, /^\W*[CLP]\b/],
  [/概率|probability/i, /^\W*P\b/],
  [/方差|variance/i, /^\W*(?:s\^2|D|σ\^2)/],
  [/前.{1,4}项[的]?和/, /^\W*S_/],
  [/第.{1,4}项/, /^\W*a_/],
  [/速度|speed/i, /^\W*v\b/],
  [/时间/, /^\W*t\b/],
];

export const hasUsualName = (clause: string, { sentence }: AskedQuantity): boolean =>
  usual.some(([asked, name]) => asked.test(sentence) && name.test(clause));

/** 前20项和 is 前20项的和. */
const sameName = (a: string, b: string): boolean => bare(a) === bare(b);

/** 2的10次方 is 2^10. */
const bare = (name: string): string =>
  name.replaceAll(/的(\d+)次(?:方|幂)/g, "^$1").replaceAll(/[的了]/g, "");

const quotesOf = (text: string): readonly string[] =>
  Array.from(text.matchAll(/["“‘「]([^"”’」]{1,8})["”’」]/g), (match) => match[1] ?? "");
