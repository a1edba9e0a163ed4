import { foldText } from "../../../text/answer-fold.ts";
import { coverage } from "./asked.ts";
import { type Clause, isBeside, weighedWithMembers } from "./clauses.ts";
import { withoutFormer } from "./former.ts";
import { isHedged } from "./forms.ts";
import { answerSentences } from "./sentences.ts";

/** Sentences from the end that are compared with the question, and characters of each. */
const mostSentences = 60;
const longestSentence = 400;

/**
 * The clauses of a reply that may answer the question, the likeliest first. A reply answers at its head or at its end.
 * `typed`: values of the asked type are easily told, so that any clause may hold one.
 */
export const answeringClauses = (
  reply: string,
  question: string,
  typed = false,
): readonly string[] =>
  ranked(reply, question, typed)
    .slice(0, 4)
    .map(({ text }) => text);

/** True where another clause answers the question clearly better than each in which a text stands. */
export function isOutweighed(text: string, reply: string, question: string): boolean {
  const clauses = ranked(reply, question, true);
  const wanted = foldText(text);
  const own = clauses.find((clause) => foldText(clause.text).includes(wanted));
  const [best] = clauses;
  return best !== undefined && best.weight > (own?.weight ?? leastWeight) + clearly;
}

const clearly = 0.6;

/** The clauses with their weights, the weightiest first. */
function ranked(
  reply: string,
  question: string,
  typed: boolean,
): readonly { readonly text: string; readonly weight: number }[] {
  const sentences = withoutFormer(answerSentences(reply), question).filter(
    ({ text, wrapper }) => wrapper === null && text.length <= longestSentence,
  );
  // Who did something may be told in other words than the question's.
  const least = typed || /谁|何人|哪位|\bwho\b/iu.test(question) ? leastWeight : 0.51;
  const first = sentences.find(({ text }) => !greeting.test(text));
  return sentences
    .slice(-mostSentences)
    .flatMap((sentence) =>
      unhedged(sentence.text, question).map(({ text, base, weight }, at) => ({
        text,
        weight: isBeside(sentence.text)
          ? weight - base - 3
          : // Of clauses that are alike the first one answers, unless something is concluded.
            weight +
            coverage(text, question) +
            (sentence === first ? 0.5 : 0) -
            (base === 0 ? Math.min(at, 4) * 0.02 : 0),
      })),
    )
    .map((clause, at) => ({ ...clause, at }))
    .filter(({ text, weight }) => /[\p{L}\p{N}]/u.test(text) && weight > least)
    .toSorted((a, b) => b.weight - a.weight || b.at - a.at);
}

const greeting = /^[\s>*#_]*(?:好的|您好|你好|当然|没问题|让我|我来|下面|首先|嗯)/u;
const leastWeight = -3.5;

/** The clauses behind which nothing takes the sentence back into doubt: 是苏轼，但也可能是辛弃疾. */
function unhedged(sentence: string, question: string): readonly Clause[] {
  const clauses = weighedWithMembers(sentence, question);
  return clauses.slice(clauses.findLastIndex(({ text }) => isHedged(text)) + 1);
}
