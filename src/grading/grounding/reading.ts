import { foldSimplified } from "../../text/normalise.ts";
import { chineseNumber } from "../../text/quantity/chinese.ts";
import { figureAt, figureStart } from "../../text/quantity/figure.ts";

/** A number with the signs behind it. */
export type ReadFigure = { readonly value: number; readonly unit: string };

/** A clause as it is compared: content characters, names with digits or Latin letters, numbers, and what it denies. */
export type ReadClause = {
  /** Folded, as written. */
  readonly raw: string;
  /** Content: Han characters without function words; a number is `#`. */
  readonly content: string;
  readonly names: readonly string[];
  readonly figures: readonly ReadFigure[];
  /** The content behind each word of denial. */
  readonly denied: readonly string[];
};

/** Reads a text clause by clause. Clauses of a single character say nothing beside others. */
export function clausesOf(text: string): readonly ReadClause[] {
  const clauses = foldSimplified(text)
    .toLowerCase()
    .replaceAll(/(\d),(?=\d{3}(?!\d))/g, "$1")
    .split(/[,，:。;!?\n]/u)
    .map(readClause)
    .filter(({ content, names }) => content.replaceAll("#", "") !== "" || names.length > 0);
  const telling = clauses.filter(
    ({ content, names, figures }) =>
      content.replaceAll("#", "").length > 1 || names.length > 0 || figures.length > 0,
  );
  return telling.length > 0 ? telling : clauses;
}

const tenths = "[一二两三四五六七八九]";

/** Spellings that mean one thing: 三成 and 30%, 半小时 and 30 分钟, 9:00 and 9点, 首次 and 第一次. */
const sameSpelling = (text: string): string =>
  text
    .replaceAll(
      new RegExp(`(${tenths})成(${tenths})?(?![立为分品本员果功绩都交长])`, "gu"),
      (_all, tens: string, ones?: string) =>
        `${digit(tens)}${ones === undefined ? 0 : digit(ones)}%`,
    )
    .replaceAll(
      /([零一二三四五六七八九十百]+)点([零一二三四五六七八九]+)([万亿])/gu,
      (all, before: string, after: string, unit: string) => {
        const value = chineseNumber(`${before}点${after}`);
        return value === null ? all : `${value}${unit}`;
      },
    )
    .replaceAll(/(\d{1,2}):00/g, "$1点")
    .replaceAll(/([\d一二两三四五六七八九十])点半/gu, "$1点30分")
    .replaceAll(/半(?:个)?小时/gu, "30分钟")
    .replaceAll(/半年/gu, "6个月")
    .replaceAll(/首次/gu, "第一次")
    .replaceAll(/第二年|翌年|来年|隔年/gu, "次年")
    .replaceAll(
      /(?:下午|晚上|傍晚|夜里|夜间)([一二两三四五六七八九十]{1,2}|\d{1,2})点/gu,
      (all, hour: string) => {
        const value = chineseNumber(hour) ?? Number(hour);
        return value > 0 && value < 12 ? `${value + 12}点` : all;
      },
    )
    .replaceAll(/([五二四])分之一/gu, (_all, parts: string) => `${100 / Number(digit(parts))}%`);

const digit = (char: string): string =>
  char === "两" ? "2" : String("零一二三四五六七八九".indexOf(char));

/** Model names, codes, telephone numbers: letters and digits that stand together. */
const nameForm =
  /[a-z]+[-_]?[a-z]*\d[a-z0-9-]*|[a-z]{2,}(?:-[a-z0-9]+)+|\d{3,4}(?:-\d{3,4})+|[a-z]{3,}/gu;
/** Units by their signs, behind a number. */
const unitNames: ReadonlyMap<string, string> = new Map([
  ["mol/l", "摩尔每升"],
  ["m/s", "米每秒"],
  ["rpm", "转每分钟"],
  ["gb", "吉字节"],
  ["mb", "兆字节"],
  ["tb", "太字节"],
  ["℃", "摄氏度"],
  ["°c", "摄氏度"],
  ["kg", "千克"],
  ["mg", "毫克"],
  ["km", "公里"],
  ["cm", "厘米"],
  ["mm", "毫米"],
  ["ml", "毫升"],
  ["min", "分钟"],
  ["kw", "千瓦"],
]);
const unitSign = new RegExp(`(?<=\\d\\s*)(?:${[...unitNames.keys()].join("|")})(?![a-z])`, "gu");

function readClause(raw: string): ReadClause {
  const names: string[] = [];
  let rest = sameSpelling(raw);
  rest = rest.replaceAll(unitSign, (sign) => unitNames.get(sign) ?? sign);
  rest = rest.replaceAll(nameForm, (name) => {
    names.push(name.replaceAll("-", ""));
    return "";
  });
  const { text, figures } = withoutFigures(rest);
  return { raw, content: contentOf(text), names, figures, denied: deniedIn(text) };
}
/** Words in which a numeral counts nothing. */
const idioms =
  /一(?:般|定|起|样|直|旦|些|律|并|线|同|共|次性|下|方面)|统一|唯一|之一|第一时间|任一|万一|同一|单一|进一步/gu;

function withoutFigures(text: string): {
  readonly text: string;
  readonly figures: readonly ReadFigure[];
} {
  const kept = text.replaceAll(idioms, (word) => word.replaceAll("一", "壱"));
  const figures: ReadFigure[] = [];
  let out = "";
  let from = 0;
  for (const { index } of kept.matchAll(figureStart)) {
    if (index < from) continue;
    const figure = figureAt(kept, index, { colloquial: false });
    if (figure === null) continue;
    const isPercent = figure.percent || kept.charAt(figure.end) === "%";
    const scale = isPercent && !figure.percent ? 100 : 1;
    const value = Number(figure.value.n) / Number(figure.value.d) / scale;
    const behind = kept.slice(figure.end).replace(/^[\s%个]+/u, "");
    const isOrdinal = kept.charAt(index - 1) === "第";
    const unit = isPercent ? "%" : (/^\p{Script=Han}{0,2}/u.exec(behind)?.[0] ?? "");
    figures.push({ value, unit: isOrdinal ? `第${unit}` : unit });
    out += `${kept.slice(from, index)}#`;
    from = figure.end;
  }
  return { text: out + kept.slice(from), figures };
}

/** Words with a sign of denial that deny nothing, most of them bounds. */
const bounds =
  /不(?:得|能|可|会)?以?(?:超过|高于|低于|少于|多于|大于|小于|早于|晚于|足|满|限|仅|但|同|过(?!关)|断|必|论|管|然|止|久)|未来|无线|无菌|无风|无论|非常|没收|别处|特别|分别|类别|级别|个别|区别|识别|告别/gu;
const denial =
  /不(?:得|能|可以|可|会|再|用|需要|需|须|要)?|没有?|无须|无需|无|未曾?|勿|禁止|严禁|拒绝|免(?![费疫])/gu;
/** As much as one denial reaches, in content characters. */
const reach = 4;

function deniedIn(text: string): readonly string[] {
  const plain = text.replaceAll(bounds, "");
  return Array.from(plain.matchAll(denial), ({ index, 0: word }) =>
    plain.slice(index + word.length),
  )
    .filter((behind) => !attributive.test(behind))
    .map((behind) =>
      Array.from(contentOf(upToBreak(behind)).replaceAll("#", ""))
        .slice(0, reach)
        .join(""),
    )
    .filter((scope) => scope !== "");
}

/** 没休完的年假 denies nothing of the leave. */
const attributive = /^[^的]{1,6}的(?=\p{Script=Han})/u;

/** What a denial does not reach beyond: a condition's end, another verb. */
const upToBreak = (text: string): string =>
  text.split(/(?<!工)时(?![间费薪长])|的|则|可以|将会?/u)[0] ?? "";

/** Words that carry no matter, or that say a bound or a duty in one of many ways. */
const functionWords =
  /然后|必须|应当|应该|需要|可以|能够|只能|仅能|不得?超过|超过|不高于|不低于|不少于|以上|以下|以内|之内|以后|之后|之前|以前|至少|至多|最多|最少|上限|大约|左右|其中|另外|此外|同时|并且|而且|以及|或者|如果|因为|所以|因此|根据|按照|关于|对于|通过|进行|属于|包括|分别|一共|总共|壱共|均|都|也|还|又|再|就(?![医业餐诊])|才|则|而|且|并|与|和|及|或|的|地|得|了|着|过|在|于|是|为|有|要|须|需|应|可|能|会|将|把|被|给|让|由|从|到|至|用|以|按|每|各|该|此|这|那|其|所|之|后|前|内|里|中|上|下|(?<!工)时(?![间费薪长])|约|共|只|仅|即|个|您|你|我|们|人|吗|呢|吧|啊|不|没|无|未|勿|禁止/gu;

const contentOf = (text: string): string =>
  text.replaceAll(functionWords, "").replaceAll(/[^\p{Script=Han}\p{L}#]/gu, "");
