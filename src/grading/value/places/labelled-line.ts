import type { Segment } from "../../../text/segments/segment.ts";
import type { StatedAnswer } from "./stated-answer.ts";

import { asked } from "./asked.ts";
import { isBeside } from "./clauses.ts";
import { forms } from "./forms.ts";

/** A line whose label says that the answer follows: 转换结果：2024-03-08, 【定稿】…, 作者：…. */
export function labelledLine(parts: readonly Segment[], question: string): readonly StatedAnswer[] {
  const lines = parts.flatMap(({ text, wrapper }) => {
    const found = wrapper === null && !isBeside(text) ? labelled.exec(text)?.groups : undefined;
    return found === undefined
      ? []
      : [{ label: found["boxed"] ?? found["plain"] ?? "", said: found["said"] ?? "" }];
  });
  const { nouns } = asked(question);
  const named = lines.filter(({ label }) => nouns.some((noun) => label.endsWith(noun)));
  const results = lines.filter(({ label }) => result.test(label));
  const [only] = named.length > 0 ? named : results;
  const candidates = new Set((named.length > 0 ? named : results).map(({ said }) => said));
  if (only === undefined || candidates.size > 1) return [];
  return [
    { text: only.said, stated: [only.said, ...forms(only.said)], why: "labelled", sure: false },
  ];
}

const labelled =
  /^[\s>*#_•\-–\d.、)]{0,12}(?:[【[]\s*(?<boxed>[\p{Script=Han}A-Za-z]{1,10})\s*[】\]]\s*[:：]?|(?<plain>[\p{Script=Han}]{1,10})[*_]{0,3}\s*[:：])[*_\s]{0,4}(?<said>\S.{0,200})$/u;
const result =
  /(?:结果|改为|改成|修改后?|改正|改写|更正|正确的?(?:写法|句子|顺序|形式|读音)?|应为|翻译|译为|排序|顺序|写作|写成|大写|成品|定稿|全称|缩写|简称|[下上前后]一?[句联]|[前后下]半句|输出|写法|人民币|最终)$/u;
