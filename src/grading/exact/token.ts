import { undressed } from "../../text/answer-fold.ts";
import { searchable } from "../../text/occurrence.ts";
import { answerText } from "../../text/segments/segments.ts";
import { answeringClauses } from "../value/places/answering-clause.ts";

/** Texts of one shape, told apart from the words around them by their letters. */
type Shape = "number" | "code" | "word";

const token =
  /(?<![\p{Script=Latin}\d_\-.:/@])[\p{Script=Latin}\d]+(?:[-_./:@][\p{Script=Latin}\d]+)*(?![\p{Script=Latin}\d])/gu;

function shapeOf(text: string): Shape | null {
  const bare = searchable(text);
  if (!/^[\p{Script=Latin}\d]+(?:[-_./:@][\p{Script=Latin}\d]+)*$/u.test(bare)) return null;
  if (!/\d/.test(bare)) return "word";
  return /[a-z]/.test(bare) ? "code" : "number";
}

/**
 * The one number, code or Latin word of a gold's shape in the clause of a reply that answers the question, or in the whole
 * reply: 报警请拨 110；急救请拨 120. What the question gives does not count. Null where there are several or none.
 */
export function tokenTold(reply: string, gold: string, question: string): string | null {
  const shape = shapeOf(gold);
  if (shape === null) return null;
  const given = new Set(tokensOf(question, shape));
  const own = (text: string): readonly string[] => [
    ...new Set(tokensOf(text, shape).filter((each) => !given.has(each))),
  ];
  const [clause] = answeringClauses(reply, question).filter((each) => own(each).length > 0);
  const all = own(answerText(reply).slice(-longest));
  const told = clause === undefined ? [] : own(clause);
  const [only] = all.length === 1 && (shape !== "number" || told.length > 0) ? all : told;
  return only !== undefined && (all.length === 1 || told.length === 1) ? only : null;
}

const longest = 4_000;

const tokensOf = (text: string, shape: Shape): readonly string[] =>
  Array.from(searchable(undressed(text)).matchAll(token), ([each]) => each).filter(
    (each) => shapeOf(each) === shape,
  );
