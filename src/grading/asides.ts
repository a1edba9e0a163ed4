import type { Segment } from "../text/segments/segment.ts";

import { seldom } from "../text/finding/seldom.ts";

/** Marks that may stand before the first word of a line. */
const mark = String.raw`[\s>#*_~•·\-–—(（【\[「『\u2600-\u27bf\ufe0f\u{1f300}-\u{1faff}]{0,12}(?:\d{1,2}[.、)]\s?|[一二三四五六七八九][、.]\s?)?[*_【\[（(]{0,4}`;
const closing = String.raw`(?:一下|事项|说明|点|题目?|训练|练习|过程|思路|知识|阅读|资料|思考|问题|结果|提醒|提示|警示|分析|[一二三四五\d]{1,2})?(?:[】\]]|[*_）) ]{0,4}(?:[:：,，。—\n]|$|\s))`;

/** Another question than the one that was asked, with its own answer. */
const practice = seldom(
  new RegExp(
    `^${mark}(?:变式|拓展|扩展|延伸|练习|练一练|试一试|想一想|举一反三|思考题?|巩固|课后|同类|类似|追问|(?:思维|知识)(?:拓展|延伸)|下一题|practice|exercise|follow-up|try this)${closing}`,
    "iu",
  ),
);
/** A sign that people put before a tip, or words for another way to the same answer. */
const tip = seldom(
  /^\s*(?:>\s*)?(?:[-*•]\s*)?(?:⚠|(?:您|你)(?:接下来|是不是|还想)|💡|📌|📝|🔔|❗|(?:当然)?(?:也|还)(?:可以?|能)(?:用|列|这样|换|采用|通过))/u,
);
/** What is said beside an answer: how it was checked, what to mind, what else is known. */
const remark = seldom(
  new RegExp(
    `^${mark}(?:(?:代入|逆向|反向)?(?:检验|验算|验证|核对|复核|检查)|检[:：]|(?:常见|典型)?(?:错误|误区|错因)|易错|易混|\\p{Script=Han}{0,4}(?:提示|小?贴士)|注意|提醒|说明|相关\\p{Script=Han}{0,3}|(?:由此|此外|同时)?还(?:可以?|能)?(?:得到|知道|求出|得出)|注(?=[:：])|备注|附注|[附另](?=[:：])|点评|评注|评析|反思|补充|背景|参考资料|知识点|延伸|还有|至于|其[他它]|[^\\n。]{0,16}\\((?:仅?供参考|选读)\\)|校验|几何意义|方法(?:归纳|总结)|类似的结论|进一步地?|小?拓展|小结|对应的特征向量|顺带一提|顺便|另外|多说一句|方法二|解法二|另一种(?:解法|方法)|另解|check|verification|verify|note|tips?|remark|caution|common mistake|p\\.?s)${closing}`,
    "iu",
  ),
);
/** Ends a remark that its line does not: here the answer is said again. */
const resumes = seldom(
  /^[\s>#*_~•\-–—(（【[]{0,12}(?:所以|因此|因而|故|∴|综上|总之|由此|答[:：]|答案|最终|结论|结果|therefore|thus|hence|so\b|answer|final|in conclusion)/iu,
);
/** A heading, bold or numbered, or a short line that ends with a colon. */
const heading = seldom(
  /^\s*(?:#{1,6}\s|\*\*[^*\n]{1,40}\*\*|【[^】\n]{1,20}】|[一二三四五六七八九][、.]|[^\n,。,;；=]{1,16}[:：]\s*$)/u,
);
/** Headings within a practice. */
const within = seldom(/^[\s#*_【[]{0,8}(?:解析?|答案?|分析|参考答案|提示|solution|answer|hint)/iu);
const listed = seldom(/^\s*(?:[-*+•·]\s|\d{1,2}[.、)]|[①-⑩]|[（(]\d[)）])/u);

/**
 * Parts outside of practice that the model set itself, and outside of remarks (检验, 温馨提示, 点评) where anything is left. A
 * heading rules the lines below it up to the next; a label within a line rules the rest of the line.
 */
export function withoutAsides(parts: readonly Segment[], reply: string): readonly Segment[] {
  const places = placesOf(parts, reply);
  const said = parts.filter((_, index) => places[index] === "said");
  return said.some(({ text }) => /[\p{N}π∅]/u.test(text) || /[一二三四五六七八九十]/.test(text))
    ? said
    : parts.filter((_, index) => places[index] !== "practice");
}

/** Whether a part belongs to the answer, to a remark beside it, or to practice that the model set itself. */
export type ReplyPlace = "said" | "remark" | "practice";

export function placesOf(parts: readonly Segment[], reply: string): readonly ReplyPlace[] {
  let place: ReplyPlace = "said";
  let rulesLines = false;
  let end = 0;
  let lines = 0;
  const places: ReplyPlace[] = [];
  for (const [index, { text, start, end: until, kind, wrapper }] of parts.entries()) {
    const gap = reply.slice(end, start);
    const startsLine = index === 0 || gap.includes("\n");
    end = until;
    if (startsLine) lines += 1;
    if (index > 0 && startsLine && practice.test(text)) {
      [place, rulesLines, lines] = ["practice", true, 0];
    } else if (place === "practice") {
      if (startsLine && heading.test(text) && !within.test(text) && !practice.test(text))
        [place, rulesLines] = [remark.test(text) ? "remark" : "said", true];
    } else if (index > 0 && (kind === "check" || remark.test(text) || tip.test(text))) {
      [place, rulesLines, lines] = [
        "remark",
        startsLine && /^\s*(?:#|\*\*|【|[^\n]{1,12}[:：]?\s*\**$)/u.test(text),
        0,
      ];
    } else if (place === "remark") {
      const goesOn = startsLine
        ? rulesLines &&
          !heading.test(text) &&
          !(lines > 1 && /\n\s*\n/.test(gap) && !listed.test(text))
        : true;
      if (!goesOn || resumes.test(text) || kind === "correction" || wrapper !== null)
        place = "said";
    }
    places.push(place);
  }
  return places;
}
