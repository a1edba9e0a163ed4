import type { ChoiceReading } from "../reading.ts";
import type { OptionJudgement } from "./words.ts";

const second =
  /次之|仅次于|紧随其后|(?:居|排|列|位|名)第?[二三四五六](?!章)|第[二三四五六](?:名|位)?(?=[^\p{L}]*$)|\b(?:second|third|runner-up)\b/u;
const after =
  /(?:其次|然后|接下来|接着|再次|随后)(?:才|则|依次)?(?:是|为|轮到)?[^\p{L}]*$|followed by /u;
const most =
  /最(?![危不错荒差劣糟坏弱低晚后初小慢少]|[\p{Script=Han}]?(?:近|远|早|晚|小|少|低|慢|短|轻|后))\p{Script=Han}{1,2}(?=[^\p{L}]*$)/u;

/** The deepest lake is not the largest. */
const measures = "大高长深多快重热亮宽厚久远早";

/** Whether the question asks for the one that is first in something. */
const asksForFirst = /最|第一|首位|居首|\b(?:most|[a-z]{3,12}est)\b/;

/** What the place of an option in an order says of it, where the first is asked: 其次是 A, B 次之, C 却最牢固. */
export function placeSaid(
  said: { readonly before: string; readonly after: string },
  { gold, stem }: Pick<ChoiceReading, "gold" | "stem">,
): OptionJudgement | null {
  if (stem !== "right" || !asksForFirst.test(gold.question)) return null;
  if (second.test(said.after) || after.test(said.before)) return { scale: "picked", value: false };
  const told = most.exec(said.after)?.[0].charAt(1);
  const wanted = /最(.)/.exec(gold.question)?.[1];
  if (told === undefined || told === wanted) return null;
  const other = measures.includes(told) && wanted !== undefined && measures.includes(wanted);
  return other ? null : { scale: "picked", value: true };
}
