import { type Clause, weighedWithMembers } from "./clauses.ts";
import { isHedged } from "./forms.ts";
import { answerSentences } from "./sentences.ts";

/** Sentences from the end that are compared with the question, and characters of each. */
const mostSentences = 60;
const longestSentence = 400;

/** The clauses of a reply that may answer the question, the likeliest first. */
export function answeringClauses(reply: string, question: string): readonly string[] {
  return answerSentences(reply)
    .filter(({ text, wrapper }) => wrapper === null && text.length <= longestSentence)
    .slice(-mostSentences)
    .flatMap(({ text }) => unhedged(text, question))
    .map((clause, at) => ({ ...clause, at }))
    .filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
    .toSorted((a, b) => b.weight - a.weight || b.at - a.at)
    .slice(0, 4)
    .map(({ text }) => text);
}

/** The clauses behind which nothing takes the sentence back into doubt: 是苏轼，但也可能是辛弃疾. */
function unhedged(sentence: string, question: string): readonly Clause[] {
  const clauses = weighedWithMembers(sentence, question);
  return clauses.slice(clauses.findLastIndex(({ text }) => isHedged(text)) + 1);
}
