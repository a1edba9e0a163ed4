import type { SegmentKind } from "./segment.ts";

import { seldom } from "../finding/seldom.ts";

/** Marks that may stand before the first word of a sentence. */
const mark = String.raw`[\s>#*_~•·\-–—(（【\["“「『,，、.。…:：\u2600-\u27bf\ufe0f\u{1f300}-\u{1faff}]{0,12}`;

const backAtStart =
  "(?:[啊哦噢哎不][,，、 ]{0,2})?(?:我)?(?:刚才)?[看想搞弄记]反了|更正|订正|修正|纠正|勘误|改正|更新(?=[:：])|[啊哦噢哎唉嗯呃哟]?[,，、 ]?不对(?!称|等|劲)|不，|不,|不——|错了|等等[，,。.!！…\\s—]|等一下|等下[，,]|稍等|且慢|慢着|重新(?:检查|审题|审视|考虑|核对|核查|计算|思考|看)|(?:仔细|转念|认真)(?:一?想|想想|一看|检查|审题|核对)|再(?:想想|想一想|想一下|一想|仔细|检查|核对)|哦不|噢不|啊不|哎呀|更準確|我(?:重新|再)(?:检查|核对|想|看|审|算)|(?:抱歉|对不起|不好意思)[^。\\n]{0,30}(?:错|误|更正|修正|纠正|订正|应该?[为是选]|改)|(?:抱歉|对不起|不好意思)[,，](?:那|这)是[^。\\n]{2,20}[,，]|(?:上面|上述|前面|刚才|之前|刚刚)[^。\\n]{0,12}(?:错|误|更正|笔误)|(?:oh|ah|um|uh|no)[,， ]{1,2}(?:wait|no)\\b|wait\\b|actually\\b|correction\\b|on second thoughts?\\b|hmm\\b|no,|oops\\b|scratch that\\b|let me (?:re-?(?:check|consider|think|examine|calculate)|double[- ]check|correct)|i (?:made a mistake|was wrong|misread)|sorry,? (?:i|that|the)";
const correction = seldom(new RegExp(`^${mark}(?:${backAtStart})`, "iu"));
/** True where a sentence begins by taking back what stands before it. */
export const corrects = (sentence: string): boolean => correction.test(sentence);

const backWithin = seldom(
  /(?:改选|改为选|更正为|修正为|纠正为|订正为|应改为|改成选|已修正|已更正|已改正|写错了|看错了|算错了|说错了|答错了|笔误|change my answer|correct(?:ed)? (?:it )?to|should have been)/i,
);
const check = seldom(
  new RegExp(
    `^${mark}(?:检验|验算|验证|代入检验|代入验证|检查|核对|复核|检(?=[：:])|(?:let's |to )?(?:check|verify|verification|verifying)\\b)`,
    "iu",
  ),
);
const announcement = seldom(
  new RegExp(
    `^${mark}(?:(?:因此|所以|综上(?:所述)?|故|那么|于是|总之|so|thus|therefore|hence)[，,、 ]{0,2})?(?:(?:本题|该题|此题|这道?题|我|最终|最后|正确|参考|标准|我的|the|my|final|correct|best|right|is)[的选 ]{0,2}){0,3}(?:答案|答[：:]|结论[：:]|结果(?:[是为：:])|正解|选择?(?![项取])|选项(?:[是为：:])|应选|故选|answers?\\b|ans[：:]|choice\\b|option [A-H]\\b)|^${mark}(?:答案|answer)`,
    "iu",
  ),
);
const answerWithin = seldom(
  /(?:答案|结果)(?:应该?|应当|显然|就|只能)?(?:[是为选：:])|\banswer (?:is|should be|would be|:)|故选|应选|本题选|【答案】|\\f?boxed/i,
);
const conclusion = seldom(
  new RegExp(
    `^${mark}(?:所以|因此|因而|综上|综合|综合来看|总之|总的来说|总而言之|由此|可见|可知|故|∴|于是|从而|显然|也就是说|即|结论|therefore|thus|hence|so\\b|in conclusion|in summary|to sum up|overall|consequently)`,
    "iu",
  ),
);
const option = seldom(
  /^[\s>*_#•\-–—(（【["“「]{0,10}(?:(?:选项|option |choice )\s?)?(?:[A-HＡ-Ｈ]|[a-h](?=[)）.．])|[①-⑧]|[甲乙丙丁](?=[项：:]))\s?(?:选?项|[\s)）】\]*_."”」．.、：:，,]|[\u4e00-\u9fff])/,
);

/** These words tell in one sentence of the old answer and of the new one. */
const changed = seldom(
  /(?:已|经)(?:修正|更正|改正)|改[成为选到]了?\s?(?:选?项|答案)?[\s“"(（]{0,2}(?:[A-HＡ-Ｈ](?![A-Za-z])|[①-⑧])/,
);

/** What a sentence does, by its opening words. `beforeIt` is true where something stands before it to be corrected. */
export function kindOfSentence(sentence: string, beforeIt: boolean): SegmentKind {
  if (beforeIt && (correction.test(sentence) || backWithin.test(sentence))) return "correction";
  if (changed.test(sentence)) return "correction";
  if (check.test(sentence) && !answerWithin.test(sentence)) return "check";
  if (announcement.test(sentence) || answerWithin.test(sentence)) return "announcement";
  if (conclusion.test(sentence)) return "conclusion";
  return option.test(sentence) ? "option-reason" : "working";
}

/** A comma after which a correction begins: …是A，不对，应为B. */
export const turn = new RegExp(
  `(?:[，,(（→]|(?<!-)-{1,9}>|=>|(?<!…)…{1,9}|(?<!\\.)\\.{3,9}|(?<!—)—{1,9})\\s{0,9}(?=(?:${backAtStart}))`,
  "giu",
);

/** Whether there may be one. */
export const mayTurn = seldom(turn).may;
