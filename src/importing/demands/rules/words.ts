import type { Draft, Rule } from "../rule.ts";

import { amountsOf, placeIn as numberIn } from "../amounts.ts";
import { quoteList, quoteMark, quotesIn } from "../quotes.ts";
import { gap } from "../rule.ts";

const never =
  "(?:请勿|不要|不能|不得|不可以?|不允许|不应该?|不许|不准|禁止|避免|切勿|别|勿|不|没有)";
const noun =
  "(?:这?[一二两三四五六七八九十\\d几]+个|这个|等|这些|之类的?)?(?:关键)?(?:词语?|字词?|字眼|词汇|字|一词|短语|符号|占位符)?";
const using =
  "(?:在[^，。]{0,10}?)?(?:再|直接)?(?:出现|使用|包含|含有|包括|提及|提到|用到|用|含|有)*(?:任何|以下|下列|这些|如下|的|关键词|词语?|字眼|[:：])*";

const banned = new RegExp(`${never}${using}(?<list>${quoteList})${noun}`, "u");
const bannedAfter = new RegExp(
  `(?<list>${quoteList})${noun}(?:均|都)?${never}(?:在[^，。]{0,6})?(?:出现|使用|被使用)`,
  "u",
);

/** 不能出现“甲”“乙”这两个词. */
export const banning: Rule = (clause, { quotes }) => {
  const found = banned.exec(clause) ?? bannedAfter.exec(clause);
  if (
    found === null ||
    /次|倍/u.test(clause.slice(found.index + found[0].length)) ||
    /^不(?:少于|多于|超过)/u.test(found[0])
  )
    return null;
  const words = quotesIn(found.groups?.["list"] ?? "", quotes);
  return { drafts: [{ check: "excludes", text: [...words] }], rest: clause.replace(found[0], gap) };
};

/** “甲”恰好出现两次; 每个词至少出现一次 takes up the words before it. */
export const counting: Rule = (clause, { quotes, words }) => {
  const amounts = amountsOf(clause, "次");
  const amount = amounts.at(-1);
  const listed = quotesIn(clause, quotes);
  const texts =
    listed.length > 0 ? listed : /每个(?:词|字|关键词)|(?:出现|使用)/u.test(clause) ? words : [];
  if (amount === undefined || texts.length === 0) return null;
  if (
    amount.isBare &&
    ((amount.bounds?.equal === 1 && !/至少|至多|最多|恰好|刚好|只/u.test(clause)) ||
      !/出现|使用|提到|提及|用到|包含/u.test(clause))
  )
    return null;
  if (amounts.length > 1 && listed.length > 1) return "unsure";
  const bounds = timesBounds(clause, amount.bounds, amount.isBare);
  if (bounds === null) return "unsure";
  const draft: Draft = { check: "times", text: [...texts], ...bounds };
  const words_ = new RegExp(`每个(?:关键)?(?:词语?|字)|${quoteList}${noun}`, "gu");
  const rest = clause.slice(0, amount.start).concat(gap, clause.slice(amount.end));
  return {
    drafts: [draft],
    rest: rest
      .replaceAll(words_, gap)
      .replaceAll(
        /至少|不少于|最少|恰好|刚好|正好|只能|只|仅|至多|最多|不超过|不多于|务必|必须|出现|使用/gu,
        "",
      ),
  };
};

type Given = ReturnType<typeof amountsOf>[number]["bounds"];

/** 至少使用“甲”三次 has its relation before the word; 必须出现两次 is exact, 出现两次 a floor. */
function timesBounds(clause: string, bounds: Given, isBare: boolean): Exclude<Given, null> | null {
  if (bounds === null) return null;
  if (!isBare || bounds.equal === undefined) return bounds;
  const n = bounds.equal;
  if (/至少|最少|不少于|不得少于|不能少于/u.test(clause)) return { min: n };
  if (/至多|最多|不超过|不多于|不得超过|不能超过|不得多于/u.test(clause)) return { max: n };
  return /恰好|刚好|正好|只|仅|必须/u.test(clause) ? { equal: n } : { min: n };
}

const asked = new RegExp(
  `(?:必须|需要?|应该?|须|要|至少|务必|请|并|且|确保)*(?:明确|依次)?(?:包含|包括|出现|使用|提到|提及|含有|涵盖|用到|用上|引用|带有|写明|加入)(?:了|有|以下|下列|如下|关键词|词语?|短语|占位符|这些|这句话|句子|[:：]|的)*(?<list>${quoteList})${noun}`,
  "u",
);
const askedAfter = new RegExp(
  `(?<list>${quoteList})${noun}(?:都|均)?(?:必须|需要?|应|要|务必)(?:都|在[^，。]{0,8})?(?:出现|使用|用到|包含)`,
  "u",
);

const held = new RegExp(
  `(?:请|并|且)?(?:分别)?(?:使用|用|以|列出)(?:(?:以下|下列)占位符[^，。：]*：(?<colon>${quoteList})|(?<list>${quoteList})(?:分别)?作为[^，。]{0,12}?(?:占位符|标记)(?:进行标记)?)`,
  "u",
);

/** 包含“甲”和“乙”. A choice between words is no list. */
export const asking: Rule = (clause, { quotes }) => {
  const found = held.exec(clause) ?? asked.exec(clause) ?? askedAfter.exec(clause);
  if (found === null || /(?<!依)次(?!序)/u.test(clause)) return null;
  const list = found.groups?.["list"] ?? found.groups?.["colon"] ?? "";
  const after = clause.slice(found.index + found[0].length);
  if (
    /或/u.test(list) ||
    /^(?:中的|之一|等|标签|标记|格式|作为标题|为题|开头|结尾|来?分[隔割])/u.test(after)
  )
    return "unsure";
  const isOrdered = /依次|按(?:照)?(?:顺序|次序)/u.test(clause);
  const texts = quotesIn(list, quotes);
  const draft: Draft =
    isOrdered && texts.length > 1
      ? { check: "order", text: [...texts] }
      : { check: "contains", text: [...texts] };
  return {
    drafts: [draft],
    rest: clause
      .replace(found[0], gap)
      .replace(/作为[^，。]{0,16}的?(?:占位符|要点|标记)|依次|按(?:照)?(?:顺序|次序)/u, ""),
  };
};

const char = new RegExp(
  `的?(?:第(?<n>[^个第]{1,4})个?|(?<last>最后一?个?|末)|(?<first>首个?))(?:汉)?字(?:必须|应|要|都|均)*(?:是|为)(?:汉字)?(?<list>${quoteMark})字?`,
  "u",
);

/** 第 3 个汉字是“绿”字, 最后一个字是“也”. */
export const placed: Rule = (clause, { quotes }) => {
  const found = char.exec(clause);
  if (found === null) return null;
  const { n, last, list = "" } = found.groups ?? {};
  const at = last !== undefined ? -1 : n === undefined ? 1 : numberIn(n);
  const [text] = quotesIn(list, quotes);
  if (at === null || text === undefined) return "unsure";
  return { drafts: [{ check: "char", at, text }], rest: clause.replace(found[0], gap) };
};
