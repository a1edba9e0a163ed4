import { seldom } from "../../text/finding/seldom.ts";

// Words by which a clause tells what its number is: a result, a check, a supposition, a remark.

export const checks = seldom(
  /^\s*(?:我?再?)?(?:经|代入)?(?:检验|验证|验算|验一下|验[:：]|检[:：])/,
);
/** Says that all is well, as a check does. */
export const agrees = seldom(/(?:一致|吻合|相符|符合题意|无误|成立)[^,]{0,4}$|[✓✔√]\s*$/);
export const unasked = seldom(
  /^(?:至于|顺便|顺带)|(?:题目|题中|本题|题)(?:并?没有?|未)(?:要求|问)|可以不写/,
);
export const onlyAsked = seldom(/题目?(?:中|里)?只(?:问|求|要)|\bquestion only asks\b/);
export const labelled = seldom(
  /^[^\p{L}\d]{0,6}(?:最终|最后|计算)?(?:结果|结论|答|合计|总计|得数)[*\s]*[::]/u,
);
export const states = seldom(
  /[=≈]|是|为|等于|得|有|共|需|约|剩|花|用|付|\b(?:is|are|equals|there)\b/,
);
export const sumsUp = seldom(
  /^[\s*_(]{0,4}(?:折合原|还剩|应该?[是为]|应当是|就是|到手|实付|实收|实际)|应该?是|应为|取整|四舍五入|进一|[更改修订]正?[为成]|只能是|必[然定]?是|一定是|(?:相[减加乘除]|[得剩]下?|后)(?:[是为得]|就是)?\s*[-约]?(?:\d[\d.,]*(?![\d.]|\s?[-+×*÷/])|[一二三四五六七八九十两百千万])|换算后?|^得|\bin total\b|\btotal of\b|\bshould be\b/i,
);
export const total = seldom(/^[\s*_(]{0,4}(?:一共|共|总共|合计|总计)|\bin total\b/i);
export const restates = seldom(
  /^(?:即|也就是|亦即)(?:说|是|为)?[^\d,]{0,2}[\d一二三四五六七八九十百千万两]/,
);
export const difference = seldom(/相差|^差|[的之]差|多出?|少了?|高出?|便宜|节?省/);
export const decides = seldom(
  /^[\s*_(]{0,4}(?:答案|[故应]?应?填|准确|精确|严格)|以[^,]{1,12}为准|(?:写|填|取|答)\s?[-\d.]+[^,\d]{0,4}(?:就行|即可|就好|就可以)/,
);
export const answers = seldom(/^[\s*_(]{0,4}(?:所以|因此|故|应?填|答案|准确|精确|严格|实际)/);
export const reason = seldom(
  /^(?:这是)?(?:因为|由于|因(?=\d)|只要|虽然|尽管|当|本来|最初|起初|一开始|我?(?:原以为|以为)|不是|并非|并不是|而不是|而非|\bsince\b|\bbecause\b|\bnot\b|\binstead of\b|\brather than\b)/i,
);
export const negated = seldom(
  /(?:不是|并非|而非|不等于|≠|以为是?|误(?:写|算)[成为作]?|别写成|不要写成|\bnot)\s*[^,]{0,8}\d/i,
);
export const elaboration = seldom(
  /^(?:其中|约合|换算|合(?=\d)|这样|例如|比如|包括|包含|剩[余下]的|[此这]时|另外|验证|检验|\(|\bi\.?e\.?\b|\bthat is\b|\bwhich\b(?! (?:leaves|makes|gives|means|is|equals))|\bincluding\b|\beach\b|\bequivalent)/i,
);
export const supposes = seldom(
  /^[\s*_(]{0,6}(?:若(?!干)|如(?:果|需|要|若|按|不)|如果|假如|假使|要是|倘若|万一|即使|哪怕|if\b|suppose\b)/i,
);
export const mistaken = seldom(
  /错误(?:算法|做法|答案|地)|(?:误|错)(?:把|将|以为|认为|算|写|当)|容易(?:错|误|忘)|别(?:忘|误)|千万(?:别|不要)|会得到?.{0,12}(?:错|不对)|否则(?:会|就|将)|^[\s>*_#(]{0,8}(?:注意|提醒|提示|易错|常见错误|切勿|note:)/i,
);
export const conversion = seldom(
  /(?:^|[^\d.])1\s?[^\d\s=×*+]{1,6}\s?(?:=|是|为|等于|有)\s?[\d.,]+\s?[^\d\s=+×]{1,6}$/,
);
export const comparison = seldom(
  /(?:比|较(?=[上去前昨同原计之])|相比).{0,16}(?:增|减|升|差|降|涨|跌|省|优惠|超|多|少|大|小|高|低|贵|便宜|快|慢|长|短|重|轻|早|晚)|(?:多|少|高|低)(?:出|了)|提高|\b(?:more|less|fewer) than\b|\d [a-z]{1,9} (?:more|less|fewer|younger|older|taller|shorter|longer|heavier|lighter|cheaper|faster|slower|bigger|smaller)\b/i,
);
export const operatorBefore = /(?:乘以?|除以|加上?|减去?|[+×÷*]|[a-z)][/^])\s?$/;
export const operatorAfter = /^\s?(?:乘以?|除以|加上?|减去?|[+×÷*])/;
/** Says more about an answer that has been given. */
export const isRemark = seldom(
  /^[\s>*_#(]{0,8}(?:比|较|相比|当|此时|其中|注意|注|这|说明|另外|同时|补充|因为|由于|也就是|即|其|它|万一|取等|等号|note|here|this|since|because)/i,
);

/** Verbs of a result in English. */
export const makes =
  /(?:\bleaving|\bleaves|\bmakes?|\bgives|\byields|\btotals|\baverages|(?:omes?|out|up|ounts?|works?) to|total of)\s(?:\S{1,6}\s)?$/i;
export const remains = /^\s?(?:[a-z]+ )?(?:remain|are left|is left|left over)/i;
/** Of these others are a part: 8 of the 25, 45 of its 60. */
export const outOf = /\b(?:out of|of (?:the|its|his|her|their|these|those|all))\s$/i;
/** Said of what is asked (病逝 where 逝世 is), or of its other end: 出生. */
export const tellsEvent = (clause: string, asked: string, same: boolean): boolean =>
  opposites.some((pair) => {
    const [ofAsked, told] = [asked, clause].map((text) =>
      pair.findIndex((word) => word.test(text)),
    );
    const both = [asked, clause].some((text) => pair.every((word) => word.test(text)));
    return !both && ofAsked !== -1 && told !== -1 && (ofAsked === told) === same;
  });

const opposites: readonly (readonly [RegExp, RegExp])[] = [
  [/出生|诞生|生于|\bborn\b/, /[逝去]世|病逝|离世|卒于|死于|\bdied\b/],
  [/开始|始于|爆发|开工|\bbegan\b|\bstart/, /结束|终于|告终|完工|竣工|\bended?\b/],
  [/建立|成立|建国|开国|定国号|称帝|登基/, /灭亡|覆灭|亡国|退位/],
  [/顺[水流风]/, /逆[水流风]/],
  [/进价|成本/, /售价|卖价/],
];
/** What some say beside what is right. */
export const otherOpinion = seldom(
  /^(?:也有|还有|有(?:些|的|部分))(?:些|的)?(?:人|学者|说法|观点|资料|文献|地方)|^(?:另一|一)种?说法?(?!是对)|^(?:some (?:people|sources|say))/i,
);

/** Takes back what has been said, or is about to. */
export const slips = seldom(
  /哎|唉|咦|哦不|啊不|糟|不对(?!称|等|劲)|[写算看抄记说弄搞]错|[看写弄搞]反|颠倒|(?<!容易|会|别|不要|同学|忘记|注意.{0,9})(?:漏[了算看乘加掉]|忘(?:了|记))|笔误|[更订修纠]正|改[为成]|作废|重新?算|才对|等等|等一下|\b(?:oops|wait|sorry|mixed|mistake|actually|scratch|correction|recount|recheck)\b/i,
);
/** Not sure of what it says. */
export const doubts = seldom(
  /(?<![不等有种])可能(?!性|的?(?:结果|情况|取值|值|选择|组合))|或许|也许|给不出|没有?提|查不到|联网|不一(?:样|致)?,|定论|都有可能|都可以|矛盾|请(?:把|将)|先(?:量|测)出|试试看|自己(?:想|算)|missing|(?:isn't|not) enough|could be|varies|不确定|不敢|难说|没法|看不[到清见出]|数不清|[算求得]不(?:出|了)|加载|缺[少了失]|对不上|判断不|需要知道|请(?:先|您|你)?(?:告诉|提供|补充|给出|核对|确认|问)|不完整|not (?:say|state|mention|give)|doesn't|don't know|never says|取决于|看情况|视.{1,12}而定|未知|未给|没(?:说|讲|写|给)|未说|不清楚|哪一种|没有?(?:给出|说明|告诉|提供|写明)|无法|不够|因.而异|说不(?:准|清|好)|差不多|具体(?:要|得|由|以)|\b(?:depends?|might|unclear|not sure|cannot|can't|no way)\b/i,
);
/** Leaves the answer to the reader: 请你先试着解一下, 把数值代进去即可得到, 您可以自己试试看. */
export const defers = seldom(
  /(?:你|您)?(?:先|自己)(?:来)?(?:试着|试试|试一试|动手)[^。?!]{0,12}(?:[解算做看]|$)|代(?:入|进去)[^,。\d]{0,8}(?:即|就)?(?:可|能)(?:得到?|以?求|以?算)|[即就](?:可|能)得到(?:所求|结果|答案)|需要我(?:直接)?给出[^。]{0,8}(?:结果|答案)|(?:请|你|您|同学们?|读者|大家)(?:你|您|同学们?|读者|大家)?(?:自己|自行|根据[^。,]{0,14})代(?:入|进)[^。,\d]{0,10}(?:计算|[求算])|很难(?:给出|说出|得出)[^,。]{0,4}(?:确定|准确|具体|确切)|(?:请|具体)?以(?:你|您)?(?:们)?的?(?:老师|课本|教材|书本)[^。,]{0,6}为准|\bbefore (?:giving|I (?:can )?give)\b|\btry (?:it|this|that|solving it|plugging it in) yourself\b/i,
);
export const concludes = seldom(
  /^[\s*_(∴]{0,4}(?:所以|因此|因而|于是|从而|这样一来|故|∴|综上|由此|可知|可见|总之|答|应?填|最终|最后|那么|也就是说|换句话说|therefore|thus|so\b(?! (?:on|that|far|many|much))|hence)/i,
);
/** Opens an answer in the same sentence. */
export const marker = seldom(
  /(?:最终|最后|正确|参考)?(?:答案|答)(?:应该?)?[是为即]?\s*:|(?:答案|结果)(?:应该?是|应为|就是|[是为]|等于)|\b(?:final )?answer\s*(?:is|should be|must be|:)/iu,
);
/** A line that does nothing but announce the next. */
export const heading = seldom(
  /^[#*>|\s\d.、_-]{0,12}(?:最终|最后|正确)?(?:答案|结果|结论|答|final answer|answer|result)[*\s:|_]{0,8}$/i,
);
/** A line that opens remarks or exercises. */
export const remarkHeading = seldom(
  /^(?:[\s>#*_~•·(【[\u2600-\u27bf\u{1f300}-\u{1faff}-]|\ufe0f){0,12}(?:易错|注意|提醒|提示|小?贴士|说明|拓展|延伸|练习|练一练|变式|思考|补充|背景|备注|(?:会计|参考)?分录|点评|反思|参考资料|注[:释]|你也|来试|再来|试一试|另外|此外|顺便|note|tips?\b|remark|practice|exercise)/iu,
);
/** Two numbers between which it leaves the choice: 17或18, 12 or 15. */
export const alternatives = seldom(
  /\d[^\d,]{0,8}(?:或者?是?|还是|\bor\b)[^\d,]{0,8}\d|[一二三四五六七八九十百]\s?(?:或者?|还是)\s?[一二三四五六七八九十百]/i,
);
/** 5小时——那是只开进水管: the number belongs to another case, as the sentence itself says. */
export const toldOfOther = seldom(
  /^[^,，。;]{0,16}\d[^,，。;\d]{0,8}(?:—{1,2}|[,，-])\s?(?:那|这)只?是(?:只|仅|单|光|没|未|还没|忽略|漏|不算|假如|如果|按)/,
);
/** [1] or ^1 at the head of a line. */
export const footnote = seldom(/^\s*(?:\[\^?\d{1,2}\]\s*[^\s.。]|\^\d\s)/);
