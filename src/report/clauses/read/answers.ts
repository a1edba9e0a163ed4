import type { Text } from "../../../domain/text.ts";
import type { ClauseMark, ResponseState } from "../response.ts";

/** What a user writes into a column such as 响应 or 偏离情况. */
const stateWords: readonly (readonly [ResponseState, RegExp])[] = [
  [
    "missed",
    /^(?:不满足|不符合|不响应|不支持|未满足|部分满足|部分响应|部分符合|负偏离|否|×|✗|✘|x|no|n|missed|not met)$/iu,
  ],
  [
    "met",
    /^(?:完全|全部)?(?:满足|符合|响应|支持|无偏离|正偏离|是|√|✓|✔|v|yes|y|met)(?:要求|招标要求)?$/iu,
  ],
  ["untested", /^(?:未测|待测|未测试|待定|待填|待补充|untested|tbd|\/|-|—)$/iu],
];

/** The state that a text says; null where it says none that is known. */
export const stateIn = (text: string): ResponseState | null =>
  stateWords.find(([, pattern]) => pattern.test(text.trim()))?.[0] ?? null;

const signs = /^\s*([★☆▲△*＊※])\s*/u;

/** The mark at the head of a text, and the text without it. A remark where a sign was read as ★. */
export function markAtStart(text: string): {
  readonly mark: ClauseMark | null;
  readonly rest: string;
  readonly remark: Text | null;
} {
  const sign = signs.exec(text)?.[1];
  if (sign === undefined) return { mark: null, rest: text, remark: null };
  const mark = sign === "▲" || sign === "△" ? "▲" : "★";
  return {
    mark,
    rest: text.replace(signs, ""),
    remark: sign === "★" || sign === "▲" || sign === "△" ? null : readAsStar(sign),
  };
}

/** What a column of marks says; undefined where it is not known. */
export function markIn(text: string): ClauseMark | null | undefined {
  const plain = text.trim();
  if (
    /^(?:★+|☆|实质性(?:条款|要求)?|关键(?:条款|项|指标)?|否决(?:项|条款)?|必须(?:满足)?|必备|是|强制(?:性)?|废标项?|must|mandatory|yes|[*＊※])$/iu.test(
      plain,
    )
  )
    return "★";
  if (
    /^(?:▲+|△|重要(?:条款|项|指标|参数)?|主要(?:条款|指标)?|加分项?|should|important)$/iu.test(
      plain,
    )
  )
    return "▲";
  if (
    /^(?:|一般(?:条款|项|指标|参数)?|普通(?:条款)?|非实质性|否|无|可选|no|-|—|\/|may|optional|normal)$/iu.test(
      plain,
    )
  )
    return null;
  return undefined;
}

const readAsStar = (sign: string): Text => ({
  zh: `“${sign}”按 ★ 读`,
  en: `"${sign}" is read as ★`,
});
