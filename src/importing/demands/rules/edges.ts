import type { Draft, Rule } from "../rule.ts";

import { quoteMark, quotesIn } from "../quotes.ts";
import { gap } from "../rule.ts";

const said =
  "(?:这句话|这几个字|这?[一二两三四五六七八九十\\d]+个字|这个词|这个?短语|这个字|一词|一句|这样的句子|的?句式|字)?";
const opening = "开头|开始|起头|开篇|起首";
const closing = "结尾|结束|收尾|收束";

const patterns: readonly RegExp[] = [
  new RegExp(
    `的?最后一个字(?:必须|需要?|应|要)?(?:以|用|使用|为|是)(?<text>${quoteMark})${said}(?:作为结尾|结尾|结束)`,
    "u",
  ),
  new RegExp(
    `(?:在)?(?:文章|全文)?(?:的)?(?:${opening}|${closing})?(?:必须|要求|需要?|要|应)*(?:以|用|使用)?(?<text>${quoteMark})${said}(?:作为|为|来)?(?:全文|文章|整个)?的?(?<edge>${opening}|${closing})(?:撰写|的?(?=文章|短文|句子|$))?`,
    "u",
  ),
  new RegExp(
    `(?:开头|开篇|首先|结尾|最后|末尾)(?:必须|要|需|应)?(?:是|为|用|写|说|写上|加上|使用)(?<text>${quoteMark})${said}`,
    "u",
  ),
  new RegExp(`从(?<text>${quoteMark})${said}(?:作为)?(?<edge>${opening})(?:撰写)?`, "u"),
];

/** 以“甲”开头，以“乙”结尾. */
export const edges: Rule = (clause, { quotes }) => {
  const drafts: Draft[] = [];
  let rest = clause;
  for (const pattern of patterns)
    for (let found = pattern.exec(rest); found !== null; found = pattern.exec(rest)) {
      const [text] = quotesIn(found.groups?.["text"] ?? "", quotes);
      if (text === undefined) return "unsure";
      if (new RegExp(`${quoteMark}[、或和]$`, "u").test(rest.slice(0, found.index)))
        return "unsure";
      if (/不(?:要|能|得|可)?$|避免$/u.test(rest.slice(0, found.index))) return "unsure";
      const isStart = new RegExp(`${opening}|首先`, "u").test(found[0]);
      drafts.push({ check: isStart ? "starts" : "ends", text });
      rest = `${rest.slice(0, found.index)}${gap}${rest.slice(found.index + found[0].length)}`;
    }
  return drafts.length === 0 ? null : { drafts, rest };
};
