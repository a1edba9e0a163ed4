import type { Group } from "./group.ts";
import type { Labels } from "./question/labels.ts";
import type { Stem } from "./question/stem.ts";
import type { Trigger } from "./remarks.ts";

import { groupAt } from "./group.ts";
import { isRemark } from "./remarks.ts";

/** A place where the reply announces its answer, and what it announces. */
export type Announcement = {
  readonly why: string;
  /** The announcing words with their bracket or colon: 【答案】, 答案:, 故选. */
  readonly form: string;
  /** Offset of the announced text. */
  readonly at: number;
  readonly strong: boolean;
  readonly group: Group | null;
  readonly ordinal: string | null;
  /** 无正确答案, 无法确定. */
  readonly none: boolean;
};

const announcing = new RegExp(
  [
    "答[案桉](?<!(?:错误|错误的|错的|常见|典型|假设|如果|若|排除|干扰|不是|的是|几个)答[案桉])",
    "答:(?<=(?:^|[\\s,。;])答:)",
    "即(?<=,即)(?=选?项?[ ]?[A-H](?:选?项|[。.,]|$))",
    "[选選](?![项項出手举用取修区民拔集购中;,。)])(?<!(?:[不别勿误错未没莫想易常要筛挑首备候]|(?<!我)会|不(?:能|可|应该?|该|宜|得|可以)|如果|假如|为什么|为何)[选選])(?!(?<=[的然种性有做作个]选)择(?![是为:]))",
    "(?:正确|最佳|恰当|合适|合理)的?[选選]?[项項]",
    "(?:不?(?:正确|恰当|合理|合适|得体|妥当|准确|成立|属于|符合题意|符合题目要求|符合要求)|错误|有误|不当|不妥)的?(?:一项|一个|说法|叙述|表述|结论|组合|做法|理解|分析|判断|选项|项)?(?:应该|应当|应)?[是为有:]",
    "只有(?=选?项?[ ]?[A-H](?:选?项)?(?:符合|正确|满足|能够?|可以|是))",
    "\\\\f?boxed",
    "(?:[Cc]orrect|[Rr]ight|[Bb]est|[Mm]y|[Ff]inal) (?:option|choice)s?",
    "[Ff]inal(?<=(?:^|\\n)[ *#>]{0,4}[Ff]inal)(?=\\*{0,2}:)",
    '(?:[Mm]ost [a-z]{3,20}|[Bb]est)(?: [a-z]{3,20}){1,2} (?:is|would be)(?= (?:option )?[("*]{0,3}[A-H](?![A-Za-z]))',
    "(?<![A-Za-z])(?:[Aa]nswers?|ANSWER)(?![A-Za-z])",
    "(?<!(?:not|n't|never) )(?:[Cc]hoose|[Pp]ick|[Ss]elect|[Gg]o with|[Oo]pt for)(?= (?:option )?[(\"*]{0,3}[A-H](?![A-Za-z]))",
    "\\[\\[",
  ].join("|"),
  "my",
);

/** Words that conclude, each with the label that it needs. */
const concluding = new RegExp(
  [
    '答(?<=(?:^|[\\n。])[ *]{0,4}答)(?=[ *("“]{0,3}[A-H](?:[ 。.,*)"”]|\\n|$))',
    '(?:推荐|建议|结论|首选|首推|优先(?:考虑|选择?)|锁定|敲定|判定)(?=的?(?:选?项|选择|采取|采用|回应|回复|方案|答案|做法)?[*】]{0,2}[:是为选]{0,2}[ *("“]{0,3}(?:选?项|选择|回应|回复|方案|答案)?[ *("“]{0,3}[A-H](?![A-Za-z]))',
    '对应的?选项(?:就|应该?)?[是为](?=[ ("“*]{0,3}[A-H][)"”*]{0,3}(?:[。.,!;]|\\s|$))',
    "果断选?(?=[ ]?[A-H](?:[。.,!;]|\\s|$))",
    "选项(?<=(?:^|\\n)选项)(?=[*]{0,2}:[* ]{0,3}[A-H][*]{0,2}(?:\\n|$))",
    "最终(?=[ ]?[A-H]{2,8}(?:[。.,!;]|\\s|$))",
    '(?:最终|最后|改正后|修正后)的?(?:结果|选择|选项|结论)?(?=[*】]{0,2}:[*】]{0,2}[ *("“]{0,4}[A-H](?![A-Za-z]?[a-z]))',
    '(?:所以|因此|因而|故|那么|于是|那)(?:答案|正确答案|就|应该?|只能|本题)*是(?=[ ]?(?:选?项)?[ ("“*]{0,3}[A-H][)"”* ]{0,3}(?:选?项)?(?:[。.,!;]|\\s|$))',
    "[→⇒](?<![A-H] ?[→⇒])(?= ?(?:选?项)?[ (]{0,2}[A-H][.。)]?(?:\\n|$))",
    "(?<!(?:incorrect|wrong|false|other|remaining|bad|not|n't)(?: [a-z]{3,20})? )[Oo]nes? (?:is|are|would be)(?= [(\"*]{0,3}[A-H](?![A-Za-z]))",
    '(?:So|Thus|Hence|Therefore),?(?= (?:option )?[("*]{0,3}[A-H][)"*]{0,3}[.!]?\\s*(?:\\n|$))',
    "(?<=[—:,-] ?)[Oo]ption(?= [A-H](?:[.,\\s]|$))",
  ].join("|"),
  "my",
);

/** The first characters of those words; 不 only precedes a word that itself begins with one of them. */
const beginnings = new Uint8Array(0x1_0000);
for (const char of "答即只选選正最恰合不错有妥准成属符\\cCrRbBmMfFaApPsSgGoO[")
  beginnings[char.charCodeAt(0)] = 1;
/** Two: of `concluding`, three: of both. */
for (const char of "答所因故那于STHOo→⇒优锁敲判推建结首最改修对果选")
  beginnings[char.charCodeAt(0)] = (beginnings[char.charCodeAt(0)] ?? 0) | 2;
const negation = "不".charCodeAt(0);

/** Words allowed between the announcement and the answer. */
const filler =
  /(?:[ \t\n:"'“”‘’「『([<>{\])】【=*`$#~_,.→➡➜➔—–|〖〗『』《》-]|\\[()[\]]|回应|回复|方案|做法|采取|采用|锁定|确定|选定|定|依次|分别|应该|應該|应当|应|就|共?有|是|为|為|选|選|择|擇|项|項|即|只有|只能|可能|最有|最|正确|的|字母|编号|代号|序号|如下|说法|答案|第[^\s,。]{1,3}[题空问]|\\f?boxed|\\text|\\textbf|\\mathrm|\\mathbf|eoe|本题|该题|此题|我|认为|觉得|显然|当然|should|would|be|is|are|the|option|choice|letter|correct|final|right|[一二两三四五][项个]){0,24}/iy;

const denied =
  /[ \t)\]}】"'*`$]{0,6}(?:选?[项項])?(?:说法|表述|叙述|描述)?[ \t]?(?:都|均|也|就|则)?(?:是|为)?(?:错|錯|不正|不对|不對|不符|不合|不成|不可|不能|有误|不是(?!\s?[A-Ha-h])|[✗×✘❌]|(?:is|are|was) (?:also |clearly |definitely |simply )?(?:not|incorrect|wrong|false)|isn't)/y;
const possible =
  /[ \t)\]}】"'*`$]{0,6}(?:这?[两二三]?[者个]?选?[项項])?(?:都|均|皆)?(?:有可能|可能|可以|之间|中的?一|难以|无法)/y;
const alternative =
  /[^。\n!?;不非排]{0,20}?(?:或者?|还是|也可能是?|也有可能是?|也可以是?|或许是?)[ \t]?(?:选项?|应?该?选)?[("']?[A-H](?![A-Za-z])/y;
const none =
  /(?:(?:以上|上述|四个?选?项|所有选项|选项中?|题目中?)?[^。\n,A-H]{0,6}?(?:没有|无|不存在|找不到|并无|缺少)[^。\n,A-H]{0,8}?(?:答案|选项|正确|符合)|(?:以上|上述|四个选项|所有选项|各选项)[^。\n,A-H]{0,4}?(?:不对|不正确|错误|不符)|题目?[^。\n,A-H]{0,6}?(?:有误|有问题|出错|错误|不完整|不清)|(?:无法|不能|难以)(?:确定|判断|得出|回答|选择|求解|给出|选出|解答|计算)|不确定|不知道|none of|cannot be|无$|无[。.\s<])/y;
const ordinal =
  /(?:选?[项項])?(倒数)?第([一二三四五六七八九十\d]{1,2})(?:个|項|项)?(?:选项|選項|选择|答案|项|項)|选项([一二三四五六七八九十])|(倒数)?第([一二三四五六七八九\d])个/y;
const ordinalLast = /(?:最后|末)(?:一)?[个项項](?:选?项)?/y;

/** A reply with more announcements is looping; only the last ones are read. */
const maxAnnouncements = 200;

/** The words of a folded text that may announce an answer, from the last to the first. */
export function* triggersFromLast(text: string): Generator<Trigger> {
  let left = maxAnnouncements;
  for (let start = text.length - 1; start >= 0 && left > 0; start--) {
    const kind = beginnings[text.charCodeAt(start)] ?? 0;
    if (kind === 0 || text.charCodeAt(start - 1) === negation) continue;
    const end = (kind & 1) !== 0 ? endOf(announcing, text, start) : -1;
    const reached = end < 0 && (kind & 2) !== 0 ? endOf(concluding, text, start) : end;
    if (reached < 0) continue;
    left--;
    yield { word: text.slice(start, reached), start, end: reached };
  }
}

function endOf(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** What a word announces, given the text after it; null where it announces nothing. */
export function announcementAt(
  trigger: Trigger,
  kind: Kind,
  text: string,
  labels: Labels,
): Announcement | null {
  const { start, end } = trigger;
  if (namesOption(trigger, text)) return null;
  const form = text.slice(Math.max(0, start - 1), end + 1);
  const skipped = skipFiller(text, skipDenial(text, end));
  const group = groupAt(text, skipped, labels, true) ?? describedAt(text, skipped, labels);
  if (group === null) {
    const ordinal = ordinalAt(text, skipped, labels);
    return {
      ...kind,
      form,
      at: skipWords(text, end),
      group,
      ordinal,
      none: tests(none, text, skipped),
    };
  }
  const at = group.start;
  if (tests(denied, text, group.end) || isRemark(trigger, text, group.end)) return null;
  const hedged =
    group.hedged ||
    isAlternative(text, start) ||
    tests(possible, text, group.end) ||
    (mayOffer(text, group.end) && tests(alternative, text, group.end));
  return { ...kind, form, at, group: { ...group, hedged }, ordinal: null, none: false };
}

/** One of the words of `alternative` stands within its reach. */
function mayOffer(text: string, from: number): boolean {
  for (let at = from; at < Math.min(text.length, from + 24); at++)
    if ("或还也".includes(text.charAt(at))) return true;
  return false;
}

/** 要么选B，要么选C. */
const isAlternative = (text: string, start: number): boolean =>
  start > 0 &&
  "么是者或该".includes(text.charAt(start - 1)) &&
  /(?:要么|还是|或者?|或是)(?:应该?)?$/.test(text.slice(Math.max(0, start - 6), start));

/** Answer A is …, Answer C: … of one option after the other; alone it announces. */
function namesOption({ word, start, end }: Trigger, text: string): boolean {
  if (word.length < 6 || !/^[Aa]nswers?$/.test(word)) return false;
  bareLabel.lastIndex = end;
  const letter = bareLabel.exec(text)?.[1];
  if (letter === undefined) return false;
  if (listNamed.test(text.slice(end, end + 40))) return true;
  const others = text.slice(Math.max(0, start - 1_000), end + 1_000).matchAll(labelled);
  for (const [, other] of others) if (other !== letter) return true;
  return false;
}

const bareLabel =
  /[*_]{0,2} [("*_]{0,3}([A-H])(?![A-Za-z])(?=[)"*_]{0,4}(?: ?[:,—–-]| (?!because|since|for |as )[a-z]{2,}))/y;
/** Answers A, B and D would …. */
const listNamed =
  /^ [A-H](?:,? (?:and |or )?[A-H](?![A-Za-z]))+ (?:is|are|would|were|all|do|have|can)(?![a-z])/;
const labelled =
  /[Aa]nswers?(?:[*_]{0,2}:[*_]{0,2}| is| would be)? [("*_]{0,3}([A-H])(?![A-Za-z])/g;

type Kind = { readonly why: string; readonly strong: boolean };

/** Whether a word announces strongly, weakly or, where it contradicts the stem, not at all. */
export function kindOf({ word, end }: Trigger, text: string, stem: Stem): Kind | null {
  if (word.startsWith("\\")) return { why: "boxed", strong: true };
  if (word === "选" || word === "選") {
    // 可选：E names what may be added.
    if (text.charAt(end - 2) === "可" && text.charAt(end) === ":") return null;
    const before = text.charAt(end - 2);
    return {
      why: "conclusion",
      strong: before === "" || "故应以则我会题,。:;\n 即案可首均改终当此而来".includes(before),
    };
  }
  // 倒三角形的，即C: one of several is only named so.
  if (word === "即") return { why: "namely", strong: !namesSeveral(text) };
  if (word === "只有") return stem === "wrong" ? null : { why: "statement", strong: true };
  if (!/[是为有:]$/.test(word) || word.startsWith("答")) return { why: "marker", strong: true };
  const negative = /不|错|误/.test(word);
  if (stem === "unknown") return { why: "statement", strong: !negative };
  if (stem === "not") return { why: "statement", strong: true };
  return negative === (stem === "wrong") ? { why: "statement", strong: true } : null;
}

const namesSeveral = (text: string): boolean =>
  new Set(Array.from(text.matchAll(/,即选?项?[ ]?([A-H])/g), ([, letter]) => letter)).size > 1;

/** 答案不是A，而是: what is called not the answer is skipped. */
const denial =
  /[ \t]{0,3}(?:应该?|并|也|就|当然)?(?:不是|并非|不应是|不会是|不选)[^。\n;]{0,30}?(?:而是|而应选?是?|[,、 ](?:应该?|就)?是)/y;

const skipDenial = (text: string, from: number): number =>
  tests(denial, text, from) ? denial.lastIndex : from;

function skipFiller(text: string, from: number): number {
  filler.lastIndex = from;
  return filler.test(text) ? filler.lastIndex : from;
}

/** A few words that describe the option before its label: 答案应该是包含这两项的B. */
const description = /[^\n。;,A-Za-z不非无没错误]{1,16}?(?:选项|的|为|是)[ ]?(?=[A-H](?![A-Za-z]))/y;

function describedAt(text: string, from: number, labels: Labels): Group | null {
  description.lastIndex = from;
  return description.test(text) ? groupAt(text, description.lastIndex, labels, false) : null;
}

/** Words and markup before an option's own words; signs and brackets may belong to the option. */
const lead = /(?:应该|应当|应|就|是|为|即|选择?|[ \t\n:"“「『*`$_=>】]){0,24}/y;

function skipWords(text: string, from: number): number {
  lead.lastIndex = from;
  return lead.test(text) ? lead.lastIndex : from;
}

function tests(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

export function ordinalAt(text: string, at: number, labels: Labels): string | null {
  for (const start of [at, at - 1]) {
    if (tests(ordinalLast, text, start)) return labels.known ? (labels.list.at(-1) ?? null) : null;
    ordinal.lastIndex = start;
    const match = ordinal.exec(text);
    const digit = match?.[2] ?? match?.[3] ?? match?.[5];
    if (digit === undefined) continue;
    const fromLast = (match?.[1] ?? match?.[4]) !== undefined;
    if (!fromLast) return labels.list[countOf(digit) - 1] ?? null;
    return labels.known ? (labels.list.at(-countOf(digit)) ?? null) : null;
  }
  return null;
}

const countOf = (digit: string): number => {
  const index = "一二三四五六七八九十".indexOf(digit);
  return index >= 0 ? index + 1 : Number(digit);
};
