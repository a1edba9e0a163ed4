import { fold, stripLatex, stripMarkdown } from "./normalise.ts";

/** One place where a text stands; `negated` where its clause takes it back: 不属于道家, 道家是错的. */
type Occurrence = { readonly at: number; readonly negated: boolean };

/** The form in which texts are looked for: folded, bare, lower case, numbers without thousands separators. */
export const searchable = (text: string): string =>
  stripLatex(stripMarkdown(fold(text)))
    .toLowerCase()
    .replaceAll(/[−‐‑–]/g, "-")
    .replaceAll(/∶/g, ":")
    .replaceAll(/(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])/g, (number) => number.replaceAll(",", ""))
    .replaceAll(/(?<=\p{Script=Han}) +(?=\p{Script=Han})/gu, "")
    .replaceAll(/\s+/g, " ")
    .trim();

/**
 * Where a text stands in a searchable one as a whole: no Latin word or number goes on beyond its edges. 5 is not in 15,
 * 5.5, 5%, 10:5 or 1/5, but in 5.0.
 */
export function placesOf(part: string, text: string): readonly Occurrence[] {
  const wanted = searchable(part);
  if (wanted === "") return [];
  const found: Occurrence[] = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    if (!isWhole(text, at, end)) continue;
    found.push({ at, negated: isTakenBack(text, at, end) });
    if (found.length === most) break;
  }
  return found;
}

/** A reply that says it more often is looping. */
const most = 1_000;

function isWhole(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 2), start);
  const first = text.slice(start, start + 1);
  const last = text.slice(end - 1, end);
  const after = text.slice(end, end + 12);
  if (/[a-z]/.test(first) && /[a-z]$/.test(before)) return false;
  if (/[a-z]/.test(last) && /^[a-z]/.test(after)) return false;
  if (/\d/.test(first) && /\d[.,:/~-]?$|[.\-/:]$/.test(before) && !/[^\d] ?:$/.test(before))
    return false;
  if (/^(?:\^|_\d)/.test(after)) return false;
  if (!/\d/.test(last)) return true;
  // 5.0 is 5; 5.5, 5:30, 5/6, 5% and 5万 are not.
  return !/^(?:\d|\.0*[1-9]|,\d|[:/~]\s?\d|[%‰]|[万亿])/.test(after);
}

const clauseEnd = /[,，。;；!！?？\n]/;
/** A negation that reaches to the end of the text before it, past a few words such as 属于 or 什么. */
const denied =
  /(?:不(?!仅|只|但|光|过|得不|断|错|愧|少|同|管|论|如说|妨|由|止|限于|亚于)|没有?(?!错|关系)|并非|绝非|而非|非(?!常|洲|但|得|凡)|无法|(?<![毫])无(?!疑|论|非|非是)|未(?!来|必不)|(?<![类分特性区个级辨差识鉴派])别(?!名|称|的)|误(?:以为|认为|当作)|反对|否定|否认|排除|除了?(?!夕)|(?:\b(?:not|no|never|isn't|wasn't|aren't|neither|nor)\b))[^,，。;；!！?？\n]{0,8}$/;
/** 不是不…, 难道不是: two of them, or a question that means yes. */
const doubled =
  /(?:离不开|少不了|免不了|无非|不得不|不能不|不会不|不可不|无不|没有不|难道不|岂不|不是没|并非不)/g;
const refuted =
  /^["”』」》*]{0,2}\s?(?:(?:是|为)?(?:错误|错|不对|不正确|不成立)的?|(?:不是|并非)(?:正确|答案)|(?:的)?说法(?:是)?(?:错|不对|不成立|有误)|[?？]\s?(?:不对|不是|错)|(?:就|便)错|(?:之外|以外)|(?:没有?|无)(?:任何|什么)?关系?|无关|is (?:wrong|incorrect|not))/;

/** True where the clause around a part of a text denies it. */
export function isTakenBack(text: string, start: number, end: number): boolean {
  const head = text.slice(Math.max(0, start - 24), start);
  const clause = head.slice(lastClauseStart(head));
  const withoutDouble = clause.replaceAll(doubled, "");
  const after = text.slice(end, end + 16);
  // 非光合作用莫属
  if (/^(?:莫属|不可)/u.test(after)) return false;
  return denied.test(withoutDouble) || refuted.test(after);
}

function lastClauseStart(text: string): number {
  for (let at = text.length - 1; at >= 0; at--) if (clauseEnd.test(text.charAt(at))) return at + 1;
  return 0;
}
