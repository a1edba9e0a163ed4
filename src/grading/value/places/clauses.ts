import { quotedIn } from "../gloss.ts";
import { asked, share } from "./asked.ts";
import { concludes, conclusive } from "./concluding.ts";
import { isDenied } from "./denied.ts";
import { chosenSide, isHedged, isPlaceAsked, longestSentence, summary } from "./forms.ts";
import { isOtherAgent } from "./question-word.ts";

/** A clause of a sentence, and how likely it is the one that answers the question. */
export type Clause = {
  readonly text: string;
  /** What its opening words, or those of a clause before it, add to its weight. */
  readonly base: number;
  readonly weight: number;
};

/** The clauses of a sentence in order. What 所以 or 其实 begins goes on behind the comma. */
export function weighed(sentence: string, question: string): readonly Clause[] {
  if (sentence.length > longestSentence) return [{ text: sentence, base: 0, weight: 0 }];
  const { owner, nouns } = asked(question);
  let carried = 0;
  let owned = false;
  return assertions(chosenSide(sentence), question).map((text) => {
    const base = Math.max(openingOf(text), carried);
    carried = base * 0.75;
    // 小林在泉州工作，家乡却在龙岩: whose it is goes on from the clause before.
    const goesOn = owned && nouns.some((noun) => text.trimStart().startsWith(noun));
    owned ||= owner !== null && text.includes(owner);
    return { text, base, weight: base + ownWeight(text, question) + (goesOn ? 1.5 : 0) };
  });
}

/** The clauses, with one that only says that the one before it is what was asked (《狂人日记》，是他的第一篇小说) joined to it. */
function assertions(sentence: string, question: string): readonly string[] {
  const joined: string[] = [];
  const { terms } = asked(question);
  for (const clause of clausesOf(sentence.replaceAll(parenthetic, " "))) {
    const before = joined.at(-1);
    const said = /^\s*(?:这|它|他|她|此)?(?:也?就|便|也|正|即)?[是为](?<said>.{2,})$/u.exec(clause)
      ?.groups?.["said"];
    const isSaidOf = said !== undefined && share(said, question) >= 0.5;
    // 公认的“书圣”，还是王羲之: the clause before is only what is spoken of.
    const isTopic =
      before !== undefined &&
      topical.test(clause) &&
      share(before, question) >= 0.2 &&
      !/[是为叫](?!了)/u.test(before);
    const isRelative =
      relative.test(clause) ||
      (called.test(clause) && terms.some((term) => term.length > 1 && clause.includes(term)));
    // 小何关了灯，最后一个离开: what was asked is said of the clause before.
    const isPredicate =
      isPredicateOf(clause, question) && before !== undefined && !isPredicateOf(before, question);
    if (before === undefined || !(isSaidOf || isTopic || isRelative || isPredicate))
      joined.push(clause);
    else joined[joined.length - 1] = `${before}，${clause}`;
  }
  return joined;
}

const isPredicateOf = (clause: string, question: string): boolean =>
  /^\s*\p{Script=Han}{3,12}[。.！!]?\s*$/u.test(clause) && share(clause, question) >= 0.75;

const relative = /^\s*(?:who|which|whose)\b/iu;
/** …的李逵，人称“黑旋风”. */
const called = /^\s*(?:人称|号称|世称|史称|绰号|外号|被称为?|被誉为|誉为|又名|素有)/u;
const topical =
  /^\s*(?:还|就|正|便|当|要|仍|应该?|应当)?(?:是|为|属|推|数)(?!否)|^\s*(?:莫过于|首推|非)/u;

const parenthetic =
  /\s*,\s*(?:however|by contrast|in contrast|in fact|of course|on the other hand|though|meanwhile)\s*,\s*/giu;

/** Like `weighed`, with the one member of an enumeration that says more of what was asked than all of them. */
export const weighedWithMembers = (sentence: string, question: string): readonly Clause[] =>
  weighed(sentence, question).flatMap((clause) => [
    clause,
    ...membersOf(clause.text, question).map((text) => ({
      text,
      base: clause.base,
      weight: clause.base + ownWeight(text, question),
    })),
  ]);

/** The members of an enumeration that say more of what was asked than all of them: “诗圣”杜甫、“诗仙”李白. */
function membersOf(clause: string, question: string): readonly string[] {
  if (!clause.includes("、") || clause.length > 200) return [];
  const { terms } = asked(question);
  const rank = (text: string): number =>
    share(text, question) + (terms.some((term) => text.includes(term)) ? 1 : 0);
  const members = clause.replace(/^[^、:：]{0,40}[:：]/u, "").split("、");
  const ranks = members.map((member) => rank(member));
  const most = Math.max(...ranks);
  const isOne = ranks.filter((each) => each === most).length === 1;
  return isOne && most > 0 && share(members.join(""), question) < most
    ? members.filter(
        (member, at) =>
          ranks[at] === most && (at > 0 || terms.some((term) => member.includes(term))),
      )
    : [];
}

function openingOf(text: string): number {
  if (conclusive.test(text)) return 5;
  if (concludes(text)) return /正确的/u.test(text) ? 4.5 : 4;
  if (inTruth.test(text)) return 3;
  return adversative.test(text) ? 1.5 : 0;
}

/** The weights of clauses to one question: those of a reply are looked at from several sides. */
const weights = new Map<string, number>();
let weighedFor = "";
const mostWeights = 1_000;

function ownWeight(clause: string, question: string): number {
  if (weighedFor !== question || weights.size >= mostWeights) weights.clear();
  weighedFor = question;
  const weight = weights.get(clause) ?? weigh(clause, question);
  weights.set(clause, weight);
  return weight;
}

/** What speaks for a clause as the answer, and against it. Weights are set by hand on labelled replies. */
function weigh(clause: string, question: string): number {
  const { terms, owner, nouns, behind, verb, ahead, kind, subject } = asked(question);
  const text = clause.trim();
  const own = share(clause, question);
  const has = (part: string | null): boolean => part !== null && clause.includes(part);
  const isNamed = terms.some((term) => term.length > 1 && clause.includes(term));
  const asksWho = who.test(question);
  const evidence: readonly (readonly [boolean, number])[] = [
    [isNamed, owner === null ? 1 : 0.5],
    [has(owner), 1.5],
    [nouns.some((noun) => clause.includes(noun)), 0.5],
    [behind !== null && new RegExp(`${behind}(?![后前时之])`, "u").test(clause), 1],
    [has(verb), 0.5],
    [/^(?:最终|最后|结果)(?!的?[是为])/u.test(text), 0.8],
    [has(ahead), 0.5],
    [has(subject), 0.4],
    [kind !== null && new RegExp(`\\p{Script=Han}${kind}(?:[^\\p{L}]|$)`, "u").test(clause), 0.8],
    [asksWho && agentive.test(clause) && !isOtherAgent(clause, question), 0.8],
    [where.test(question) && locative.test(clause), 0.4],
    [quotesOne(clause, terms), 0.3],
    [naming.test(question) && naming.test(clause), 1],
    [predicative.test(clause), 0.3],
    [asksWho && isOfOther(clause, question), -2],
    [!isNamed && own < 0.2 && contrast.test(clause), -1.5],
    [isOtherOrdinal(clause, question), -4],
    [pronoun.test(text) && summary.test(clause) && !isPlaceAsked(question), 3],
    [pronoun.test(text) && !summary.test(clause) && own < 0.4, -2],
    [former.test(clause), -3],
    [planned.test(clause) && !planned.test(question), -2],
    [step.test(text), -1],
    [restated.test(clause), -3],
    [lost.test(clause) && !lost.test(question), -4],
    [asksWho && isOtherRole(text, question), -1.5],
    [temporal.test(text), -1],
    [another.test(clause) && !another.test(question), -5],
    [belief.test(clause), -5],
    [aside.test(text.replace(/^(?:但是?|而|不过)/u, "")), -3],
    [isDenied(clause) || isHedged(clause), -6],
  ];
  return evidence.reduce((sum, [holds, weight]) => (holds ? sum + weight : sum), own);
}

/** Tells of another matter: 填“刻”则是另一个成语. */
const another = /(?:则|又|那)(?:就|便|才)?[是成为]+了?另外?一?[个种首句位部回]/u;

/** Only says when: 重修岳阳楼后. */
const temporal = /(?:后|时|之前|以前|的时候)$/u;

/** The clause quotes one thing that the question does not. */
const quotesOne = (clause: string, terms: readonly string[]): boolean => {
  const own = quotedIn(clause).filter((each) => !terms.includes(each));
  return own.length === 1;
};

/** Tells of another book than the one that is asked about. */
const isOfOther = (clause: string, question: string): boolean => {
  const books: readonly string[] = question.match(book) ?? [];
  const told: readonly string[] = clause.match(book) ?? [];
  return books.length > 0 && told.length > 0 && !told.some((each) => books.includes(each));
};
const book = /《[^《》]{1,40}》/gu;

/** 收卷的是吴老师 where it was asked who marked the papers. */
const isOtherRole = (clause: string, question: string): boolean => {
  const role = /^([^，,是的]{1,12})的是/u.exec(clause)?.[1];
  return role !== undefined && share(role, question) === 0;
};

const planned = /计划(?!书|生育)|预定|拟于|打算/u;
/** Came off worse: 以一票之差落选. */
const lost =
  /落选|落败|落榜|失利|淘汰|出局|未能|未获|败给|惜败|弃权|无缘|被否|停用|废止|作废|失效|撤销|退役|卸任|离任/u;

const where = /哪里|哪儿|何处|什么地方|[在到]什么/u;
const locative = /[在于到进入][^，,]{1,12}[里中内上下旁]|位于|坐落/u;

const naming = /称[为作之]|称呼|叫[做作]?|名为|名叫|谓之|名称|名字/u;
const predicative = /[是为叫由=＝](?!了)|称作|名曰|谓之|出自|\b(?:is|was|are|were|by)\b/u;

const ordinal = /第[一二三四五六七八九十\d]+/gu;
/** 第二篇才是… where 第一篇 was asked. */
const isOtherOrdinal = (clause: string, question: string): boolean => {
  const found = clause.match(ordinal) ?? [];
  return (
    /第[一二三四五六七八九十\d]/u.test(question) && found.some((each) => !question.includes(each))
  );
};

const adversative = /^\s*(?:但是?|不过|然而|可(?![以能是])|现在|but\b|however\b)/iu;
const inTruth =
  /^\s*(?:(?:但是?|不过|然而|可|而)\s*)?(?:实际上|其实|事实上|actually\b)|(?:其实|实际上?|真正的?[^，,]{0,12})(?:应该?|应当)?[是为]|(?<!刚|方)才(?:是|叫|能|对)/iu;
const pronoun =
  /^(?:它|他|她|这(?!个?意思|[句首道个种里位部条])|该|此(?!处|人|句)|其|也(?!就是)|而且|同时|并且|另外|其中|意思|意为|比喻|出自|it\b|this\b)/iu;

/** Tells of another subject: 张择端则以《金明池争标图》闻名. */
const contrast = /^\s*(?:而|至于)?[^，,]{2,8}则(?!是|为|叫)/u;

/** Words that say who made or did something. */
const agentive =
  /由|出自|作者|之手|笔下|手笔|创作|所[作写著画编]|[写著画绘编撰]的?(?=[《“]|$)|撰写|发明|发现|提出|建造|\bby\b|\bwork of\b/u;
const who = /谁|作者|何人|哪[一两]?位|\bwho\b/iu;

/** What was so before: 原为周四，后改周五. */
const former =
  /本(?:来|是|为)|原(?:来|本|定|先|为|是|计划|名)|曾(?!国藩|巩|子|参)|本来|起初|以前|先前/u;

/** What others hold, or what is easily mistaken for the answer. */
const belief =
  /(?<!可)以为(?!荣|然|戒)|误(?:认|写|读|答|作|选|用|当|解)|(?:有人|不少人|很多人|许多人|人们|有的同学)(?:都|也|会|常|可能|往往|容易)*(?:说|认|觉|答|写|读|选|想|误|脱口|主张|猜)(?!的)|容易(?:写|读|误|错|混|看|当)|(?:不要|别|勿|切勿|不能|不可)(?:写|读|误|填|选|混|看)|^\s*(?:though|although|many|some|people)\b|^\s*an? [a-z]+ (?:[a-z]+ )?of\b|\b(?:such as|like|unlike|including)\b/iu;

/** A sentence that goes on to other matter: 类似地，…; 常见的还有…; 此前获奖的…. */
const besideSentence =
  /^[^\p{L}\p{N}]{0,12}(?:(?:理由|原因|依据)[*_]{0,3}\s*[:：]|另外|此外|顺带|顺便|类似|例如|比如|譬如|又如|再如|举例|与之|与它|与他|同类|相关|拓展|补充|注[:：]|注意|提示|温馨|造句|近义词|反义词|生活中|此前|此后|附|常见的|易混|容易|其他|其它|其余|不要|别[和把忘]|如需|还有|练习|举一反三|赏析|译文|全诗|背景|同样|对比|形近)/u;

/** The weight of a sentence's weightiest clause. */
export const weightOf = (sentence: string, question: string): number =>
  isBeside(sentence) ? -3 : Math.max(...weighed(sentence, question).map(({ weight }) => weight));

export const isBeside = (sentence: string): boolean =>
  besideSentence.test(sentence) || another.test(sentence);

/** Says again what was asked: 题目问的是末句. */
const restated = /(?:问|考查?|要求)的(?:就|便)?是/u;

/** Steps on the way: 先算…, 首先…, 第一步…. */
const step = /^(?:先(?!生|秦|后|知)|首先|第一步|接着|然后|再(?=[加减乘除算往看把]))/u;

/** Words that begin matter beside the answer. */
const aside =
  /^(?:另外|此外|顺便|其次|第二|再者|又|后人|比如|例如|若是?|如果|假如|倘若|要是|即使|虽然|尽管|虽|比(?!喻)|意思|意即|近义词|反义词|相近|类似|同义|论|至于|关于|就.{1,8}[而来]|从.{1,8}来看|if\b)/iu;

/** Cut at commas outside quotes and brackets. */
export function clausesOf(text: string): readonly string[] {
  const clauses: string[] = [];
  let from = 0;
  let seen = 0;
  let marks = noMarks;
  for (const match of text.matchAll(/[，；;]|(?<!\d),|,(?!\d{3})|\s(?:→|⇒|->)\s/gu)) {
    marks = withMarks(marks, text.slice(seen, match.index));
    seen = match.index;
    if (isOpen(marks)) continue;
    clauses.push(text.slice(from, match.index));
    from = match.index + match[0].length;
    seen = from;
    marks = noMarks;
  }
  return [...clauses, text.slice(from)];
}

/** How many marks of each kind a text holds; of brackets how many more open than close. */
type Marks = {
  readonly brackets: number;
  readonly quotes: number;
  readonly bold: number;
  readonly ticks: number;
};

const noMarks: Marks = { brackets: 0, quotes: 0, bold: 0, ticks: 0 };

/** The marks of a text and of the text after it. */
function withMarks(marks: Marks, text: string): Marks {
  if (!/[“「『《(（{["*`”」』》)）}\]]/u.test(text)) return marks;
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return {
    brackets: marks.brackets + count(/[“「『《(（{[]/gu) - count(/[”」』》)）}\]]/gu),
    quotes: marks.quotes + count(/"/g),
    bold: marks.bold + count(/\*\*/g),
    ticks: marks.ticks + count(/`/g),
  };
}

const isOpen = ({ brackets, quotes, bold, ticks }: Marks): boolean =>
  brackets > 0 || quotes % 2 === 1 || bold % 2 === 1 || ticks % 2 === 1;

export const isInsideQuotes = (before: string): boolean => isOpen(withMarks(noMarks, before));
