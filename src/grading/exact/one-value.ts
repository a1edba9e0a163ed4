import { type GoldShape, plainKindOf } from "./shape.ts";

/**
 * What is concluded is one value of the gold's shape: a number, a word in Latin letters or a few characters, and from 因此
 * on no other number or word stands beside it.
 */
export function isOneValue(
  [form = ""]: readonly string[],
  sentence: string,
  shape: GoldShape,
  reply: string,
  question: string,
): boolean {
  const own = plainKindOf(form);
  if (own === null || own !== shape.plain || /不是|并非|而非|[或；;]/u.test(sentence)) return false;
  // Before 因此 stands what it is concluded from.
  const concluded = sentence.slice(sentence.search(lastConclusion) + 1);
  const bare = concluded.replaceAll(/[A-Za-z]\w*|\[[^\]]*\]|`[^`]*`/g, "");
  if (new Set(bare.match(/\d+(?:\.\d+)?/g)).size > 1) return false;
  const at = reply.lastIndexOf(concluded);
  const rest = concluded === sentence || at < 0 ? reply : reply.slice(at);
  if (own === "characters") return true;
  const others =
    own === "number" ? rest.match(/\d+(?:\.\d+)?/g) : rest.match(/[A-Za-z][A-Za-z\d_]*/g);
  return (others ?? []).every((each) => each === form.trim() || question.includes(each));
}

/** The comma before the last 因此 of a sentence. */
const lastConclusion =
  /[，,]\s*(?:所以|因此|于是|故|从而)(?!.*[，,]\s*(?:所以|因此|于是|故|从而))/u;
