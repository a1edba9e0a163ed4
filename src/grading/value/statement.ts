import { quotedIn, withoutGloss, withoutQuotes } from "./gloss.ts";

const conclusive =
  /^[\s>#*_~•·\-–—∴]{0,12}(?:综上(?:所述)?|综合(?:来看|以上)?|总之|总的来说|总而言之|由此(?:可见|可知|得出)?|因此|所以|因而|可见|可知|故而?|于是|从而|显然|也就是说|换句话说|即|那么|thus|therefore|hence|so|in conclusion|overall)[,，:：、\s]*/iu;
const copula =
  /(?:(?<![但于总可要或还不凡像])是(?!否(?!\s*[。.]?$)|非(?!洲)|不是|的[。.]?$)|(?<!^\s*|[因认作行以])为(?!了|什么|何|止)|叫[做作]?(?!什么)|写[作成为]|等于|读作|得到|填入?|接(?=[“"「])|输出|打印出?|显示|返回|改(?:[为成到至在]|期到)?|换成|变成|成为|成了|属于|出自|源自|语出|见于|载于|选择?|(?<!\d\s?)[:：]|[:：](?!\s?\d)|(?:\b(?:is|are|was|equals)\b)|[=＝])\s*/gu;
const negation = /(?:不|没|并非|未必|非|无法|不(?:能|可|要|该|应)[说算当写叫]?|\bnot)\s*$/u;
const hedge =
  /可能|也许|或许|大概|说不定|不是.{1,12}就是|不太?确定|不能确定|难以确定|无法(?:确定|判断|得知)|不清楚|不知道|(?:无法|不能|不便|难以)(?:回答|提供|给出|作答)|抱歉|对不起|没有足够|\b(?:cannot|can't|unable|sorry)\b|\b(?:maybe|perhaps|probably|possibly|not sure)\b/iu;
const pronoun =
  /^(?:它|他|她|这|该|此|其|也|而且|同时|并且|另外|其中|意思|意为|比喻|出自|it\b|this\b)/iu;

/** Names what was told before: 这就是“负荆请罪”. */
const summary =
  /(?:^|[，,。；;\s])(?:这里?|此|讲的|说的)(?:也?就|便|正|即)?是[“"「『《]([^”"」』》\n]{1,24})[”"」』》](?=\s*(?:[。！!，,；;]|$))/u;

/** What a text that names what it told (这就是“负荆请罪”) calls it at last, or null. */
export const namedAtLast = (text: string): string | null =>
  Array.from(text.slice(-longestSentence).matchAll(new RegExp(summary, "gu"))).at(-1)?.[1] ?? null;

const adversative =
  /^\s*(?:但是?|不过|然而|而(?!且)|实际上|其实|现在|but\b)|(?:其实|实际上?|真正的?[^，,]{0,12})(?:应该?|应当)?[是为]/iu;

export const isHedged = (text: string): boolean => hedge.test(text);

/** Without 所以，, 因此 and their like at its head. */
export const withoutConclusive = (text: string): string => {
  let rest = text.trim();
  for (let round = 0; round < 3; round++) rest = rest.replace(conclusive, "");
  return rest;
};

/**
 * What a sentence says that the answer is, the likeliest first: behind its copula, in the place of the question's
 * question word, or before a copula where what follows only repeats the question. Empty where it says nothing or is unsure.
 */
export function statedIn(sentence: string, question: string): readonly string[] {
  if (sentence.length > longestSentence) return [];
  const text = chosenSide(withoutConclusive(sentence));
  if (isHedged(text)) return [];
  const hole = inPlaceOfQuestionWord(text, question);
  const [clause] = clausesOf(text)
    .map((each, at) => ({ each, found: predicateOf(each), at }))
    .filter(({ found }) => found !== null)
    .toSorted((a, b) => weight(b.each, question) - weight(a.each, question) || b.at - a.at);
  const found = clause?.found ?? null;
  const stated = found === null ? [] : sidesOf(found, question);
  const modified = (hole === null ? stated : [hole, ...stated]).flatMap((each) => [
    ...(/的([^的]{2,12})$/u.exec(withoutGloss(each))?.slice(1) ?? []),
    ...(/^(.{2,20})(?:举行|召开|举办|进行|开会|集合|见面)$/u.exec(withoutGloss(each))?.slice(1) ??
      []),
  ]);
  return [...(hole === null ? stated : [hole, ...stated]), ...modified].flatMap(forms);
}

/** Anything longer states no answer, and its clauses would be compared again and again. */
const longestSentence = 400;

/** The text as it stands, and without a remark in brackets, quotes and the words around a quotation. */
export function forms(text: string): readonly string[] {
  if (text.length > longestSentence) return [text.trim()];
  const bare = withoutQuotes(text)
    .replace(/^(?:≈|约(?:等于|为|是)?|大约(?:为|是)?)\s*(?=[\d.])/u, "")
    .replace(/(?<=^(?:是|对|错|不是))的$/u, "")
    .replace(/(?<=^\p{Script=Han}{2,8})(?:之手|的?手笔|的笔下)$/u, "");
  const plain = bare.replace(/(?<=.)[啦哦呀喔哟咯喽嘛][～~!！。]*$|(?<=.)[～~]+$/u, "");
  const named = characterOfWord(text);
  if (named !== null) return [named, bare];
  const spans = quotedIn(text);
  const quoted =
    /^[^（(不非“「『"《*，。—]*(?:[“「『"《]|\*\*)/u.test(text) &&
    (spans.length === 1 || standsFirst.test(text)) &&
    !toldOf.test(text)
      ? spans.slice(0, 1)
      : [];
  return [...new Set([...quoted, bare, withoutGloss(text), plain])].filter((each) => each !== "");
}

/** A quotation at the head that no word follows at once: “匕首”，见于《史记》. */
const standsFirst =
  /^\s*(?:[“「『"《][^”」』"》\n]{1,80}[”」』"》]|\*\*[^*\n]{1,80}\*\*)\s*(?:[^\p{L}\p{N}“「『"《]|$)/u;

/** The character that a text names by words that it stands in, or null. */
export function characterOfWord(text: string): string | null {
  const [, words = "", inQuotes, beside] = ofWord.exec(text) ?? [];
  const named = inQuotes ?? beside ?? "";
  return named !== "" && words.includes(named) ? named : null;
}

/** What is quoted is explained and not given: “推敲”的由来. */
const toldOf =
  /^[^“「『"《]*[“「『"《][^”」』"》\n]{1,24}[”」』"》]\s*(?:一词|一语)?的?(?:由来|来历|来源|出处|意思|含义|道理|寓意)/u;

/** “束缚”“花束”的“束”字: the words only tell which character is meant. */
const ofWord =
  /^\s*((?:[“"「『][\p{Script=Han}]{2,8}[”"」』][、和与或]?){1,4})(?:中|里面?)?的?(?:那个|这个|那一个)?(?:[“"「『](\p{Script=Han})[”"」』](?:这个)?字?|(\p{Script=Han})字?)[。.！!]?\s*$/u;

/** Of 不是A，而是B the right side, of 是B，而不是A the left one. */
export function chosenSide(text: string): string {
  if (!/不是|并非|而非|不为|应该?是|rather than|not/u.test(text)) return text;
  const after =
    /(?:不是|并非|不为|不应该?是)[^，,。]{1,60}[，,]\s*(?:而(?:应该?)?是|应该?是|是)\s*(.+)$/u.exec(
      text,
    )?.[1];
  if (after !== undefined) return `是${after}`;
  return text.replace(
    /(?<=\S)[，,]?\s*(?:而不是|而非|并非|不是|rather than|not)\s?[^，,。]{1,60}[。.]?$/u,
    (tail, at: number) =>
      /(?:是|为|[:：=])/u.test(text.slice(0, at)) || /^[，,]/u.test(tail) ? "" : tail,
  );
}

type Predicate = {
  readonly subject: string;
  readonly predicate: string;
  /** Behind a colon or an equals sign, which turn no sentence round. */
  readonly bySign: boolean;
};

function predicateOf(clause: string): Predicate | null {
  let last: Predicate | null = null;
  let end = -1;
  let before = "";
  for (const match of clause.matchAll(copula)) {
    // 是为有源头活水来: what follows a copula at once is no second one.
    const repeated =
      match.index === end && /^[是为:：=＝]\s*$/u.test(before) && !/[:：=＝]/.test(match[0]);
    end = match.index + match[0].length;
    before = match[0];
    if (repeated) continue;
    const subject = clause.slice(0, match.index);
    const predicate = clause.slice(match.index + match[0].length).trim();
    if (isInsideQuotes(subject) || negation.test(subject)) continue;
    if (/[\p{L}\p{N}½√×✓✗]/u.test(predicate))
      last = { subject, predicate, bySign: /^[:：=＝]/.test(match[0]) };
  }
  return last;
}

/** What follows the copula; what stands before it where the rest only repeats the question (西安是陕西省的省会). */
function sidesOf({ subject, predicate, bySign }: Predicate, question: string): readonly string[] {
  const asked = share(predicate, question);
  const before = subject
    .replace(
      /(?:应该?|应当|就|便|则|正|才|只有|其实|当选|担任|出任|就任|被(?:任命|选|推选))+$/u,
      "",
    )
    .replace(/^只有/u, "")
    .trim();
  const isNew = !bySign && before !== "" && share(before, question) < 0.34 && predicate.length >= 3;
  if (asked >= 0.75 && isNew) return [before];
  return asked >= 0.5 && isNew ? [before, predicate] : [predicate];
}

const weight = (clause: string, question: string): number =>
  (conclusive.test(clause) ? 4 : 0) +
  (adversative.test(clause) ? 3 : 0) +
  share(clause, question) -
  (pronoun.test(clause.trim()) ? (summary.test(clause) ? -3 : 2) : 0) -
  (former.test(clause) ? 3 : 0);

/** What was so before: 原为周四，后改周五. */
const former = /原(?:来|本|定|先|为|是|计划|名)|曾|本来|起初|以前|先前|误以为/u;

/** The share of a text's pairs of characters that the question has too. */
export function share(text: string, question: string): number {
  const pairs = pairsOf(text);
  const known = knownPairs(question);
  return pairs.length === 0 ? 0 : pairs.filter((pair) => known.has(pair)).length / pairs.length;
}

let lastQuestion: { readonly text: string; readonly pairs: ReadonlySet<string> } | null = null;

/** Every sentence of a reply is compared with the same question. */
function knownPairs(question: string): ReadonlySet<string> {
  if (lastQuestion?.text !== question) {
    lastQuestion = { text: question, pairs: new Set(pairsOf(question)) };
  }
  return lastQuestion.pairs;
}

const pairsOf = (text: string): readonly string[] => {
  const letters = Array.from(text.matchAll(/[\p{L}\p{N}]/gu), ([char]) => char);
  return letters.slice(1).map((char, at) => `${letters[at]}${char}`);
};

function clausesOf(text: string): readonly string[] {
  const clauses: string[] = [];
  let from = 0;
  for (const match of text.matchAll(/[，,；;](?!\d{3})/gu)) {
    if (isInsideQuotes(text.slice(from, match.index))) continue;
    clauses.push(text.slice(from, match.index));
    from = match.index + 1;
  }
  return [...clauses, text.slice(from)];
}

function isInsideQuotes(before: string): boolean {
  if (!/[“「『《(（{["*`]/u.test(before)) return false;
  const count = (pattern: RegExp): number => before.match(pattern)?.length ?? 0;
  return (
    count(/[“「『《(（{[]/gu) > count(/[”」』》)）}\]]/gu) ||
    count(/"/g) % 2 === 1 ||
    count(/\*\*/g) % 2 === 1 ||
    count(/`/g) % 2 === 1
  );
}

const questionWord =
  /谁|哪里|哪儿|何处|哪(?:[一二两三四五六几]?(?:个|位|座|条|句|首|种|类|年|月|天|部|本|家|支|项|名|些|只|款|间)(?:人|城市|国家|字|词|人物|颜色)?)?|什么(?:时间|时候|地方|名字|颜色|字|词|年|元素|节气)?|几(?:点(?:几分)?|月几[日号]|室|件|个|天|岁|行|种)?|多少(?:天|元|个|人|件)?/u;

/** 海报由谁设计 answered by 海报由周岚设计: what stands between the question's words. */
export function inPlaceOfQuestionWord(text: string, question: string): string | null {
  const asked = question.split(/[。！!\n]/u).findLast((each) => questionWord.test(each)) ?? "";
  const match = questionWord.exec(asked);
  if (match === null) return null;
  const before = lettersAtEnd(asked.slice(0, match.index));
  const rest = asked.slice(match.index + match[0].length);
  const following = /^[\p{L}\p{N}]{0,8}/u.exec(rest)?.[0] ?? "";
  // 是哪个湖？: the noun belongs to the answer.
  const isNoun =
    following.length <= 2 && following.length === rest.replace(/[？?\s]+$/u, "").length;
  const after = isNoun && /^(?:哪.{0,2}|什么)$/u.test(match[0]) ? "" : following;
  const letters = text.replaceAll(/[\s“”"「」*]/gu, "");
  if (/谁|作者|何人|哪位|哪个人/u.test(asked)) {
    const agent = doer.exec(letters)?.[1] ?? subjectOf(letters, asked);
    if (agent !== undefined && agent !== null) return agent;
  }
  if (after === "") return behind(letters, before);
  for (let left = Math.min(4, before.length); left >= 0; left--) {
    for (let right = after.length; right >= 1; right--) {
      if (left + right < 2 || (left === 0 && (right < 3 || right < after.length))) continue;
      const filled = between(letters, before.slice(before.length - left), after.slice(0, right));
      if (filled !== null) return filled;
    }
  }
  return null;
}

/** 谁把花瓶打碎了 answered by 小刚打碎了花瓶: the head of the sentence whose rest the question has. */
function subjectOf(text: string, asked: string): string | null {
  const clause = /(?:^|[，,。；;：:]|是)([\p{Script=Han}]{4,24})[。.！!]?$/u.exec(text)?.[1];
  if (clause === undefined) return null;
  for (let length = 2; length <= 4; length++) {
    const [head, rest] = [clause.slice(0, length), clause.slice(length)];
    const isAsked = Array.from(rest.slice(0, 1)).every((char) => asked.includes(char));
    if (rest.length >= 3 && isAsked && share(rest, asked) >= 0.6 && share(head, asked) === 0)
      return head;
  }
  return null;
}

/** 由王勃所作 */
const doer =
  /(?<![自理])由([^，,。由于]{1,12}?)(?:所[作写著创建造画编]|创作|编[写著]|撰写|执笔|负责|主持|担任|设计|发明|建造|提出|领导|主编|绘制|谱曲)/u;

/** 姓什么 answered by 姓范: what follows the words before the question word, to the end of the clause. */
function behind(text: string, before: string): string | null {
  for (let left = Math.min(4, before.length); left >= 1; left--) {
    const words = before.slice(before.length - left);
    if (left === 1 && !/[姓字号属叫名用在选填]/u.test(words)) return null;
    const at = text.lastIndexOf(words);
    if (at < 0) continue;
    const said = /^[^，,。；;：:？?！!]{1,24}/u.exec(text.slice(at + words.length))?.[0] ?? null;
    return said === null || /^[的不了过]|什么|哪/u.test(said) ? null : said;
  }
  return null;
}

const lettersAtEnd = (text: string): string => /[\p{L}\p{N}]*$/u.exec(text)?.[0] ?? "";

function between(text: string, left: string, right: string): string | null {
  const end = text.lastIndexOf(right);
  if (end <= 0 || text.startsWith("的", end + right.length)) return null;
  const start = left === "" ? -1 : text.lastIndexOf(left, end - 1);
  if (left !== "" && start < 0) return null;
  const from =
    left === ""
      ? (/[，,。；;:：](?=[^，,。；;:：]*$)/u.exec(text.slice(0, end))?.index ?? -1) + 1
      : start + left.length;
  const filled = text
    .slice(from, end)
    .replace(/^(?:应该?|应当|就|将|会)?(?:由|是|在|于|让)?/u, "")
    .replace(/(?:来|去|负责|的时候|才|就|会)$/u, "");
  return filled === "" || filled.length > 24 || /[，,。；;]|不/u.test(filled) ? null : filled;
}
