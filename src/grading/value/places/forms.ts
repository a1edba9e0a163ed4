import { quotedIn, withoutGloss, withoutQuotes } from "../gloss.ts";

/** Longer texts are no answers in a sentence. */
export const longestSentence = 400;

/** The text as it stands, and without a remark in brackets, quotes and the words around a quotation. */
export function forms(text: string): readonly string[] {
  if (text.length > longestSentence) return [text.trim()];
  const bare = withoutQuotes(
    text.replaceAll(
      /\s*[\p{Extended_Pictographic}\uFE0F]+(?=\P{Extended_Pictographic}|$)/gu,
      pictured,
    ),
  )
    .replace(/^(?:≈|约(?:等于|为|是)?|大约(?:为|是)?)\s*(?=[\d.])/u, "")
    .replace(/^(?:actually|really|indeed|simply|of course),? (?=\S)/iu, "")
    .replace(/(?<=^(?:是|对|错|不是|正确|错误|不正确|不对|真|假))的$/u, "")
    .replace(/^(?:(?:was|is|were|are)\s+)?(?:[a-z]+(?:ed|en|wn|nt|de|sed)\s+)?by\s+(?=\p{Lu})/u, "")
    .replace(
      /^[(（[【〔]?(?:先秦|[东西]?汉|三国|魏|[东西]?晋|南北朝|隋|唐|五代|[北南]?宋|元|明|清|近?现代)代?[)）\]】〕]?\s*[·・•]\s*(?=\p{Script=Han}{2,4}$)/u,
      "",
    )
    .replace(/(?<=^\p{Script=Han}{2,8})(?:之手|的?手笔|的笔下)$/u, "")
    .replace(/(?<=^\p{Script=Han}{2,8})(?:先生|女士|同志|院士|教授|将军|皇帝|大师)$/u, "");
  const plain = bare
    .replace(/(?<=..)才(?:对|是)$/u, "")
    .replace(/(?<=^\p{Script=Han}{2,8})了$/u, "")
    .replace(/(?<=.)[啦哦呀喔哟咯喽嘛][～~!！。]*$|(?<=.)[～~]+$/u, "");
  const named = characterOfWord(text);
  if (named !== null) return [named, bare];
  const spans = quotedIn(text);
  const quoted =
    /^[^（(不非“「『"《*，。—]*(?:[“「『"《]|\*\*)/u.test(text) &&
    (spans.length === 1 || standsFirst.test(text)) &&
    !toldOf.test(text)
      ? spans.slice(0, 1)
      : [];
  const unglossed = bare.replaceAll(
    /(?<=\p{Script=Han})[（(]\p{Script=Han}{1,2}[）)](?=\p{Script=Han})/gu,
    "",
  );
  return [...new Set([...quoted, bare, withoutGloss(text), plain, unglossed])].filter(
    (each) => each !== "",
  );
}

/** A picture beside words is decoration; signs such as √ and © may be the answer. */
const pictured = (sign: string): string =>
  /[\u{1f000}-\u{1faff}\u2600-\u26ff]/u.test(sign) ? " " : sign;

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
  const turned =
    /(?:并?不是|并非|不为|不应该?是|不再是)(?:[^，,。（(—]|[（(][^（）()]{1,80}[）)]|—{1,2}[^—]{1,40}—{1,2}){1,60}(?:[，,]|(?<=—))\s*(?:而(?:应该?)?是|应该?是|(?:而)?换成了?|是)\s*(.+)$/u.exec(
      text,
    );
  // Its subject stays: 担保人并非甲，而是乙 says 担保人是乙.
  if (turned !== null) {
    const subject = /[^，,。；;：:]{0,24}$/u.exec(text.slice(0, turned.index))?.[0] ?? "";
    return `${subject}是${turned[1] ?? ""}`;
  }
  return text.replace(
    /(?<=\S)[，,]?\s*(?:而不是|而非|并非|不是|rather than|not)\s?[^，,。]{1,60}[。.]?$/u,
    (tail, at: number) =>
      /(?:是|为|[:：=])/u.test(text.slice(0, at)) || /^[，,]/u.test(tail) ? "" : tail,
  );
}

const hedge =
  /可能|像是|疑似|看不清|也许|或许|大概|说不定|不是.{1,12}就是|不太?确定|不能确定|难以确定|无法(?:确定|判断|得知)|不清楚|不知道|(?:无法|不能|不便|难以)(?:回答|提供|给出|作答)|抱歉|对不起|没有足够|\b(?:cannot|can't|unable|sorry)\b|\b(?:maybe|perhaps|probably|possibly|not sure)\b/iu;

/** The reply says that there is no answer. */
const undecided =
  /众说纷纭|(?:有|存在)(?:多种|几种|各种)?不同的?说法|(?:您|你)(?:是想|想要|想了解|想问|指的是|问的是)[^。？?!！]{2,40}[？?]|\b(?:could|can|may|might) (?:refer to|stand for|mean)\b|(?:没有|尚无|并无|未有)(?:一个)?(?:确定的?|统一的?|明确的?)?(?:定论|共识|结论|说法)|莫衷一是|(?:没有办法|无法|不能|难以)(?:给出|确定|断定|得出|判断)[^。]{0,12}(?:名字|答案|结论|说法)?|仍?有争议|存在争议|开放性的?问题|\b(?:unable|not able|impossible) to (?:say|tell|determine|decide|identify)\b|\b(?:cannot|can't) (?:say|tell|determine|decide|be determined)\b|不知道?信(?:谁|哪)|唔知/u;

export const isUndecided = (text: string): boolean => undecided.test(text);

export const isHedged = (text: string): boolean => hedge.test(text);

/** Names what was told before: 这就是“负荆请罪”. */
export const summary =
  /(?:^|[，,。；;\s])(?:这里?|此|讲的|说的)(?:也?就|便|正|即)?是[“"「『《]([^”"」』》\n]{1,24})[”"」』》](?=\s*(?:[。！!，,；;]|$))/u;

/** What a text that names what it told (这就是“负荆请罪”) calls it at last, or null. */
export const namedAtLast = (text: string): string | null =>
  Array.from(text.slice(-longestSentence).matchAll(new RegExp(summary, "gu"))).at(-1)?.[1] ?? null;

/** A place or a person is asked for, which a story's name (这就是“图穷匕见”) is not. */
export const isPlaceAsked = (question: string): boolean =>
  /哪里|哪儿|何处|什么地方|[在到]什么|谁|什么时候|何时|多少|几[个位年月天点次]/u.test(question);
