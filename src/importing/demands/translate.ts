import type { ClauseContext, ConstraintSpec, Draft, Rule } from "./rule.ts";

import { readFrame, requestOf } from "./frame.ts";
import { type Layout, readLayout, written } from "./layout.ts";
import { quoteMark, shield, unshielded } from "./quotes.ts";
import { counts } from "./rules/counts.ts";
import { edges } from "./rules/edges.ts";
import { lengths } from "./rules/lengths.ts";
import { marks } from "./rules/marks.ts";
import { shapes } from "./rules/shapes.ts";
import { verse } from "./rules/verse.ts";
import { asking, banning, counting, placed } from "./rules/words.ts";
import { type Carried, nothingCarried, scopeOf } from "./scopes.ts";
import { namesOtherParts } from "./subject.ts";
import { titleConstraint } from "./title.ts";

/** What a program can check of a prompt's demands, and what it could not. */
export type TranslatedDemands = {
  readonly constraints: readonly ConstraintSpec[];
  /** Clauses that demand a form, in their own words, and are not among the constraints. */
  readonly untranslated: readonly string[];
};

/** The rules in the order in which they read a clause; each sees what those before it left. */
const rules: readonly Rule[] = [
  verse,
  marks,
  placed,
  shapes,
  counting,
  edges,
  banning,
  asking,
  lengths,
  counts,
];

/**
 * Translates what a Chinese prompt demands of the reply's form into constraints of `src/constraints/`. A clause is
 * translated whole or not at all: conditions, approximations, choices and demands on parts that no scope can name stay
 * in `untranslated`. What the reply should be about is neither.
 */
export function translateDemands(prompt: string): TranslatedDemands {
  const shielded = shield(prompt);
  const frame = readFrame(shielded);
  if (rewriting.test(frame.text))
    return { constraints: [], untranslated: [unshielded(frame.text.trim(), shielded.raw)] };
  const { layout, text } = readLayout({ ...shielded, text: requestOf(frame.text) }, frame.base);
  const constraints: ConstraintSpec[] = [...frame.constraints];
  const untranslated: string[] = [...frame.untranslated];
  for (const sentence of text.split(sentenceEnd)) {
    const read = readSentence(sentence, layout, shielded.quotes);
    constraints.push(...read.constraints);
    untranslated.push(...read.untranslated.map((each) => unshielded(each, shielded.raw).trim()));
  }
  return { constraints: distinct(constraints), untranslated };
}

/** A demand that a prompt makes twice is one. */
function distinct(constraints: readonly ConstraintSpec[]): readonly ConstraintSpec[] {
  return [...new Map(constraints.map((each) => [JSON.stringify(each), each])).values()];
}

/** A text of the prompt's own is to be changed: what comes out of it no constraint says. */
const rewriting =
  /将(?:下列|下面|以下|上述)的?(?:文本|文字|句子|诗句|段落|英文|中文)|(?:改写|翻译|润色|改正|扩写|缩写|续写)(?:以下|下列|下面)/u;
const sentenceEnd = /(?<=[。；;？！?\n])/u;
const clauseEnd = new RegExp(
  `(?:(?<!${quoteMark})，|，(?!${quoteMark}))(?!(?:并|且)*(?:带|附|配|含|有|加|要)*横批)|,(?!\\d)|、(?=必须|至少|至多|最多|恰好|刚好|以及[至最])|：(?=第|确保|每|全文|请)`,
  "u",
);

/** 3. **句子结尾**： says again what follows. */
const label = /^\s*(?:\d+[.、])?\s*\*\*[^*]{1,12}\*\*：/u;

/** Conditions, approximations and alternatives: what they demand depends on what nobody can tell beforehand. */
const conditional =
  /如果|若(?!干)|假如|假设|除非|否则|要么|倘|的话|必要时|酌情|视情况|尽量|尽可能|最好|建议(?:[不用在]|使用|控制|写)|[约近]\s*\d|大约|大概|\d字?左右|也可以|交替/u;

const wholeReply = /文章|全文|整篇|通篇|全篇|整个|字数/u;
const sharesOut = /每(?![日天年月周晚次]|个(?:关键)?[词字])|对于|各个/u;

/** What sounds like a demand on form. */
const formal = new RegExp(
  `至少|不少于|最多|至多|不超过|不多于|不低于|超过|避免|不能|不允许|不得|不要|不应|不可|不许|不出现|禁止|请勿|括起来|包裹|恰好|刚好|正好|只出现|只能|只用|仅用|开头|结尾|标点|占位符|格式|形式|字数|字符|标记|分隔|表格|列表|押韵|横批|平仄|头韵|音节|俳句|拼音|偏旁|首字|句式|语法结构|大写|小写|加粗|缩写|依次|第[一二三四五六七八九十\\d]+[个段句行条项]|每[一个句段行条项点]|[二两三四五六七八九十百\\d]+个?(?:字|段|句|行|列|栏)|(?:出现|使用)[^，。]{0,6}次|JSON|HTML|LaTeX|Markdown|[旁头底]的(?:汉?字)|(?:用|以|使用)[德法日英俄韩西阿葡意]+[语文]|其他语言`,
  "iu",
);

function readSentence(sentence: string, layout: Layout, quotes: readonly string[]) {
  const constraints: ConstraintSpec[] = [];
  const untranslated: string[] = [];
  if (conditional.test(sentence)) {
    if (formal.test(sentence)) untranslated.push(sentence);
    return { constraints, untranslated };
  }
  let carried: Carried = nothingCarried;
  let words: readonly string[] = [];
  // Whatever a sentence says after a part that was not understood may be about that part.
  let isAstray = false;
  const isSplit = layout.base.some((step) => step.startsWith("part each"));
  for (const part of sentence.replace(label, "").split(clauseEnd)) {
    const clause = isSplit ? part.replace(/每个?(?:答案|回答)(?:都|的)?/u, "") : part;
    const scope = scopeOf(clause, layout, carried);
    if (scope === null) {
      untranslated.push(clause);
      isAstray = true;
      continue;
    }
    carried = scope.next;
    const title = titleConstraint(scope.rest);
    const context: ClauseContext = { quotes, layout, words };
    const read = title ?? readClause(scope.rest, context);
    const steps = title === null ? scope.steps : ["line 1"];
    if (scope.isNamed || wholeReply.test(clause)) isAstray = false;
    if (read === "unsure" || (isAstray && !read.every(isShape))) {
      untranslated.push(clause);
      isAstray = true;
      continue;
    }
    isAstray ||= sharesOut.test(scope.rest);
    constraints.push(...read.map((draft) => placedIn(draft, layout, steps)));
    const required = read.flatMap(requiredWords);
    if (required.length > 0) words = required;
  }
  return { constraints, untranslated };
}

/** A table, a list or JSON is the form of the whole reply, whatever stands around the demand. */
const isShape = ({ check }: Draft): boolean =>
  check === "table" || check === "list" || check === "json";

const requiredWords = ({ check, text }: Draft): readonly string[] =>
  check === "contains" ? [text].flat().map(String) : [];

/** All that a clause demands, or "unsure" where something of it was not understood. */
function readClause(clause: string, context: ClauseContext): readonly Draft[] | "unsure" {
  const drafts: Draft[] = [];
  let rest = clause;
  for (const rule of rules) {
    const read = rule(rest, context);
    if (read === "unsure") return "unsure";
    if (read === null) continue;
    drafts.push(...read.drafts);
    ({ rest } = read);
  }
  if (drafts.length === 0) return formal.test(rest) ? "unsure" : [];
  const isOfParts = drafts.every(isShape)
    ? /每(?![日天年月周晚])/u.test(rest)
    : namesOtherParts(rest);
  return formal.test(rest) || isOfParts ? "unsure" : drafts;
}

function placedIn(
  draft: Draft,
  { base, titleEnd }: Layout,
  steps: readonly string[],
): ConstraintSpec {
  const { check, ...options } = draft;
  // A number of paragraphs is that of the whole answer, whatever part the sentence began with.
  const isOfAll = draft["of"] === "paragraph";
  const { by } = draft;
  const isOfSentences = draft["of"] === "part" && Array.isArray(by);
  const title = isOfSentences && titleEnd !== null ? [`part last by ${written(titleEnd)}`] : [];
  const path = [...base, ...(isOfAll ? [] : [...title, ...steps])];
  return {
    check: String(check),
    ...options,
    ...(path.length === 0 ? {} : { scope: path.join(" > ") }),
  };
}
