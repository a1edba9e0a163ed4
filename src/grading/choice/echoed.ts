import type { Candidate, ChoiceReading } from "./reading.ts";

import { mentions } from "./group.ts";
import { askingClause } from "./question/stem.ts";

const statement =
  /([\p{Script=Han}]{2,14}?)(?:的|之)?(?:一项|一个|一句|一组|选项|行为|做法|说法|句子|词语|答案|部分)?(?:就|应该|应当|只有|分别|便|正)?[是有为:]{1,2}[ *"“(【]{0,3}$/u;
const verb = /[是有为:][ *"“(【]{0,3}$/;
const taken = /^[ )”"*]{0,4}(?:选?项)?(?:[和与、]|不|错|吗|还是|或)/;

/** 没有错别字的是B: the question's own words with the option that fits them. */
export function echoedChoices({
  text,
  gold,
  labels,
  several,
}: ChoiceReading): readonly Candidate[] {
  if (!labels.latin || gold.question === "") return [];
  const clause = askingClause(gold.question);
  for (const { start, end, letters, hedged } of mentions(text, labels).toReversed()) {
    if (hedged || (letters.length > 1 && !several)) continue;
    if (!verb.test(text.slice(Math.max(0, start - 4), start))) continue;
    const words = statement.exec(text.slice(Math.max(0, start - 30), start))?.[1];
    if (words === undefined || !isAsked(words, clause) || taken.test(text.slice(end, end + 8)))
      continue;
    return [{ letters, why: "stem echoed", at: start, strength: "judged" }];
  }
  return [];
}

/** The last characters of the words stand in the clause, and in both with or without denial. */
function isAsked(words: string, clause: string): boolean {
  const bare = words
    .replace(/^(?:因此|所以|综上|可见|显然|因而|其中|那么|本题|题目)+/, "")
    .replace(/的$/, "");
  const tail = bare.slice(-6);
  for (let from = 0; tail.length - from >= 2; from++) {
    const part = tail.slice(from);
    const at = clause.indexOf(part);
    if (at < 0) continue;
    const before = bare.slice(0, bare.length - part.length).slice(-3);
    const inClause = clause.slice(Math.max(0, at - 3), at);
    return /[不没非未无]/.test(before) === /[不没非未无]/.test(inClause);
  }
  return false;
}
