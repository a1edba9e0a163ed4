import type { Gold } from "../../../domain/grader.ts";
import type { ChoiceReading, Found } from "../reading.ts";

import { wordsOf } from "../question/option-words.ts";

type Filling = { readonly label: string; readonly words: readonly string[] };

/** Options that fill two or more blanks with a word each: 从容 坚定; empty where they are of another kind. */
function fillingsOf(gold: Gold): readonly Filling[] {
  const fillings = wordsOf(gold).map(([label, text]) => ({
    label,
    words: text.split(/[\s、;/]+/),
  }));
  const count = fillings[0]?.words.length ?? 0;
  const fits = fillings.every(
    ({ words }) =>
      words.length === count && words.every((word) => /^\p{Script=Han}{1,5}$/u.test(word)),
  );
  return count > 1 && fits && fillings.length > 2 ? fillings : [];
}

/** 第一空用“从容”, 应填“坚定”. */
const filled =
  /(?:用|选用?|填入?|应[为是]|宜用|[取为是])[:]?["“「『]([\p{Script=Han}]{1,5})["”」』]/gu;
/** 第一空填认真. */
const toldByPlace =
  /(?:第[一二三四1-4]个?|[前后]一?个?)空(?:处)?(?:应该?|该|可|宜)?(?:填入?|选用?|用|是|为)["“]?(\p{Script=Han}{1,5}?)["”]?(?=[,。;、(\s]|$)/gu;
const notFilled = /(?:不(?:能|宜|应|可|该|是)?|别|勿|非|排除|若|如果|而不)[^,。;]{0,2}$/;

/** The option whose words a reply puts in the blanks one by one, without naming it as a whole. */
export function blanksFilled({ text, gold, several }: ChoiceReading): Found | null {
  const fillings = several ? [] : fillingsOf(gold);
  if (fillings.length === 0) return null;
  const said = new Set<string>();
  for (const match of [...text.matchAll(filled), ...text.matchAll(toldByPlace)])
    if (!notFilled.test(text.slice(Math.max(0, match.index - 8), match.index)))
      said.add(match[1] ?? "");
  const [fit, second] = fillings.filter(({ words }) => words.every((word) => said.has(word)));
  return fit === undefined || second !== undefined
    ? null
    : { letters: [fit.label], why: "blanks filled", doubtful: true };
}
