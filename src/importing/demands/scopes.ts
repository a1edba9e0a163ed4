import type { Layout } from "./layout.ts";

import { anyNumber, placeIn } from "./amounts.ts";
import { written } from "./layout.ts";

/** The paragraph and the sentence of which a clause speaks, as steps, for the clauses behind it. */
export type Carried = { readonly paragraph: string | null; readonly sentence: string | null };
export const nothingCarried: Carried = { paragraph: null, sentence: null };

/** The part of the reply of which a clause speaks. */
type ClauseScope = {
  readonly steps: readonly string[];
  /** The clause without the words for the part. */
  readonly rest: string;
  readonly next: Carried;
  /** Whether the clause itself names the part. */
  readonly isNamed: boolean;
};

/** Reads 第二段, 每句话 and the like; null where a clause names several parts, or one that the reply's form does not have. */
export function scopeOf(clause: string, layout: Layout, carried: Carried): ClauseScope | null {
  const paragraphs = Array.from(clause.matchAll(paragraphName), whichOf);
  const sentences = Array.from(clause.matchAll(sentenceName), whichOf);
  const lines = Array.from(clause.matchAll(lineName), whichOf);
  if (paragraphs.length > 1 || sentences.length > 1 || lines.length > 1) return null;
  if (layout.isVerse && sentences.length > 0) return null;
  const isNamed = paragraphs.length + sentences.length + lines.length > 0;
  if (isNamed && !layout.isProse) return null;
  const isOfAll = wholeSubject.test(clause);
  const [ownParagraph = isOfAll ? null : "this"] = paragraphs;
  const isContinued = paragraphs.length === 0 && !isOfAll && continuing.test(clause);
  const [ownSentence = isContinued ? "this" : null] = sentences;
  const paragraph = stepOf(ownParagraph, carried.paragraph, (n) => paragraphStep(layout, n));
  const sentence = stepOf(ownSentence, carried.sentence, (n) => sentenceStep(layout, n));
  const steps = [paragraph ?? [], sentence ?? [], lines.map((n) => `line ${n}`)].flat();
  const rest = [paragraphName, sentenceName, lineName].reduce(
    (text, name) => text.replaceAll(name, ""),
    clause,
  );
  return { steps, rest, next: { paragraph, sentence }, isNamed };
}

const stepOf = (
  which: string | null,
  before: string | null,
  step: (which: string) => string,
): string | null => (which === "this" ? before : which === null ? null : step(which));

const paragraphStep = ({ paragraphsBy }: Layout, which: string): string =>
  paragraphsBy === null ? `paragraph ${which}` : `part ${which} by ${written(paragraphsBy)}`;

function sentenceStep({ sentencesBy, sentencesAt }: Layout, which: string): string {
  if (sentencesBy !== null) return `part ${which} by ${sentencesBy.map(written).join(" ")}`;
  return sentencesAt === null ? `sentence ${which}` : `part ${which} at ${written(sentencesAt)}`;
}

const which = `(?:(?<n>第${anyNumber}个?)|(?<last>最后(?:一个?)?|末尾?一?个?|倒数第一个?)|(?<each>每一?个?|各个?|任何一?个?|所有的?)|(?<one>首个?)|(?<this>该))`;
const inside = "(?:的?(?:内容|文字))?(?:中|里面?|内(?!容)|都|均)*";
const paragraphName = new RegExp(
  `(?:在)?${which}(?:自然)?段(?:落|话|文字)?(?!都?之间)${inside}`,
  "gu",
);
const sentenceName = new RegExp(
  `(?:在)?${which}(?:完整的?)?(?:句子|句话|诗句|句)(?!号|都?之间)${inside}`,
  "gu",
);
const lineName = new RegExp(`(?:在)?${which}行(?:诗|文字)?${inside}`, "gu");
const wholeSubject = /文章|全文|整篇|通篇|全篇|整个|描述中|(?:^|[请将在])内容/u;
const continuing =
  /^(?:并且?|而?且|但是?|同时|也|，|最好)*(?:不|至多|最多|至少|也不|恰好|刚好|长度|字数)/u;

function whichOf({ groups = {} }: RegExpExecArray): string {
  if (groups["n"] !== undefined) return String(placeIn(groups["n"]) ?? 1);
  if (groups["last"] !== undefined) return "last";
  if (groups["one"] !== undefined) return "1";
  return groups["this"] === undefined ? "each" : "this";
}
