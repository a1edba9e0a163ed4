import { quoteMark } from "./quotes.ts";

/** Words that name the reply as a whole. */
const whole =
  "(?:整篇|整个|全篇|总体|全部)?的?(?:文章|作文|短文|文本|正文|全文|全篇|整篇|通篇|总?字数|总?句子?数|篇幅|长度|总长度|总长|内容|回答|答案|回复|答复|描述|分析|故事|小说|诗歌|文案|介绍|评论|摘要|总结|建议|提案|文字|整体|句子总?数量?|报告|方案|文中|数量|总数|输出|字符数|行文)";

/** Words of a request that say nothing about what the amount is of. */
const neutral = new RegExp(
  [
    "(?:关于|围绕|有关|讲述|描写|介绍|说明|讨论|分析|探讨)[^，。]*?的(?=[^的]*$)",
    `一[篇个段首则封份副条]|[篇首则封份]`,
    whole,
    "请|你|您|务必|确保|保证|注意|要求|必须|需要?|应该?|当|须|要|并且?|而?且|同时|其中|此外|另外|最后|首先|然后|但是?|以及|还|也|都|均|总共|总|一共|共|只能?|仅|就|能|可以?",
    "这篇?|该|本|设计|描述|撰写|创作|编写|写作|写出|写成|写|生成|输出|给出|使用|用|以|分为|分成|分|包含|包括|组成|构成|由|成|是|为|有|出现|在|的|中|里|内|了|一下|简短|简要|简洁|精炼|中文|不|得",
    `[\\s　、“”"'：:·*#（）()\\d.]`,
  ].join("|"),
  "gu",
);

/** Whether what stands before an amount leaves it to the reply, or to the part that was named already. */
export const isPlainSubject = (head: string): boolean => head.replaceAll(neutral, "") === "";

/** Whether an amount that stands before a noun is one of the reply: 10 个句子的文章, and not 15 字的说明. */
export const isPlainObject = (tail: string): boolean => !tail.startsWith("的") || works.test(tail);

const works =
  /^的[^，。]*(?:文章|短文|作文|故事|小说|诗|文案|回答|回复|段落|报告|演讲稿|信|邮件|通知|日记|内容|文字|散文|评论|场景描述)/u;

/** Parts of a reply that no scope can name, and words that share a demand out among such parts. */
const otherParts = new RegExp(
  `每(?![日天年月周晚])|各(?![种类国自地方])|任意|任选|某一?|对于|除了|标题|题目|引言|导语|开篇部分|结论|论点|部分|小节|章节|步骤|层|栏|(?<![排罗陈])列(?![出举表为])|单元格|表头|台词|对白|之一|中的?(?:任意|至少)?[一二两三\\d]+个(?![字词])|${quoteMark}之(?:前|后|间)`,
  "u",
);

/** Whether what is left of a clause speaks of parts that were not understood. */
export const namesOtherParts = (rest: string): boolean => otherParts.test(rest);
