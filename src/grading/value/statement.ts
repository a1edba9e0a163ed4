import { quotedIn, withoutGloss, withoutQuotes } from "./gloss.ts";

const conclusive =
  /^[\s>#*_~•·\-–—∴]{0,12}(?:综上(?:所述)?|综合(?:来看|以上)?|总之|总的来说|总而言之|由此(?:可见|可知|得出)?|因此|所以|因而|可见|可知|故而?|于是|从而|显然|也就是说|换句话说|即|那么|thus|therefore|hence|so|in conclusion|overall)[,，:：、\s]*/iu;
const copula =
  /(?:(?<![但于总可要或还不凡像])是(?!否(?!\s*[。.]?$)|非(?!洲)|不是|的[。.]?$)|(?<!^\s*|[因认作行以])为(?!了|什么|何|止)|叫[做作]?(?!什么)|写[作成为]|等于|读作|得到|填入?|输出|打印出?|显示|返回|改[为成]|换成|变成|成为|成了|属于|选择?|(?<!\d)[:：](?!\d)|(?<=\D\s?)[:：](?=\s?\S)|(?:\b(?:is|are|was|equals)\b)|[=＝→])\s*/gu;
const negation = /(?:不|没|并非|未必|非|无法|\bnot)\s*$/u;
const hedge =
  /可能|也许|或许|大概|说不定|不太?确定|不能确定|难以确定|无法(?:确定|判断|得知)|不清楚|不知道|(?:无法|不能|不便|难以)(?:回答|提供|给出|作答)|抱歉|对不起|没有足够|\b(?:cannot|can't|unable|sorry)\b|\b(?:maybe|perhaps|probably|possibly|not sure)\b/iu;
const pronoun =
  /^(?:它|他|她|这|该|此|其|也|而且|同时|并且|另外|其中|意思|意为|比喻|出自|it\b|this\b)/iu;

const adversative = /^\s*(?:但是?|不过|然而|而(?!且)|实际上|其实|现在|but\b)/iu;

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
  return (hole === null ? stated : [hole, ...stated]).flatMap(forms);
}

/** Anything longer states no answer, and its clauses would be compared again and again. */
const longestSentence = 400;

/** The text as it stands, and without a remark in brackets, quotes and the words around a quotation. */
export function forms(text: string): readonly string[] {
  if (text.length > longestSentence) return [text.trim()];
  const bare = withoutQuotes(text).replace(/(?<=^(?:是|对|错|不是))的$/u, "");
  const quoted = /^\s*(?:[“「『"《]|\*\*)/u.test(text) ? quotedIn(text).slice(0, 1) : [];
  return [...new Set([...quoted, bare, withoutGloss(text)])].filter((each) => each !== "");
}

/** Of 不是A，而是B the right side, of 是B，而不是A the left one. */
export function chosenSide(text: string): string {
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

type Predicate = { readonly subject: string; readonly predicate: string };

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
    if (/[\p{L}\p{N}½√×✓✗]/u.test(predicate)) last = { subject, predicate };
  }
  return last;
}

/** What follows the copula; what stands before it where the rest only repeats the question (西安是陕西省的省会). */
function sidesOf({ subject, predicate }: Predicate, question: string): readonly string[] {
  const repeats = share(predicate, question) >= 0.75 && predicate.length >= 3;
  const before = subject
    .replace(/(?:应该?|应当|就|便|则|正|才|只有|其实)+$/u, "")
    .replace(/^只有/u, "")
    .trim();
  return repeats && before !== "" && share(before, question) < 0.5 ? [before] : [predicate];
}

const weight = (clause: string, question: string): number =>
  (conclusive.test(clause) ? 4 : 0) +
  (adversative.test(clause) ? 3 : 0) +
  share(clause, question) -
  (pronoun.test(clause.trim()) ? 2 : 0);

/** The share of a text's pairs of characters that the question has too. */
function share(text: string, question: string): number {
  const pairs = pairsOf(text);
  const known = new Set(pairsOf(question));
  return pairs.length === 0 ? 0 : pairs.filter((pair) => known.has(pair)).length / pairs.length;
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
  const count = (pattern: RegExp): number => before.match(pattern)?.length ?? 0;
  return (
    count(/[“「『《(（]/gu) > count(/[”」』》)）]/gu) ||
    count(/"/g) % 2 === 1 ||
    count(/\*\*/g) % 2 === 1
  );
}

const questionWord =
  /谁|哪里|哪儿|何处|哪(?:[一二两三四五六几]?(?:个|位|座|条|句|首|种|类|年|月|天|部|本|家|支|项|名|些|只|款|间)(?:人|城市|国家|字|词|人物|颜色)?)?|什么(?:时间|时候|地方|名字|颜色|字|词|年|元素|节气)?|几(?:点(?:几分)?|月几[日号]|室|件|个|天|岁|行|种)?|多少(?:天|元|个|人|件)?/u;

/** 海报由谁设计 answered by 海报由周岚设计: what stands between the question's words. */
function inPlaceOfQuestionWord(text: string, question: string): string | null {
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
  for (let left = Math.min(4, before.length); left >= 0; left--) {
    for (let right = after.length; right >= 1; right--) {
      if (left + right < 2 || (left === 0 && (right < 3 || right < after.length))) continue;
      const filled = between(letters, before.slice(before.length - left), after.slice(0, right));
      if (filled !== null) return filled;
    }
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
