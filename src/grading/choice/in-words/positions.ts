import type { Labels } from "../question/labels.ts";

const noun =
  "(?:个|条|种|句|则|项|份|幅|组|首)?(?:选项|选择|答案|回应|回复|说法|做法|回答|表述|方案|叙述|观点|项|种|句话?|条|则|份|幅|首)";
const chinese = new RegExp(
  `(?<![法典例章节规定则约])(倒数)?第([一二三四五六七八九十\\d]{1,2})(?:${noun}|个(?=[\\s,。;:：!是最更才也不符都、和与及就便即则在所]|$))` +
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
export function positionsAsLetters(text: string, { list }: Labels): string {
  const ranks = ranking.test(text);
  return text
    .replace(lowerList, (all) => all.toUpperCase())
    .replaceAll(
      /([甲乙丙丁戊])(?=(?:[、和与]?[甲乙丙丁戊]){0,3}(?:[两三四]?项(?!目)|选项))/g,
      (all, sign: string) => list["甲乙丙丁戊".indexOf(sign)] ?? all,
    )
    .replace(
      /选项(?:[中里])?[^,。;\n第]{0,6}第([一二三四五六])(?:位|个)?(?=的[那就]|[。,;\n]|$)/,
      (all, digit: string) => {
        const label = list[placeOf(digit)];
        return label === undefined ? all : `选项${label}`;
      },
    )
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

const ranking = /排队|排序|排列|[从由][小大低高早晚少多弱强]到|先后顺序/;
/** a b c at the end. */
const lowerList = /(?<=[:：][ ]?)[a-h](?:[ ,、]{1,2}[a-h]){1,6}(?=\s*[。.]?\s*$)/;

const placeOf = (digit: string): number => {
  const index = "一二三四五六七八九十".indexOf(digit === "两" ? "二" : digit);
  return index >= 0 ? index : Number(digit) - 1;
};

const item = /^([ \t>*_-]{0,6})(\d{1,2})[.、)](?=[ \t*]{0,4}\S)/gm;

/** Lines numbered 1 to n, as many as there are options, stand for them: `4. ……——错误` becomes `D. ……——错误`. */
export function numbersAsLetters(text: string, { list }: Labels): string {
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
