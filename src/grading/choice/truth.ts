import type { Gold } from "../../domain/grader.ts";
import type { Found } from "./reading.ts";

import { fold } from "../../text/normalise.ts";
import { segmentsOf } from "../../text/segments/segments.ts";

const trueWords = /^(?:正确|对|√|✓|✔|是|真|成立|t|true|yes|right|correct)$/i;
const falseWords = /^(?:错误|错|×|✗|✘|否|假|不正确|不对|不成立|f|false|no|wrong|incorrect)$/i;

const said =
  "(?:(错误|(?:恰恰|正好|刚好|完全)?(?:说|搞|弄|讲)?(?:相反|反了)|并非如此|不是这样|不可能|谣[言传]|误[区解]|not so|on the contrary|不正确|不对|不成立|不准确|不属实|不科学|有误|错|假(?!设|如)|✗|✘|×|❌|否|站不住脚|并不成立|f(?![a-z])|(?:与|和|跟)(?:客观)?(?:事实|实际|史实|科学)[^。,]{0,4}(?:不符|相反|相悖|不一致)|不符合?(?:客观|科学|历史|基本)?(?:事实|实际|史实|常识|规律)|(?:违背|违反|有悖)[^。,]{0,6}(?:事实|常识|科学)|(?:not )(?:true|correct|right)|false|incorrect|wrong|no(?![a-z]))|(正确|(?:确实|的确)如此|没毛病|是这样|indeed|exactly|t(?![a-z])|符合(?:客观|科学|历史|基本)?(?:事实|实际|史实|常识|规律)|对(?![于应照此])|成立|准确|属实|没有?错|没有?问题|无误|真|✓|✔|√|✅|是(?![一不]|否)|true|correct|right|yes))";
const end = '(?:的|了)?(?=[\\s。.,，;；!！()*”"】、]|$|的)';
const opening = new RegExp(
  `^[\\s*"“「【(]{0,6}(?:这(?:句话|话|种说法)?)?(?:(?:正确|最终|我的)?答案|答|判断(?:结果)?|结论|answer)?[\\s*】]{0,3}(?:是|为|应为|应该是|is)?[:：\\s]{0,3}["“「【(*]{0,3}${said}${end}`,
  "i",
);
const announced = new RegExp(
  `(?:答案|判断结果|结论|(?:因此|所以|故)?应?(?:选择?|判断?为|判[定成]?)|answer)[\\s*】]{0,3}(?:是|为|应为|应该是|is)?[:：\\s]{0,3}["“「【(*]{0,3}${said}${end}`,
  "gi",
);
const subject = new RegExp(
  `(?:说法|此说|这话|所述|判断|命题|表述|观点|陈述|叙述|句话|论断|描述|结论|题目|题干|说的|statement|claim|this)[”"]?(?:本身)?(?:是|为|显然|明显|并|完全|都|也|就|,| is| was|'s)*[ ]?["“]?${said}${end}`,
  "gi",
);

/** ……，不成立。: the last clause is nothing but the judgement. */
const closing = new RegExp(
  `[,，。;；](?:显然|明显|所以|因此|故|当然|应)*(?:是|为|判)?${said}(?:的|了)?[。.!！\\s]*$`,
  "gi",
);

/**
 * For questions whose two options are right and wrong: what the reply says of the statement. Null where the options are
 * others, or where it says nothing or both.
 */
export function truthSaid(text: string, gold: Gold): Found | null {
  const pair = pairOf(gold);
  if (pair === null) return null;
  const back = segmentsOf(text).findLast(({ kind }) => kind === "correction");
  if (back !== undefined) return lastSaid(text.slice(back.start), pair);
  const first = opening.exec(text.slice(0, 60));
  if (first !== null) return { letters: [labelIn(first, pair)], why: "judgement" };
  for (const pattern of [announced, subject, closing]) {
    const read = new Set(Array.from(text.matchAll(pattern), (match) => labelIn(match, pair)));
    const [only] = read;
    if (only !== undefined && read.size === 1) return { letters: [only], why: "judgement" };
    if (read.size > 1) return null;
  }
  return null;
}

/** 等等，…，应判错: what is announced last after a correction. */
function lastSaid(text: string, pair: Pair): Found | null {
  const last = [...text.matchAll(announced), ...text.matchAll(subject)]
    .toSorted((a, b) => a.index - b.index)
    .at(-1);
  return last === undefined ? null : { letters: [labelIn(last, pair)], why: "judgement" };
}

/** The options are right and wrong. */
export const asksForTruth = (gold: Gold): boolean => pairOf(gold) !== null;

type Pair = { readonly yes: string; readonly no: string };

const labelIn = (match: RegExpExecArray, { yes, no }: Pair): string =>
  match[1] === undefined ? yes : no;

function pairOf({ options }: Gold): Pair | null {
  const entries = Object.entries(options ?? {});
  if (entries.length !== 2) return null;
  const named = (words: RegExp): string | null =>
    entries
      .find(([, text]) => words.test(fold(text).trim()))?.[0]
      .trim()
      .toUpperCase() ?? null;
  const yes = named(trueWords);
  const no = named(falseWords);
  return yes === null || no === null || yes === no ? null : { yes, no };
}
