import type { AmountBounds } from "../amounts.ts";
import type { Draft, Rule } from "../rule.ts";

import { amountsOf } from "../amounts.ts";
import { without } from "../rule.ts";
import { isPlainObject, isPlainSubject, namesOtherParts } from "../subject.ts";

/** What can be counted, by the nouns of a prompt. */
const marks: readonly (readonly [unit: string, of: string])[] = [
  ["(?:emoji|表情)(?:符号)?", "表情"],
  ["(?:问句|疑问句|反问句)", "问句"],
  ["(?:代码块)", "代码块"],
  ["(?:链接|网址)", "链接"],
  ["标点(?:符号)?", "标点"],
  ["大写字母", "大写字母"],
];

/** 分为三段, 恰好由 10 个句子组成, 至少 2 个问句. */
export const counts: Rule = (clause, { layout }) => {
  if (!layout.isProse) return null;
  const { paragraphsBy, sentencesBy, sentencesAt } = layout;
  const paragraphs = (bounds: AmountBounds): Draft =>
    paragraphsBy === null
      ? { check: "count", of: "paragraph", ...bounds }
      : { check: "count", of: "part", by: paragraphsBy, ...between(paragraphsBy), ...bounds };
  const sentences = (bounds: AmountBounds): Draft => {
    if (sentencesBy !== null)
      return { check: "count", of: "part", by: [...sentencesBy], strict: true, ...bounds };
    return sentencesAt === null
      ? { check: "count", of: "sentence", ...bounds }
      : { check: "count", of: "part", at: sentencesAt, ...bounds };
  };
  const read: readonly (readonly [string, (bounds: AmountBounds) => Draft])[] = [
    ["(?:自然)?段(?:段落|落|话)?(?![时间位])", paragraphs],
    ["(?:句子|句话|诗句|句)", sentences],
    ["行(?![程为业动])", (bounds) => ({ check: "count", of: "line", ...bounds })],
    ...marks.map(
      ([unit, of]) =>
        [unit, (bounds: AmountBounds) => ({ check: "count", of, ...bounds })] as const,
    ),
  ];
  const drafts: Draft[] = [];
  let rest = clause;
  for (const [unit, draft] of read) {
    const found = amountsOf(rest, unit).filter(
      ({ bounds, isBare, start }) =>
        !(isBare && bounds?.equal === 1 && !/[用以]$/u.test(rest.slice(0, start))),
    );
    const [first] = found;
    if (first === undefined) continue;
    const head = rest.slice(0, first.start).replace(/^段落/u, "");
    const isDivided =
      /(?:分为|分成|写成|总结成|概括成|整理成|[用由])$/u.test(head) && !namesOtherParts(head);
    if (draft === sentences && layout.isVerse) return "unsure";
    if (found.some(({ bounds }) => bounds === null) || !(isDivided || isPlainSubject(head)))
      return "unsure";
    if (!isPlainObject(rest.slice((found.at(-1) ?? first).end))) return "unsure";
    drafts.push(...found.map(({ bounds }) => draft(bounds ?? {})));
    rest = without(rest, [{ start: 0, end: first.start }, ...found]);
  }
  return drafts.length === 0 ? null : { drafts, rest };
};

/** A mark that someone can see is meant to stand between paragraphs; blank lines more than needed do no harm. */
const between = (mark: string): { readonly strict?: true } =>
  mark.trim() === "" ? {} : { strict: true };
