import { lately } from "../../../text/quantity/lately.ts";
import { quotedIn } from "../gloss.ts";

/** What can be told of the answer from the words of its question. */
export type Asked = {
  /** What the question quotes: 《茶馆》, “龟裂”. */
  readonly terms: readonly string[];
  /** Whose it is that is asked: 林黛玉的居所叫什么. */
  readonly owner: string | null;
  /** What is asked for, the longest first: 首都, 会议室编号. */
  readonly nouns: readonly string[];
  /** The two characters behind the question word: 几点下课. */
  readonly behind: string | null;
  /** What is done, in one character before 了 or 过 and the question word: 买了哪款. */
  readonly verb: string | null;
  /** And before it: 位于甘肃省哪个市. */
  readonly ahead: string | null;
  /** The kind of thing in one character: 哪个海. */
  readonly kind: string | null;
  /** Its first two characters, where it begins with what it asks about: 黄河注入哪个海. */
  readonly subject: string | null;
  readonly pairs: ReadonlySet<string>;
};

const ownerIn = (question: string): string | null =>
  /(?:^|[，,。；;：:》”\s中里])(?!中|里)(\p{Script=Han}{2,6}?)的\p{Script=Han}{1,6}?(?:是|叫|为|在|有)[^，,。]{0,4}(?:什么|谁|哪|多少|几|何)/u.exec(
    question,
  )?.[1] ?? null;

const singleQuoted = (question: string): readonly string[] =>
  Array.from(
    question.matchAll(/(?<![\p{L}])['‘]([^'‘’\n]{2,40})['’](?!\p{L})/gu),
    ([, term = ""]) => term,
  );

let last: { readonly question: string; readonly asked: Asked } | null = null;

/** Every clause of a reply is compared with the same question. */
export function asked(question: string): Asked {
  if (last?.question !== question) {
    const found = {
      terms: [...quotedIn(question), ...singleQuoted(question)].filter((term) => term.length <= 40),
      owner: ownerIn(question),
      nouns: nounsOf(question),
      behind: behindWords.exec(question)?.[1] ?? null,
      verb: verbIn.exec(question)?.[1] ?? null,
      ahead: aheadOfWord.exec(question)?.[1] ?? null,
      kind: kindIn(question),
      subject: subjectOf.exec(question)?.[1] ?? null,
      pairs: new Set(pairsOf(askOf(question))),
    };
    last = { question, asked: found };
  }
  return last.asked;
}

/** The question without its material: what follows 问：, without long quotations. */
export function askOf(question: string): string {
  const from = question.search(/(?:问题?|请问)\s*[：:]/u);
  const asked = from > 12 ? question.slice(from) : question;
  return asked.replaceAll(/[“「"][^”」"\n]{13,}[”」"]/gu, "");
}

/** 哪个海, or 最高的山峰叫什么. */
const kindIn = (question: string): string | null =>
  /(?:哪[一]?[个座条颗种]|什么)(\p{Script=Han})[？?]?\s*$/u.exec(question)?.[1] ??
  /([峰山河湖海洋岛国省市县江城塔桥寺])(?:是|叫)(?:什么|哪)/u.exec(question)?.[1] ??
  null;

const subjectOf =
  /^(?!下列|以下|我国|世界|中国|今天|明天|昨天|这|那|请|从|把|将|用|按|以|在|判断|成语|歇后|根据|材料|哪|谁|什么|被|会议|一[个道])(\p{Script=Han}{2})/u;
const word = "(?:谁|几[点时]|什么时候|何时|哪[里儿天年]|多少|哪[一]?[个位座条种])";
const behindWords = new RegExp(`${word}(?!的)(?:钟|整|人)?(\\p{Script=Han}{2})`, "u");
const aheadOfWord = new RegExp(
  `([^\\P{Script=Han}是为在叫有的]{2})(?:[是为在叫有的]|位于){0,2}${word}`,
  "u",
);

const verbIn = /(\p{Script=Han})[了过走](?=哪|什么|谁|几|多少|\p{Script=Han}{1,6}[？?。]?$)/u;

const beforeWord =
  /([\p{Script=Han}A-Za-z]{2,12}?)(?:的?(?:名字|名称)?)?(?:应该?|应当|分别|各|现在|究竟|到底)?(?:是|叫做?|为|有|在|读作?|写作?|称为|称作)(?:谁|什么|哪|多少|几|何)/u;
const behindWord = /(?:什么|哪一?[个位座种条本部句首颗朵家支项名只款间国])(\p{Script=Han}{1,6})/u;
const behindVerb =
  /(?:提取|写出|找出|给出|填写|指出|列出|抄出|摘出|摘录|说出|抽取|输出|读出)(?:出)?([^，,。；;：:“”"「」\n]{2,20})/u;
const english =
  /\b(?:what|which) (?:is|was|are|were) the ((?:[a-z]+ ){0,3}?[a-z]+)(?= (?:of|for|in)\b|\?)/iu;

function nounsOf(question: string): readonly string[] {
  const bare = question
    .replaceAll(/[（(][^（）()\n]{1,40}[）)]/gu, "")
    .replaceAll(/[“「『《"][^”」』》"\n]{1,200}[”」』》"]/gu, "、");
  const found = [beforeWord, behindWord, behindVerb, english].flatMap(
    (pattern) => pattern.exec(bare)?.[1] ?? [],
  );
  const nouns = found.flatMap((each) => {
    const tail = each.split(/[的中里上]/u).at(-1) ?? each;
    return [each, tail, ...(/编号$|号码$/u.test(tail) ? [tail.slice(0, -2)] : [])];
  });
  return [...new Set(nouns)]
    .filter((noun) => (noun.length > 1 || /^[字号姓名]$/u.test(noun)) && !/什么|哪|谁/u.test(noun))
    .toSorted((a, b) => b.length - a.length);
}

/** The share of a text's pairs of characters that the question has too. */
export function share(text: string, question: string): number {
  const pairs = pairsOf(text);
  const known = asked(question).pairs;
  return pairs.length === 0 ? 0 : pairs.filter((pair) => known.has(pair)).length / pairs.length;
}

/** The share of the question's pairs that a text has. */
export function coverage(text: string, question: string): number {
  const { pairs } = asked(question);
  const found = new Set(pairsOf(text).filter((pair) => pairs.has(pair)));
  return pairs.size === 0 ? 0 : found.size / pairs.size;
}

/** Pairs of Chinese characters and digits, and words of Latin letters. */
const pairsOf = lately((text: string): readonly string[] => {
  const words = (text.toLowerCase().match(/[a-z]{2,}/g) ?? []).filter((word) => !common.test(word));
  const letters = text.match(/(?![A-Za-z])[\p{L}\p{N}]/gu) ?? [];
  return [...letters.slice(1).map((char, at) => `${letters[at]}${char}`), ...words];
});

const common =
  /^(?:the|an?|of|in|on|at|to|for|by|and|or|but|is|are|was|were|be|been|it|its|this|that|what|which|who|whom|whose|where|when|how|does|did|do|has|have|had|with|from|as)$/;
