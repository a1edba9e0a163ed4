import type { Group } from "./group.ts";
import type { Labels } from "./question/labels.ts";
import type { Stem } from "./question/stem.ts";
/** What a reply says about each option: whether it is true, and whether to choose it. */
export type OptionVerdicts = {
  readonly truth: ReadonlyMap<string, boolean>;
  readonly picked: ReadonlyMap<string, boolean>;
  /** Labels whose verdict directly follows them. */
  readonly direct: ReadonlySet<string>;
};

type Word = {
  readonly phrase: string;
  readonly scale: "truth" | "picked";
  readonly value: boolean;
  readonly direct?: boolean;
};

const words =
  "(不符合题意|不合题意|与题意不符|不符合(?:题目)?要求|不当选|不应选|不建议(?:选择?|采用|采纳|使用)?|不推荐|不可取|不予?(?:考虑|采用)|不选|不是(?:正确)?答案|可以?排除|应排除|被排除|排除)|(符合题意|才(?:是|能|对|真正|算|符合|最)|(?:相对(?:来说|而言)?,?)?(?:正是|最为?|更为?)(?:佳|好|适合|妥当|妥|优|规范|得体|到位|可取|全面|科学|严谨|直接|符合|合适|恰当|合理|贴切|准确|接近|有可能|能)|符合(?:题目)?要求|当选|应选|(?<![漏误错易多少没会要想能先])选(?=[;。,)\\n]|$)|是(?:正确)?答案|为(?:正确)?答案|(?:是|为)正确(?:选项|的选项))|(不正确|不准确|不恰当|不合理|不成立|不符合|不符|不合适|不适合|不得体|不吻合|不相符|不一致|错别字|[说讲写]错了?|(?<!没)(?:存在|有)(?:明显|很大)?(?:的)?(?:问题|毛病|漏洞)|不对|不妥|错误|有误|错|有语病|存在语病|👎|✗|✘|×|❌|❎|[Ii]ncorrect|[Ww]rong|[Ff]alse|not correct|不属于(?=[\\s,;。!)|]|$)|不是(?=[,;。(\\n]|$)|[Nn]o(?![a-z])|否(?=[\\s,;。|]|$)|不算(?=[;。,)\\n]|$)|(?:confuses|fails|misstates)(?![a-z]))|(正确|准确|恰当|合理|合适(?!的)|适合(?=[\\s,;。!)*]|$|题|本题)|得体|成立|相符|吻合|一致(?=[\\s,;。!]|$)|无误|没有?错误?|没有?(?:问题|毛病)|(?<!不)可取(?=[,;。\\n]|$)|没有语病|无语病|对(?=[\\s,;。!)、|的了A-Z]|$)|👍|✓|✔|√|☑|✅|[Cc]orrect|[Tt]rue|[Rr]ight|属于(?=[\\s,;。!)|]|$)|符合(?=[,;。]|$)|[Yy]es(?![a-z])|是(?=[ \\t]*[,;。(\\n|]|$)|算(?=[;。,)\\n]|$)|holds(?![a-z]))";
/** A verdict directly after the label: A项错误, B是正确的, C √. */
const direct = new RegExp(
  `[ \\t)\\]】*\`$"'」』]{0,6}(?:选?项)?(?:\\([^()\\n]{1,24}\\)|["“「][^"”」\\n]{1,60}["”」])?的?(?:说法|表述|叙述|描述|内容|观点|判断|理解|书写|写法|用法|用词|读音|拼写|搭配|做法|回应|回答)?[ \\t:,(\\-—–→>]{0,4}(?:是|为|都|均|也|则|皆|全|完全|显然|明显|的|is |are )*[ \\t]?(?:${words})(?!的是)`,
  "y",
);
/** A verdict that ends a clause further on: A. ……，错误；. */
const closing = new RegExp(
  `(?:${words})(?:的|了)?(?:选项|答案|一项|做法|说法|原因|因素)?(?=[\\s,。;!)、】*\`]|$)`,
  "g",
);
const alone =
  /(?:(?:只有|唯有|仅有|只剩下?|剩下的?(?:就是|只有|是)?|(?:最有?可能|而|正|才)是(?:为了|因为|指|在)?(?:选项)?|(?<![错误不][^,。\n]{0,10})(?:那?就是|那就|只能是|只可能是)(?:选)?(?=.{0,3}$)|唯一的?是)(?:选项)?|\b[Oo]nly (?:option )?)[ \t("'*]{0,4}$/;
/** 只有B不是…: what is said after it is the verdict. */
const aloneDenied =
  /[ \t)"'*]{0,4}(?:选?项)?(?:不|没|错|有误|并非|无法|存在|is (?:not|wrong)|isn't|does not|doesn't)/y;
const excluded =
  /(?:(?:排除|不选|不能选|剔除|不应选)(?:了|掉|选项|答案)*|(?:不可能|绝不|并不|也不|不)(?:会)?是(?:为了|因为|指|在)?(?:选项)?)[ \t("'*]{0,4}$/;
/** Maximum distance of a verdict after its label. */
const reach = 400;

/** Reads the verdict on every option that the reply names; the last verdict on an option counts. */
export function readOptionVerdicts(
  text: string,
  groups: readonly Group[],
  stem: Stem,
  several = false,
): OptionVerdicts {
  const truth = new Map<string, boolean>();
  const picked = new Map<string, boolean>();
  const behind = new Set<string>();
  for (const [index, group] of groups.entries()) {
    const until = Math.min(groups[index + 1]?.start ?? text.length, group.end + reach);
    const word =
      byRequirement(wordFor(text, group, until), stem) ??
      (stem === "not" || several ? membership(text, group.end, stem) : null);
    if (word === null) continue;
    for (const letter of group.letters) {
      (word.scale === "truth" ? truth : picked).set(letter, word.value);
      if (word.direct === true) behind.add(letter);
      else behind.delete(letter);
    }
  }
  return { truth, picked, direct: behind };
}

/** Where the stem asks for the wrong option, 不符合要求 is a verdict on it, not a choice. */
function byRequirement(word: Word | null, stem: Stem): Word | null {
  if (word === null || stem !== "wrong" || !/^不?符合要求$|^不可取/.test(word.phrase)) return word;
  return { ...word, scale: "truth" };
}

/** The verdict directly after a label, or null. */
export function verdictBehind(text: string, { end }: Group): Word | null {
  direct.lastIndex = end;
  const behind = direct.exec(text);
  return behind === null ? null : wordOf(behind);
}

function wordFor(text: string, group: Group, until: number): Word | null {
  const before = inkBefore(text, group.start);
  if (
    excludedEnd.has(before) &&
    excluded.test(text.slice(Math.max(0, group.start - 10), group.start))
  ) {
    return { phrase: "排除", scale: "picked", value: false };
  }
  if (
    aloneEnd.has(before) &&
    alone.test(text.slice(Math.max(0, group.start - 12), group.start)) &&
    !aloneDeniedAt(text, group.end)
  ) {
    return { phrase: "只有", scale: "picked", value: true };
  }
  if (
    text.slice(Math.max(0, group.start - 6), group.start).includes("(") &&
    inBrackets.test(text.slice(Math.max(0, group.start - 6), group.start)) &&
    !headsClause(text, group)
  ) {
    return beforeBracket(text.slice(Math.max(0, group.start - reach), group.start));
  }
  direct.lastIndex = group.end;
  const behind = direct.exec(text);
  if (behind !== null && direct.lastIndex <= until + 8) return { ...wordOf(behind), direct: true };
  return closingWord(text.slice(group.end, until));
}

const inBrackets = /\([ \t]?(?:即|也就是)?(?:选项)?[ \t]?$/;
const bracketClosed = new RegExp(`[ \\t]?\\)[ \\t*]{0,3}(?:${words})`, "y");

/** (A) 错 (B) 对: a label in brackets followed by its verdict. */
function headsClause(text: string, { start, end }: Group): boolean {
  const before = text.slice(Math.max(0, start - 30), start).replace(/\([ \t]?$/, "");
  if (/的[ \t*]{0,3}$/.test(before)) return false;
  bracketClosed.lastIndex = end;
  return bracketClosed.test(text);
}

const member =
  /[ \t)\]】*`$"'」』]{0,6}(?:选?项)?[ \t]?(?:三[项者个]|两[项者个])?(?:都|均|也|则|皆|显然)?(?:(不是|不属于|不能|不会|不可|不包括|并非|没有|(?:is|are)(?: not|n't)|do(?:es)?(?: not|n't))|(?:(?<=[都均皆])是|属于)(?!\s?(?:不|错|对|正确|答案))|((?:是|能|会|可以|包括|(?:is|are) (?:all |both )?(?:an? )?(?=[a-z]))(?!\s?(?:不|错|对|正确|答案|wrong|right|correct|the|not))))/y;

/** Where the stem asks for what does not belong: A、B 都是可再生能源，C 不是. */
function membership(text: string, at: number, stem: Stem): Word | null {
  member.lastIndex = at;
  const match = member.exec(text);
  if (match === null || (match[2] !== undefined && stem !== "not")) return null;
  return { phrase: match[0], scale: "truth", value: match[1] === undefined, direct: true };
}

const clauseVerdict = new RegExp(`(?:${words})(?:的|了)?[ \\t]*\\((?:即|也就是)?(?:选项)?[ \\t]?$`);

/** A label in brackets refers to the text before it: ……，这是错误的（选项A）；而是……（选项D）. */
function beforeBracket(before: string): Word | null {
  const match = clauseVerdict.exec(before);
  if (match !== null) return wordOf(match);
  const clause = before.split(/[。;,\n)]/).at(-1) ?? "";
  if (/而是|正是|最符合|应该是|确实|恰恰/.test(clause))
    return { phrase: clause, scale: "picked", value: true };
  return /不|没有|并非|无法|而非/.test(clause)
    ? { phrase: clause, scale: "picked", value: false }
    : null;
}

/** The last characters that `excluded` can match. */
const excludedEnd = new Set(Array.from("除选掉了项案是为指在"));

/** The last characters that `alone` can match. */
const aloneEnd = new Set(Array.from("有项下是剩yn的了为指在"));

function aloneDeniedAt(text: string, at: number): boolean {
  aloneDenied.lastIndex = at;
  return aloneDenied.test(text);
}

/** The character before a label, skipping blanks, quotes and brackets. */
function inkBefore(text: string, start: number): string {
  for (let at = start - 1; at >= Math.max(0, start - 5); at--) {
    const char = text.charAt(at);
    if (!" \t(\"'*".includes(char)) return char;
  }
  return "";
}

/** The last characters that `clauseStart` can match. */
const clauseStartEnd = new Set(
  Array.from(" \t\n,。;:、(是为属——-均都用法述断故此以项写得音也就应可接部皆则义思意旨"),
);

/** 表达正确, 逻辑混乱: a noun between the start of the clause and the verdict. */
const nounStart =
  /(?:^|[\s,。;:、(])(?![^\s,。;:、(]*[不没无非未是否能要可必])[\p{Script=Han}]{2,3}$/u;

const clauseStart =
  /(?:^|[\s,。;:、(是为属——-]|均|都|使用|运用|含义|意思|题意|主旨|用法|说法|书写|写法|写得|读音|拼写|也|就|应|可|可以|直接|全部|皆|则|表述|叙述|描述|故|因此|所以|该项|此项|本项|选项)$/;

function closingWord(segment: string): Word | null {
  let last: Word | null = null;
  closing.lastIndex = 0;
  for (let match = closing.exec(segment); match !== null; match = closing.exec(segment)) {
    const before = segment.charAt(match.index - 1);
    const start = segment.slice(Math.max(0, match.index - 4), match.index);
    const starts = before === "" || clauseStartEnd.has(before) ? clauseStart.test(start) : false;
    if (!starts && !nounStart.test(start)) continue;
    // 单位也没有问题 after a verdict is about something else.
    if (last === null || !/问题|毛病/.test(match[0])) last = wordOf(match);
  }
  return last;
}

function wordOf(match: RegExpExecArray | RegExpMatchArray): Word {
  const phrase = match[1] ?? match[2] ?? match[3] ?? match[0];
  if (match[1] !== undefined) return { phrase, scale: "picked", value: false };
  if (match[2] !== undefined) return { phrase, scale: "picked", value: true };
  return { phrase, scale: "truth", value: match[3] === undefined };
}

/**
 * The options chosen by the verdicts, or null where they do not decide. `several` allows more than one.
 * Where the number of options is known, ruling out all but one chooses that one by elimination.
 */
export function chosenBy(
  { truth, picked }: OptionVerdicts,
  labels: Labels,
  stem: Stem,
  several: boolean,
): { readonly letters: readonly string[]; readonly why: string } | null {
  const yes = keysOf(picked, true);
  if (yes.length > 0 && (several || yes.length === 1)) return { letters: yes, why: "verdicts" };
  const wanted = stem !== "wrong";
  const fitting = keysOf(truth, wanted).filter((letter) => picked.get(letter) !== false);
  const others = [...new Set([...keysOf(truth, !wanted), ...keysOf(picked, false)])];
  const seen = new Set([...truth.keys(), ...picked.keys()]);
  if (several && fitting.length > 0 && seen.size >= 2) return { letters: fitting, why: "verdicts" };
  if (!several && fitting.length === 1 && (stem !== "not" || others.length > 0)) {
    return { letters: fitting, why: "verdicts" };
  }
  const oddOneOut = others.length === 1 && fitting.length >= 2 && truth.size === seen.size;
  if (!several && oddOneOut && (stem === "unknown" || stem === "not")) {
    return { letters: others, why: "verdicts" };
  }
  const left = labels.list.filter((letter) => !others.includes(letter));
  const eliminated =
    labels.known && fitting.length === 0 && others.length === labels.list.length - 1;
  return eliminated && left.length === 1 ? { letters: left, why: "elimination" } : null;
}

function keysOf(map: ReadonlyMap<string, boolean>, value: boolean): string[] {
  const keys: string[] = [];
  for (const [letter, each] of map) if (each === value) keys.push(letter);
  return keys.length < 2 ? keys : keys.toSorted();
}
