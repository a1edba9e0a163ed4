import type { Claim, ReadNumber } from "./candidates.ts";

/** Of several values the one that the question asks for: by its name (x=7, y=8), else by the words beside it. */
export function askedOf(claims: readonly Claim[], question: string): ReadNumber | null {
  const asked = askedName(question);
  if (asked === "") return null;
  const compared = /比.*多少|相差|差多少|[的之]差[是为]?多少/.test(askedSentence(question));
  const differences = claims.filter(({ clause }) =>
    /相差|^差|[的之]差|多出?|少了?|高出?/.test(clause),
  );
  const [difference] = differences;
  if (compared && differences.length === 1 && difference?.numbers.length === 1)
    return difference.numbers[0] ?? null;
  const [quoted] = quotesOf(askedSentence(question));
  const single = claims.filter(({ numbers }) => numbers.length === 1);
  const exact = single.filter(
    ({ clause }) =>
      sameName(nameOf(clause), asked) ||
      (quoted !== undefined && quotesOf(clause).includes(quoted)),
  );
  const hits =
    exact.length > 0
      ? exact
      : single.filter(({ clause }) => {
          const name = nameOf(clause);
          return name !== "" && (asked.includes(name) || name.endsWith(asked));
        });
  const only = exact.at(-1) ?? hits[0];
  if ((hits.length === 1 || exact.length > 0) && only !== undefined) return only.numbers[0] ?? null;
  const pairs = pairsOf(askedSentence(question));
  const scored = claims
    .flatMap(({ clause, numbers }) =>
      numbers.map((number) => ({
        number,
        score: pairsOf(numbers.length === 1 ? clause : besideOf(clause, number.text)).filter(
          (pair) => pairs.includes(pair),
        ).length,
      })),
    )
    .toSorted((x, y) => y.score - x.score);
  const [best, second] = scored;
  return best !== undefined && best.score > (second?.score ?? 0) ? best.number : null;
}

/** The clause names its number as the question does: 5元的有8张 where 5元的有几张 is asked. */
export function isNamedAsAsked(clause: string, question: string): boolean {
  const asked = askedName(question);
  return asked.length > 1 && sameName(nameOf(clause), asked);
}

/** 前20项和 is 前20项的和. */
const sameName = (a: string, b: string): boolean =>
  a.replaceAll("的", "") === b.replaceAll("的", "");

const quotesOf = (text: string): readonly string[] =>
  Array.from(text.matchAll(/["“‘「]([^"”’」]{1,8})["”’」]/g), (match) => match[1] ?? "");

/** What a clause names before its number: x in x=7, 甲 in 甲12个. */
const nameOf = (clause: string): string =>
  (/^(.{1,16}?)(?:[=:]|等于|[是为有])/.exec(clause)?.[1] ?? /^[^\d]*/.exec(clause)?.[0] ?? "")
    .replaceAll(/[\s$\\*(]|^(?:所以|因此|故|即|答:?|则|得)/g, "")
    .replace(/(?<=\p{Script=Han}{2})\d.*$/u, "");

/** Units, which tell nothing of what is measured. */
const measured =
  /小时|分钟|秒钟|星期|个月|[千公]克|公斤|[千厘毫分]米|公里|平方|立方|方[厘分千米]|毫升|[万亿]元/;

/** Neighbouring Chinese characters of a text, without question words. */
function pairsOf(text: string): readonly string[] {
  const words = text.replaceAll(/多少|几|等于|是|为|的/g, " ");
  return Array.from({ length: Math.max(0, words.length - 1) }, (_, at) =>
    words.slice(at, at + 2),
  ).filter((pair) => /^\p{Script=Han}{2}$/u.test(pair) && !measured.test(pair));
}

/** The words between a number and the numbers beside it. */
function besideOf(clause: string, number: string): string {
  const at = clause.indexOf(number);
  const before = /[^\d]*$/.exec(clause.slice(0, Math.max(0, at)))?.[0] ?? "";
  const after = /^[^\d]*/.exec(clause.slice(at + number.length))?.[0] ?? "";
  return `${before} ${after}`;
}

/** How many pairs of neighbouring characters a text shares with what the question asks. */
export const likeness = (text: string, question: string): number => {
  const asked = pairsOf(askedSentence(question));
  return pairsOf(text).filter((pair) => asked.includes(pair)).length;
};

const askedSentence = (question: string): string =>
  question.split(/[。;,、\n]/).findLast((part) => /多少|几|求|的值|[?]/.test(part)) ?? "";

/** What stands before 多少, 几 or 的值 in the question. */
const askedName = (question: string): string =>
  (
    /(?:求|问)?(.*?)(?:等于|是|为|有|的值|多少|几|[?])/.exec(askedSentence(question))?.[1] ?? ""
  ).replaceAll(/[\s$\\*]/g, "");
