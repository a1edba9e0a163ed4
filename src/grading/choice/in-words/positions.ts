import type { Gold } from "../../../domain/grader.ts";
import type { Labels } from "../question/labels.ts";

const noun =
  "(?:个|条|种|句|则|项|份|幅|组|首)?(?:部(?!分|门|位|队)|座(?!位)|选项|选择|答案|回应|回复|说法|做法|回答|表述|方案|叙述|观点|项|种|句话?|条|则|份|幅|首)";
const chinese = new RegExp(
  `(?<![法典例章节规定则约])(倒数)?第([一二三四五六七八九十\\d]{1,2})(?:${noun}|个(?=[\\s,。;:：!是最更才也不符都、和与及就便即则在所了吧]|一票|$))` +
    `|(?:最后|末)(?:那)?(?:的)?(?:一(?=[个条种句则项]))?(?:${noun}|个(?=[\\s,。;:!是最更才也不符、和与及就便即则在所]|$))`,
  "g",
);
const first =
  /(?<![之以提])(前|后)([两二三四五六])(?:个选项|个说法|个|项|种|句|条|者)(?![A-Za-z月年天])/g;
const middle = /(?:中间|当中)的?(?:两|二)(?:个选项|个说法|个|项|种|句|条)(?![里中]|之[间中])/g;
const foremost =
  /(?:头|打头的?)一(?:个选项|种做法|个(?=[,。;是最才])|项|句话?|种(?:说法|做法|方案)?|条)/g;
const several =
  /(?:(?<![\p{Script=Han}\d])|第)([一二三四五六])((?:[、,和与及]{1,2}第?[一二三四五六])+)(?:[两三四])?(?:个|条|种|句|项)(?:选项|说法|做法)?/gu;
/** 第 1、3、5 项. */
const digits =
  /第 ?(\d(?: ?(?:[、,和与及]|以及) ?第? ?\d)+) ?(?:个|条|种|句|项)(?:选项|说法|做法)?/g;
const english =
  /\b(?:the )?(first|second|third|fourth|fifth|sixth|last|final|(?:second|third)[- ](?:to[- ])?last|penultimate)(?:(?: (?:option|choice|one|statement|sentence|answer|response|item|reply)(?![a-z]))|(?= (?:is|was|fits) (?:the|right|correct)\b))/gi;
const ordinalWord = "(?:first|second|third|fourth|fifth|sixth)";
const englishList = new RegExp(
  `\\b(?:the )?(${ordinalWord}(?:,? (?:and )?(?:the )?${ordinalWord})+)(?: (?:options|choices|ones|statements)|(?=[.,;)\\s]*(?:$|\\n)))`,
  "gi",
);
const places: Readonly<Record<string, number>> = {
  first: 0,
  second: 1,
  third: 2,
  fourth: 3,
  fifth: 4,
  sixth: 5,
  last: -1,
  final: -1,
  penultimate: -2,
};

/** A folded text with options named by their label instead of their position: 最后一项 becomes D, 前三项 A、B、C. */
export function positionsAsLetters(written: string, labels: Labels, gold: Gold): string {
  const { list } = labels;
  const text = stemsAsLetters(written, labels, gold);
  const ranks = ranking.test(text);
  const numbered = new Set(
    Array.from(text.matchAll(anyNumberedNoun), ([, noun, digit]) => `${noun}${digit}`),
  );
  const counted = numbered.size === list.length;
  return text
    .replace(lowerList, (all) => all.toUpperCase())
    .replaceAll(
      /([甲乙丙丁戊])(?=(?:[、和与]?[甲乙丙丁戊]){0,3}(?:[两三四]?项(?!目)|选项))/g,
      (all, sign: string) => list["甲乙丙丁戊".indexOf(sign)] ?? all,
    )
    .replace(
      /选项(?:[中里])?[^,。;\n第]{0,6}第([一二三四五六])(?:位|个)?(?=的(?:[那就。,;\n]|$)|[。,;\n]|$)/,
      (all, digit: string) => {
        const label = list[placeOf(digit)];
        return label === undefined ? all : `选项里是${label}`;
      },
    )
    .replaceAll(nestedPlace, (all, group: string, end: string) => {
      const from = group.startsWith("中") ? 1 : group.startsWith("后") ? list.length - 2 : 0;
      if (group.startsWith("中") && list.length !== 4) return all;
      return list[/^[靠]?[后末]|^最后|^第二/.test(end) ? from + 1 : from] ?? all;
    })
    .replaceAll(counted ? anyNumberedNoun : numberedNoun, (all, _noun: string, digit: string) =>
      ranks ? all : (list[placeOf(digit)] ?? all),
    )
    .replaceAll(digits, (all, words: string) => {
      const letters = (words.match(/\d/g) ?? []).map((digit) => list[Number(digit) - 1]);
      return letters.includes(undefined) ? all : letters.join("、");
    })
    .replaceAll(several, (_all, one: string, more: string) =>
      Array.from(
        one + more.replaceAll(/[^一二三四五六]/g, ""),
        (digit) => list[placeOf(digit)] ?? "",
      ).join("、"),
    )
    .replaceAll(englishList, (_all, words: string) =>
      Array.from(
        words.matchAll(/[a-z]{5,6}/gi),
        ([word]) => list[places[word.toLowerCase()] ?? -1] ?? "",
      ).join("、"),
    )
    .replaceAll(chinese, (all, fromLast: string | undefined, digit: string | undefined) => {
      // The last of a ranking is not the last option.
      if (ranks && !/选项|选择|答案/.test(all)) return all;
      const place = digit === undefined ? 0 : placeOf(digit);
      const back = digit === undefined || fromLast !== undefined;
      return list[back ? list.length - 1 - place : place] ?? all;
    })
    .replaceAll(middle, (all) => (list.length === 4 ? list.slice(1, 3).join("、") : all))
    .replaceAll(foremost, () => list[0] ?? "")
    .replaceAll(first, (all, side: string, digit: string) => {
      const count = placeOf(digit) + 1;
      if (count >= list.length) return all;
      return (side === "前" ? list.slice(0, count) : list.slice(-count)).join("、");
    })
    .replaceAll(english, (all, words: string) => {
      const word = words.toLowerCase();
      const place = places[word] ?? (word.startsWith("second") ? -2 : -3);
      return list.at(place) ?? all;
    });
}

/** 中间两项里靠前的那个. */
const nestedPlace =
  /([前后]|中间)(?:面|头)?的?[两二](?:个选项|个|项|种|句|条)[里中]面?,?(?:的|取|选)?(靠?[前后]|最[前后]|第[一二]|末)(?:面|头)?的?(?:那|一)?[一]?(?:个|项|种|句|条)/g;
/** 情景二, 方案三: what the reply calls the options. */
const nouns =
  "(情景|场景|情形|方案|说法|做法|选项|回应|回复|观点|句子|答案|话术|版本|思路|措施|行为)[ ]?([一二三四五六])";
const numberedNoun = new RegExp(
  `${nouns}(?![个项种条句份\\p{Script=Han}]{0,2}[都均全]|[一二三四五六七八九十百千万、])(?=[\\s,。;:!的才是最更符不为也则]|$)`,
  "gu",
);
/** Where each option is called so, whatever follows: 话术一推责. */
const anyNumberedNoun = new RegExp(`${nouns}(?![一二三四五六七八九十百千万])`, "gu");

const stems =
  /(?<![\p{Script=Han}])[甲乙丙丁戊](?![方级等烷烯醇烯酸醛型肝])|(?<=[选選是为即除非、和与及])[甲乙丙丁戊](?![方级等烷烯醇酸醛型肝])/gu;

/** 甲是第二高，丙、丁更低，故选乙: the options of a question that speaks of no 甲 itself. */
function stemsAsLetters(text: string, { list }: Labels, gold: Gold): string {
  const own = gold.question + Object.values(gold.options ?? {}).join();
  if (/[甲乙丙丁戊]/.test(own)) return text;
  const said = new Set(text.match(stems) ?? []);
  const known = [...said].every((sign) => "甲乙丙丁戊".indexOf(sign) < list.length);
  return said.size < 2 || !known
    ? text
    : text.replaceAll(stems, (sign) => list["甲乙丙丁戊".indexOf(sign)] ?? sign);
}

const ranking = /排队|排序|排列|[从由][小大低高早晚少多弱强]到|先后顺序/;
/** a b c at the end. */
const lowerList = /(?<=[:：][ ]?)[a-h](?:[ ,、]{1,2}[a-h]){1,6}(?=\s*[。.]?\s*$)/;

const placeOf = (digit: string): number => {
  const index = "一二三四五六七八九十".indexOf(digit === "两" ? "二" : digit);
  return index >= 0 ? index : Number(digit) - 1;
};

const item = /^([ \t>*_-]{0,6})(\d{1,2})[.、)](?=[ \t*]{0,4}\S)/gm;

const keycap = /([1-9])\ufe0f?\u20e3[ ]?/gu;

/** 1️⃣ to 4️⃣, as many as there are options. */
function keycapsAsLetters(text: string, { list }: Labels): string {
  if (!text.includes("\u20e3")) return text;
  const digits = new Set(Array.from(text.matchAll(keycap), ([, digit = ""]) => Number(digit)));
  return digits.size === list.length && Math.max(...digits) === list.length
    ? text.replaceAll(keycap, (_all, digit: string) => `${list[Number(digit) - 1] ?? ""} `)
    : text;
}

/** Lines numbered 1 to n, as many as there are options, stand for them: `4. ……——错误` becomes `D. ……——错误`. */
export function numbersAsLetters(written: string, labels: Labels): string {
  const { list } = labels;
  const text = keycapsAsLetters(written, labels);
  const numbers = Array.from(text.matchAll(item), ([, , number = ""]) => Number(number));
  const fits =
    numbers.length === list.length && numbers.every((number, index) => number === index + 1);
  return fits
    ? text.replaceAll(
        item,
        (_all, lead: string, number: string) => `${lead}${list[Number(number) - 1] ?? ""}.`,
      )
    : text;
}
