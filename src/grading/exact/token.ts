import { undressed } from "../../text/answer-fold.ts";
import { isTakenBack, searchable } from "../../text/occurrence.ts";
import { answeringClauses } from "../value/places/answering-clause.ts";
import { coverage } from "../value/places/asked.ts";
import { clausesOf } from "../value/places/clauses.ts";
import { withoutFormer } from "../value/places/former.ts";
import { isHedged } from "../value/places/forms.ts";
import { answerSentences } from "../value/places/sentences.ts";

/** Texts of one shape, told apart from the words around them by their letters. */
export type TokenShape = "number" | "code" | "file" | "word";

const token =
  /(?<![\p{Script=Latin}\d_\-.:/@])[\p{Script=Latin}\d]+(?:[-_./:@][\p{Script=Latin}\d]+)*(?![\p{Script=Latin}\d^])/gu;

/** The shape of a number, code, name of a file or Latin word; null for any other text. */
export function shapeOf(text: string): TokenShape | null {
  const bare = searchable(text);
  if (!/^[\p{Script=Latin}\d]+(?:[-_./:@][\p{Script=Latin}\d]+)*$/u.test(bare)) return null;
  if (/[a-z]/.test(bare) && /\.[a-z]{1,4}\d?$/.test(bare)) return "file";
  if (!/\d/.test(bare)) return "word";
  return /[a-z\-/:@]/.test(bare) ? "code" : "number";
}

/**
 * The one number, code or Latin word of a shape in the clause of a reply that answers the question (报警请拨 110；急救请拨
 * 120), or in the whole reply. What the question gives or a clause denies does not count. Null where there are several or none.
 */
export function tokenTold(reply: string, shape: TokenShape, question: string): string | null {
  const own = ownTokens(question);
  const groups = groupsOf(reply, question, own);
  const [one, more] = ofShape(groups, shape, own);
  if (one !== undefined && more === undefined && shape !== "number") return one;
  const told =
    answeringClauses(reply, question).find((clause) => own(clause).length > 0) ??
    mostCovering(groups, question);
  const [only, second] = told === null ? [] : own(told);
  return only !== undefined && second === undefined && shapeOf(only) === shape ? only : null;
}

/** True where a reply has several tokens of a shape. */
export function hasSeveral(reply: string, shape: TokenShape, question: string): boolean {
  const own = ownTokens(question);
  return ofShape(groupsOf(reply, question, own), shape, own).size > 1;
}

type Tokens = (text: string) => readonly string[];

/** Reads tokens that the question does not give; what is to be found in a text stands in the question. */
function ownTokens(question: string): Tokens {
  const given = new Set(extracts.test(question) ? [] : tokensOf(question));
  return (text) => [...new Set(tokensOf(text).filter((each) => !given.has(each)))];
}

const groupsOf = (reply: string, question: string, own: Tokens): readonly string[] =>
  withoutFormer(answerSentences(reply), question)
    .slice(-mostSentences)
    .filter(({ text }) => text.length <= longest)
    .flatMap(({ text }) => grouped(clausesOf(text), (clause) => own(clause).length > 0))
    .filter((group) => !isHedged(group) && own(group).length > 0);

const ofShape = (groups: readonly string[], shape: TokenShape, own: Tokens): ReadonlySet<string> =>
  new Set(groups.flatMap(own).filter((each) => shapeOf(each) === shape));

const extracts = /提取|抽取|找出|摘出|挑出|截取|[从在][“「"]/u;

/** Each clause with a token and those around it that have none: 敲 ls 再回车，就能列出文件. */
function grouped(clauses: readonly string[], hasToken: (clause: string) => boolean): string[] {
  const groups: string[] = [];
  let open = false;
  for (const clause of clauses) {
    const has = hasToken(clause);
    const last = groups.at(-1);
    if (last === undefined || (has && open)) groups.push(clause);
    else groups[groups.length - 1] = `${last}，${clause}`;
    open ||= has;
  }
  return groups;
}

/** The clause that has more of the question's words than each of the others. */
function mostCovering(clauses: readonly string[], question: string): string | null {
  const ranked = clauses
    .map((clause) => ({ clause, rank: coverage(clause, question) }))
    .toSorted((a, b) => b.rank - a.rank);
  const [first, second] = ranked;
  return first !== undefined && first.rank > (second?.rank ?? 0) ? first.clause : null;
}

const longest = 400;
const mostSentences = 60;

/** The tokens of a text that it does not deny. */
function tokensOf(text: string): readonly string[] {
  const plain = searchable(undressed(text))
    .replaceAll(/[⁄∕]/g, "/")
    .replaceAll(/(?<=\p{Script=Latin})_(?=\d)/gu, "");
  return Array.from(plain.matchAll(token), (match) => match).flatMap(({ 0: each, index }) =>
    shapeOf(each) === null || isTakenBack(plain, index, index + each.length) ? [] : [each],
  );
}
