import type { StatedAnswer } from "./stated-answer.ts";

import { undressed } from "../../../text/answer-fold.ts";
import { quotedIn } from "../gloss.ts";

/** The line that stands beside the asked one: …欲穷千里目，更上一层楼。 for its next line. */
export function neighbourLine(reply: string, question: string): readonly StatedAnswer[] {
  const line = askedLine(question);
  if (line === null || reply.length > longest) return [];
  const text = undressed(reply);
  const found: string[] = [];
  for (let at = text.indexOf(line.text); at >= 0; at = text.indexOf(line.text, at + 1)) {
    const beside = line.before
      ? before.exec(text.slice(Math.max(0, at - 40), at))
      : after.exec(text.slice(at + line.text.length, at + line.text.length + 40));
    if (beside?.[1] !== undefined) found.push(beside[1]);
  }
  const [first] = found;
  if (first === undefined || new Set(found).size > 1) return [];
  return [{ text: first, stated: [first], why: "neighbour line", sure: false }];
}

/** Characters of a reply in which a line is looked for. */
const longest = 4_000;

const after =
  /^[”"』」》]?[,.!?;、…—\-~\s/|]+[“"『「《]?(?!的|是|出自|这|选自|意思|下|后|前|上|作者|我|您|请|答|因|所以)(\p{Script=Han}{2,20})(?=[^\p{Script=Han}]|$)/u;
const before =
  /(?:^|[^\p{Script=Han}])(\p{Script=Han}{2,20})[”"』」》]?[,.!?;、…—\-~\s/|]+[“"『「《]?$/u;

const sides = /[下后前上](?:(?:一|半|半截|半部分)?[句联]|半)/gu;

/** The line whose neighbour is asked for, and whether the one before it is. */
function askedLine(question: string): { readonly text: string; readonly before: boolean } | null {
  const saying =
    /歇后语[^:：\n]{0,12}[:：]?\s*[“「]?(\p{Script=Han}{2,16})[”」]?\s*(?:[—\-_…＿]|[,，]\s*[_＿—（(])/u.exec(
      question,
    )?.[1];
  if (saying !== undefined) return { text: saying, before: false };
  if (!/(?:[下后前上](?:一|半|半截|半部分)?[句联]|后半|前半)/u.test(question)) return null;
  const quoted = quotedIn(question).map((each) => undressed(each).replaceAll(/[。,!?]+$/g, ""));
  const line = quoted.find((each) => /^\p{Script=Han}{2,20}$/u.test(each));
  if (line === undefined) return null;
  // The last of these words is what is asked for: 上联“…”，下联是____.
  const side = Array.from(question.matchAll(sides), ([word]) => word).at(-1) ?? "";
  return { text: line, before: /^[上前]/u.test(side) };
}
