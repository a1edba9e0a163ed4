import { withoutGloss } from "../gloss.ts";
import { asked as askedOf, share } from "./asked.ts";
import { clausesOf, isInsideQuotes, weighed } from "./clauses.ts";
import { withoutConclusive } from "./concluding.ts";
import { isDenied } from "./denied.ts";
import { chosenSide, forms, isHedged, longestSentence } from "./forms.ts";
import { inPlaceOfQuestionWord } from "./question-word.ts";

const copula =
  /(?:(?<![但于总可要或还不凡像])是(?!否(?!\s*[。.]?$)|非(?!洲)|不是|的[。.]?$)|(?<!^\s*|[因认作行以])为(?!了|什么|何|止)|叫[做作]?(?!什么)|写[作成为]|等于|得(?=\s?\d)|读(?:作|(?=\s*[*“"「（(]{0,3}\p{Script=Latin}))|得到|填入?|接(?=[“"「])|输出|打印出?|显示|返回|改(?![过正变动进善革])(?:[为成到至在]|期到)?|换成|变成|成为|成了|属于|称(?:作|为|之为)|名为|谓之|名曰|出自|源自|语出|见于|载于|选择?|(?<!\d\s?)[:：]|[:：](?!\s?\d)|(?:\b(?:(?:it|that)['’]s|is|are|was|equals|should be)\b)|[=＝])\s*/gu;
const negation = /(?:不|没|并非|未必|非|无法|不(?:能|可|要|该|应)[说算当写叫]?|\bnot)\s*$/u;
/**
 * What a sentence says that the answer is, the likeliest first: behind its copula, in the place of the question's
 * question word, or before a copula where what follows only repeats the question. Empty where it says nothing or is unsure.
 */
export function statedIn(sentence: string, question: string): readonly string[] {
  if (sentence.length > longestSentence) return [];
  const text = chosenSide(withoutConclusive(sentence));
  if (isHedged(text)) return [];
  const clauses = weighed(text, question)
    .map((each, at) => ({ ...each, at }))
    .filter(({ weight }) => weight > leastWeight)
    .toSorted((a, b) => b.weight - a.weight || b.at - a.at);
  const [clause] = clauses.flatMap(({ text: each }) => {
    const found = predicateOf(each);
    return found === null ? [] : [{ found }];
  });
  const hole =
    clauses
      .map(({ text: each }) => inPlaceOfQuestionWord(each, question))
      .find((each) => each !== null) ??
    (clauses.length === 0 ? null : inPlaceOfQuestionWord(withoutDenied(text), question));
  const found = clause?.found ?? null;
  const stated = found === null ? [] : sidesOf(found, question);
  const modified = (hole === null ? stated : [hole, ...stated]).flatMap((each) => [
    ...(/的([^的]{2,12})$/u.exec(withoutGloss(each))?.slice(1) ?? []),
    ...(/^(.{2,20})(?:举行|召开|举办|进行|开会|集合|见面)$/u.exec(withoutGloss(each))?.slice(1) ??
      []),
  ]);
  const apart = behindDash.exec(text)?.[1];
  return [
    ...(hole === null ? stated : [hole, ...stated]),
    ...modified,
    ...(apart === undefined ? [] : [apart]),
  ].flatMap(forms);
}

/** What a sentence names at last, behind a dash: …开拓了西域——张骞。 */
const behindDash = /[^\s—]{4}\s?—{1,2}\s?([^—，,。！!？?；;：:]{1,16})[。！!]?$/u;

/** A clause below it tells what others hold or what the answer is not. */
const leastWeight = -3.5;

/** Without the clauses that say what it is not: 填“励”，不填“厉”. */
const withoutDenied = (text: string): string =>
  clausesOf(text)
    .filter((clause, _, all) => all.length === 1 || !isDenied(clause))
    .join("，");

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
  // 最高的人是小李 to 谁最高: the subject says what was asked.
  const { behind, nouns } = askedOf(question);
  const isAsked =
    (behind !== null && subject.includes(behind)) || nouns.some((noun) => subject.endsWith(noun));
  const isNew =
    !bySign &&
    !/^[我你您他她它]们?$/u.test(before) &&
    !isAsked &&
    before !== "" &&
    share(before, question) < 0.34 &&
    predicate.length >= 3;
  if (asked >= 0.75 && isNew) return [before];
  return asked >= 0.5 && isNew ? [before, predicate] : [predicate];
}
