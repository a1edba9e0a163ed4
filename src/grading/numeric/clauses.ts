import { seldom } from "../../text/finding/seldom.ts";
import { lately } from "../../text/quantity/lately.ts";
import { unitNamed } from "../../text/quantity/unit-expression.ts";

/** Clauses between commas, 或, 和 and the like. A comma between digits is a thousands separator. Asked up to four times of a sentence. */
export const clausesOf = lately((sentence: string): readonly string[] => {
  const whole = mayHoldComma(sentence) ? withoutCommas(sentence) : sentence;
  return (mayPart(whole) ? whole.split(parting) : [whole])
    .map((clause) => clause.trim())
    .filter((clause) => clause !== "");
});

/** Without the commas that part no clauses. */
const withoutCommas = (sentence: string): string =>
  sentence
    .replaceAll(/\b(i\.e|e\.g)\.?,/g, "$1.")
    .replaceAll(worked, "$1=")
    .replaceAll(/(?<=[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?),(?= \d{4}(?!\d))/g, "");

const mayHoldComma = seldom(/,/).may;

const parting =
  /(?:,(?!\d{3}(?!\d))|(?<!\d),(?=\d))(?![^()]{0,40}\))|[、;。!?\n]|或者?|还是|(?<=不是[^,。]{1,12})(?=而是)|(?=而不是|而非|而并非|\binstead of\b|\brather than\b)|(?<=[\d\p{Script=Han}]\s?)(?<![之的总])(?:[和与]|(?<!不)及(?![格时其物]))(?!\s?(?:[是为:=]|等于))(?=\s?[\p{Script=Han}\d])|\bor\b|\band\b|…+|—{1,3}(?!\s?\d)|(?<![\d年月日号]\s?)—{1,3}|[\u{1f300}-\u{1faff}]+/u;
const mayPart = seldom(parting).may;

/** The comma in 第二天读的是第一天的1.5倍，即36页: one statement, and what it comes to. */
const worked = /(倍|[%％]|分之[一二三四五六七八九十\d]{1,4})\s?,\s?(?:即|也就是|就是)\s?(?=\d)/g;

/** The part after the last equals sign, arrow, copula or verb of a result that contains a number, else the whole clause; with the part before ≈. */
export function resultOf(clause: string): readonly [result: string, before: string | null] {
  if (!mayGive(clause)) return [clause, null];
  const parts = clause.split(giving);
  const last = parts.findLastIndex((part) =>
    /[\d一二三四五六七八九十百千万亿两零半]/.test(part ?? ""),
  );
  if (last < 0) return [clause, null];
  const sign = parts[last - 1];
  return [parts[last] ?? clause, sign === "≈" || sign === "≒" ? (parts[last - 2] ?? null) : null];
}

const giving =
  /(?<![<>≤≥!])([=≈→⇒≒])|->|=>|(?<![不但还于要若可])是(?!否)|(?<![因作认以成])为(?![了什])|等于|得到?|\b(?:equals|is|are|leaving|leaves|makes?|gives|yields|totals|averages|(?:comes?|adds? up|amounts?|works) (?:out )?to)\b/;
const mayGive = seldom(giving).may;

/** Joins a unit in brackets to its number and takes away remarks in brackets and footnotes: 360(元), 36(三十六), 42[1]. */
export const withoutRemarks = (text: string): string =>
  bracket.test(text)
    ? withoutFormulas(unitsJoined(text)).replaceAll(/\([^()]*\)/g, (part) =>
        isRemark(part) ? "" : part,
      )
    : text;

/** What stands in those brackets. */
export const remarksIn = (text: string): readonly string[] =>
  bracket.test(text)
    ? (withoutFormulas(unitsJoined(text)).match(/\([^()]*\)/g) ?? [])
        .filter(isRemark)
        .map((part) => part.slice(1, -1))
    : [];

/** Without one there is neither remark nor footnote, as in most sentences. */
export const bracket = seldom(/[([]/);

const isRemark = (part: string): boolean => /[一-龥]|[=≈]|[a-zA-Z]{3}/.test(part);

/** Brackets around a formula behind a number, which only say where it comes from: 5.275((3+√57)/2), 12(由(3+21)/2得). */
const withoutFormulas = (text: string): string =>
  text.replaceAll(
    /(?<=\d[^\d()+*×÷·/^=<>-]{0,6})\((?=[^()]{0,24}\()(?:[^()]|\((?:[^()]|\([^()]{0,20}\)){0,40}\)){1,80}\)/g,
    (part) => (setsOff.test(part) || isFormula(part.slice(1, -1)) ? "" : part),
  );

/** 2天(不是(6+3)/2=4.5天) */
const setsOff = seldom(/^\(\s?(?:不是|并非|而非|而不是|\bnot\b|\brather than\b)/i);

/** A calculation without a result: (3+√57)/2, =(20+16)÷2, that is (100-20)/2. */
const isFormula = (part: string): boolean =>
  /\d|√/.test(part) && /[-+*×÷·/^√]/.test(part) && !/[=≈]/.test(part.replace(/^\s?[=≈]/, ""));

const unitsJoined = (text: string): string =>
  text
    .replaceAll(
      /(?:大?约|≈)(?:等于|为|是)?\s?([\d.,]{1,20}[^\d()*]{0,8})(\*{0,2})\s?\((?:精确|准确|严格)(?:地说|来说|值|结果)?[是为即:=]{0,2}\s?([^()]{1,40})\)/g,
      "$3 ≈ $1$2",
    )
    .replaceAll(/(?<=[^\s[(=:])\[\^?\d{1,2}\]/g, "")
    .replaceAll(/(\d\s?)\((?:单位[::]\s?)?([^()\d]{1,12})\)/g, (all, digit: string, word: string) =>
      unitNamed(word) === null ? all : `${digit}${word}`,
    );

const listMark = /^[\s>]*(?:#{1,6}\s+)?(?:\d{1,2}[.、)](?!\(\d)\s*(?=\D)|[-*•]\s+)/;

export const sentencesOf = (text: string): readonly string[] =>
  (mayEnd(text) ? text.split(sentenceEnd) : [text])
    .map((sentence) => (mayBeListed(sentence) ? sentence.replace(listMark, "") : sentence))
    .filter((sentence) => sentence.trim() !== "");

const sentenceEnd = /(?<=[?])|[。;!\n]|\.\s/;
const mayEnd = seldom(sentenceEnd).may;
const mayBeListed = seldom(listMark).may;

/** Says what the answer is not. */
export const denied = seldom(
  /(?:不(?:可能|会|应该?)?是|并非|而非|不等于|≠|\bis not|\bisn't)\s*[-+]?\d|\d[^,]{0,6}(?:有误|错了|不对|是错)/i,
);

/** An equation that is yet to be solved: 2x = 9, x(1+20%) = 96. */
export const unsolved = seldom(
  /(?:\d\s?[abnpqxyz]|[abnpqxyz]\s?[-+*×÷·/^(]|[-+*×÷·/(]\s?[abnpqxyz])[^=]*=[^=a-z]*$|^[^=]*[abnpqxyz][^=]*=[^=]*[abnpqxyz][^=]*$/,
);

/** Numbers to call, to order or to look up. */
export const contact = seldom(
  /热线|电话|客服|(?:拨打|发送[^。]{0,16}[到至])\s?\d{3}|微信|订单号|工号|编号[::]|版本|页码|邮编|\b(?:hotline|phone|version|page)\b/i,
);

/** Says that there is no answer; what follows is an example. */
export const declines = seldom(
  /(?:无法|不能|没法|难以|没有?办法)(?:得出|确定|计算|求出|求得|给出|算出|列出|判断|解答)|求不出|算不出|请(?:您|你)?(?:核对|补充|提供|确认)|不能回答|无法回答|超出.{0,8}能力|需要(?:更多|补充)|条件不足|信息不足|缺少(?:必要)?(?:的)?(?:条件|信息)|cannot be (?:determined|calculated)/i,
);

/** The result is one that was given before: 取前者即可. */
export const refers = seldom(
  /(?:取|是|应|选|用|为|按)(前者|后者)|(前者|后者)(?:即可|为准|就是|才是|正确)/,
);

/** A correction that is taken back itself. */
export const stands = seldom(
  /维持原(?:来|先)?|(?:答案|结果|结论)(?:仍然?|还是|就是)?(?:不变|没变|没有变)|(?:前面|原来|之前|上面|刚才)的?(?:结果|答案|算法|计算)(?:就?是)?(?:对的|正确|没错|没问题|无误)/,
);

export const calculation = seldom(/[\d)%]\s*[-+×*÷/·−]\s*[\d(].*[=≈]|=[^=]*[=≈]/);

/** 一只都没有了, 一个也不剩: none of them. */
export const noneLeft =
  /一((?!起|般|样|定|切|直)\p{Script=Han})(?:都|也)(?:没有?|不)(?:剩下?|有|在|留下?|了)?(?=了|[，,。！!；;\s]|$)/gu;
