import type { Speech } from "../own-words.ts";

import { isEnglish } from "../english.ts";
import { type Sign, signOf } from "../signs.ts";
import { lettersOf } from "../tally.ts";

/** What is to be seen of a reply but its words: measures near 0, each about as large as the others; and its language. */
export type ReplyForm = { readonly isEnglish: boolean; readonly measures: readonly number[] };

/** Means and spreads of the measures in the tables of replies. */
const usual: Readonly<Record<Measure, { readonly mean: number; readonly spread: number }>> = {
  letters: { mean: 3.6, spread: 0.7 },
  listed: { mean: 0.04, spread: 0.16 },
  numbers: { mean: 0.06, spread: 0.18 },
  before: { mean: -0.63, spread: 0.6 },
  after: { mean: -0.61, spread: 0.63 },
  refusing: { mean: 0.12, spread: 0.24 },
  guarded: { mean: 0.18, spread: 0.28 },
  drafted: { mean: 0.36, spread: 1.17 },
  asks: { mean: 0.06, spread: 0.24 },
  taken: { mean: 0.1, spread: 0.13 },
  added: { mean: 3.2, spread: 0.7 },
};

type Measure =
  /** Logarithm of its letters. */
  | "letters"
  /** Share of its lines that are points of a list. */
  | "listed"
  /** Numbers against the root of its letters. */
  | "numbers"
  /** Shares of its own words before the first clause that refuses and after the last one, -1 where none does; and in such clauses. */
  | "before"
  | "after"
  | "refusing"
  /** Share of clauses that refuse, evade, warn or plead. */
  | "guarded"
  /** Logarithm of the letters that it drafts for somebody. */
  | "drafted"
  /** It ends with a question. */
  | "asks"
  /** Share of the question's words that it takes up, and the logarithm of those that it adds. */
  | "taken"
  | "added";

/** Measures a reply. Expects simplified, folded text. */
export function formOf(reply: string, speech: Speech, question: string): ReplyForm {
  const lines = reply.split("\n").filter((line) => line.trim() !== "");
  const letters = Math.max(1, lettersOf(reply));
  const asked = wordsOf(question);
  const said = wordsOf(reply);
  const taken = [...asked].filter((word) => said.has(word)).length;
  const found: Readonly<Record<Measure, number>> = {
    ...placesOf(speech.clauses),
    letters: Math.log(letters),
    listed: lines.filter((line) => point.test(line)).length / Math.max(1, lines.length),
    numbers: (reply.match(/\d+/gu)?.length ?? 0) / Math.sqrt(letters),
    drafted: Math.log(1 + speech.drafted.length),
    asks: /[?？]["”」)）\s]*$/u.test(reply) ? 1 : 0,
    taken: taken / Math.max(1, asked.size),
    added: Math.log(1 + said.size - taken),
  };
  return {
    isEnglish: isEnglish(reply),
    measures: Object.entries(usual).map(
      ([name, { mean, spread }]) => (found[name as Measure] - mean) / spread,
    ),
  };
}

const point = /^\s*(?:[-*•·]|\d+[.、)]|[一二三四五六七八九十]+、|第.步|step)/iu;

/** Pairs of Chinese characters and longer words of other letters. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = new Set(text.toLowerCase().match(/[a-z]{4,}/gu));
  for (const [run] of text.matchAll(/\p{Script=Han}{2,}/gu))
    for (let at = 0; at < run.length - 1; at++) words.add(run.slice(at, at + 2));
  return words;
}

const guards: ReadonlySet<Sign> = new Set(["refusal", "evasion", "warning", "plea"]);

/** Where in the reply it refuses, in shares of the length of its clauses. */
function placesOf(
  clauses: readonly string[],
): Readonly<Record<"before" | "after" | "refusing" | "guarded", number>> {
  const all = clauses.reduce((sum, clause) => sum + clause.length, 0);
  const places = { before: -1, after: -1, refusing: 0 };
  let guarded = 0;
  let passed = 0;
  for (const clause of clauses) {
    const sign = signOf(clause);
    if (guards.has(sign)) guarded++;
    if (sign === "refusal") {
      if (places.before < 0) places.before = passed / all;
      places.refusing += clause.length / all;
      places.after = 1 - (passed + clause.length) / all;
    }
    passed += clause.length;
  }
  return { ...places, guarded: guarded / Math.max(1, clauses.length) };
}
