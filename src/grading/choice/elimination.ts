import type { Group } from "./group.ts";
import type { Labels } from "./question/labels.ts";
import type { ChoiceReading, Found } from "./reading.ts";

import { mentions } from "./group.ts";

const positive =
  /^[ )*”"]{0,4}(?:选?项|三[项者个种]|两[项者个]|[三两]种?[^,。\n]{0,4})?(?:的)?(?:说法|做法|回应|表述|选项)?[ ]?(?:都|均|全|皆|也)?(?:是|有|很|比较)?(?:对|正确|符合|合适|恰当|可以|可能|可选|当选|有道理|道理|合理|成立|可行|right|correct)/i;
const together = /都|均|全部?|皆|没有?一[个项种条]|无一|三[项者个种]|\bare\b|\ball\b|[:：]?$/;

/**
 * All options but one share what is said of them, so the one that is left is the odd one out: A、B、D 都不是首都. Not where
 * what they share is that they fit.
 */
export function leftOver(reading: ChoiceReading): Found | null {
  const { text, labels, several, stem } = reading;
  if (several || !labels.known || labels.list.length < 3) return null;
  const groups = mentions(text, labels);
  const named = new Set(groups.flatMap(({ letters }) => letters));
  const rejected = rejectedTogether(text, groups, labels.list.length - 1);
  if (rejected !== null && stem === "right")
    return {
      letters: labels.list.filter((each) => !rejected.has(each)),
      why: "left over",
      doubtful: true,
    };
  if (named.size === labels.list.length - 1 && stem === "right" && restFits.test(text))
    return {
      letters: labels.list.filter((each) => !named.has(each)),
      why: "left over",
      doubtful: true,
    };
  const apart =
    rejected === null
      ? (setApart(text, groups, labels) ??
        (stem === "not" ? contrasted(text, groups, labels) : null))
      : null;
  if (apart !== null) return { letters: [apart], why: "set apart", doubtful: true };
  const group = groups.find(({ letters }) => letters.length === labels.list.length - 1);
  if (group === undefined || named.size !== labels.list.length - 1 || group.hedged) return null;
  const after = text.slice(group.end, group.end + 40);
  const before = text.slice(Math.max(0, group.start - 24), group.start);
  const fits =
    positive.test(after) ||
    (/(?:正确|符合|合适|恰当|应选|答案)[^,。\n错不]{0,8}$/.test(before) && !/错|不/.test(before));
  if (fits && stem !== "wrong" && stem !== "not") return null;
  if (/可能|也许|或许|不确定|犹豫|之间/.test(after + before)) return null;
  if (!together.test(after) && !/[是为有:：][ (]{0,2}$/.test(before)) return null;
  const left = labels.list.filter((label) => !named.has(label));
  return { letters: left, why: "left over", doubtful: true };
}

const lumped =
  /没有?一[个项种条]|无一|(?:都|均|皆|全(?:部|是)?)(?!不|没|未|非|无|要选|选|符合|正确|对)|\ball\b(?! (?:correct|right|true|fit))/;

/** A sentence says one thing of all options but one, which is spoken of apart: 韩愈、苏轼都在其中，李清照不在. */
function setApart(text: string, groups: readonly Group[], { list }: Labels): string | null {
  const all = new Set(groups.flatMap(({ letters }) => letters));
  if (all.size !== list.length || groups.some(({ hedged }) => hedged)) return null;
  let named = new Set<string>();
  let from = 0;
  for (const [index, { letters, start, end }] of groups.entries()) {
    if (sentenceEnd.test(text.slice(from, start))) named = new Set();
    for (const letter of letters) named.add(letter);
    from = end;
    if (named.size !== list.length - 1) continue;
    const rest = text.slice(end, groups[index + 1]?.start ?? text.length).slice(0, 80);
    if (lumped.test(rest.split(sentenceEnd)[0] ?? ""))
      return list.find((label) => !named.has(label)) ?? null;
  }
  return null;
}

/** All others are spoken of before, and the last one is set against them: C 则出自巴金之手. */
function contrasted(text: string, groups: readonly Group[], { list }: Labels): string | null {
  const last = groups.at(-1);
  const [letter, second] = last?.letters ?? [];
  if (last === undefined || letter === undefined || second !== undefined) return null;
  const before = new Set(groups.slice(0, -1).flatMap(({ letters }) => letters));
  if (before.has(letter) || before.size !== list.length - 1) return null;
  return /^[ )”"*]{0,3}(?:选?项)?(?:则|却|倒|反而)/.test(text.slice(last.end, last.end + 10))
    ? letter
    : null;
}

const sentenceEnd = /[。;!?\n]|\.(?= |$)/;

/** 只有剩下的那句真正…. */
const restFits =
  /(?:剩下|余下|剩余)的?(?:那?一?[个句项条种]|选项|回应|说法)?(?:才|最|真正|就?是(?![不错])|符合|正确|对|合适)/;

const allRejected =
  /(?:都|均|皆|全)(?:是|属于)?(?:不(?:可取|合适|恰当|妥|对|正确|行|合理|应|能|符|属于|是)|错误?|有误|排除|没有|缺乏|有语病|有问题)/;

/** The options that one sentence takes one by one and rejects at its end: A 违法、D 侵权、C 消极，都不可取. */
function rejectedTogether(
  text: string,
  groups: readonly Group[],
  count: number,
): ReadonlySet<string> | null {
  const all = new Set(groups.flatMap(({ letters }) => letters));
  const last = groups.at(-1);
  if (all.size !== count || last === undefined || groups.some(({ hedged }) => hedged)) return null;
  return allRejected.test(text.slice(last.end, last.end + 40)) ? all : null;
}

/** What is said for an option, though it has words of denial in it. */
const praise =
  /缺了[^,。;]{0,4}(?:就|便)?[^,。;]{0,8}(?:不|没)[^,。;]{0,3}|(?:离不开|少不了|不可(?:或缺|缺少?|少))|没有?(?:语病|错误?|问题|毛病|偏见|不妥)|无(?:误|语病|错|问题)|不错|[全都]对|不含|值得|可取(?<!不可取)|(?<![不非])合法|(?<!不)合(?:理|适|规)|(?<!不)(?:正确|恰当|妥当|得[体当]|通顺)/;
const fault =
  /违法|违规|违背|侵犯|侵权|消极|被动|过度|敷衍|冷漠|推诿|推卸|过于|太|片面|绝对化?|夸大|偏[见颇激离]|曲解|混淆|颠倒|遗漏|应[改写]?为|应是|应作|缺(?!了|一不可)|失当|滥用|残缺|不当|重复|赘余|矛盾|歧义|杂糅|语病|望文生义|张冠李戴|错|误|问题|不[^错久断仅但管论]|没有?|无(?!疑|论)|非(?!常)|未|仅仅|只是|而已|危险|诈骗|歧视|刻板|bias|wrong|incorrect|\bnot\b|n't|\bno\b|fails?\b/i;

/** 矩形才有 in brackets: what only others have. */
const othersOnly =
  /\([^()]{0,20}\p{Script=Han}(?<![这那此它样])才(?:会|可能)?(?:有|具有|具备|成立|满足|适用)[^()]{0,4}\)/u;

/** A reason in brackets right after a label that speaks against it: A（矩形才有）, B（表述不完整）. */
export function isFaultedBy(text: string, end: number): boolean {
  const reason =
    /^[ )”"]{0,2}(?:选?项)?[ ]?(\([^()\n]{2,40}\))/.exec(text.slice(end, end + 48))?.[1] ?? "";
  return othersOnly.test(reason) || fault.test(reason.replaceAll(new RegExp(praise, "g"), ""));
}

/** Every option is spoken of, and all but one have a fault: A 缺少主语，C 否定不当，D 搭配不当，B 通顺. */
export function unfaulted({ text, labels, several, stem }: ChoiceReading): Found | null {
  if (several || stem !== "right" || !labels.known || text.length > 1_200) return null;
  if (labels.list.length < 3) return null;
  const groups = mentions(text, labels);
  const faulted = new Map<string, boolean>();
  const praised = new Set<string>();
  for (const [index, { letters, end }] of groups.entries()) {
    const words = (
      text.slice(end, groups[index + 1]?.start ?? text.length).split(/\n\s*\n/)[0] ?? ""
    ).slice(0, 160);
    if (!/\p{L}{2}/u.test(words)) continue;
    const bad = othersOnly.test(words) || fault.test(words.replaceAll(new RegExp(praise, "g"), ""));
    for (const letter of letters) {
      faulted.set(letter, bad);
      if (!bad && praise.test(words)) praised.add(letter);
    }
  }
  const clean = labels.list.filter((letter) => faulted.get(letter) === false);
  const lauded = clean.filter((letter) => praised.has(letter));
  const good = lauded.length === 1 ? lauded : clean;
  const left = labels.list.filter((letter) => !faulted.has(letter));
  if (good.length === 0 && left.length === 1)
    return { letters: left, why: "all others have faults", doubtful: true };
  return faulted.size === labels.list.length && good.length === 1
    ? { letters: good, why: "only one without fault", doubtful: true }
    : null;
}
