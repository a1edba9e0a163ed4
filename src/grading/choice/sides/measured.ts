import type { ChoiceReading, Found } from "../reading.ts";

import { mentions } from "../group.ts";
import { inLetters } from "../in-words/letters.ts";
import { areNumbers } from "../question/option-words.ts";
import { askingClause } from "../question/stem.ts";

const highest =
  /最(?:高|大|多|长|重|快|远|深|热|强|贵|厚|宽|久|亮|晚|新)|\b(?:most|largest|highest|longest|biggest|fastest|tallest|deepest|heaviest|hottest|greatest|farthest)\b/i;
const lowest =
  /最(?:低|小|少|短|轻|慢|近|浅|冷|弱|便宜|薄|窄|早)|\b(?:least|smallest|lowest|shortest|fewest|slowest|lightest|shallowest|coldest|closest|nearest|earliest)\b/i;
const amount =
  /(?<![\d.A-Za-z])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?[ ]?(万|亿|千|million|billion|thousand)?[ ]?([\p{Script=Han}%°℃]{1,2}|[A-Za-z/²³]{1,8})?/gu;
const scales: Readonly<Record<string, number>> = {
  千: 1e3,
  万: 1e4,
  亿: 1e8,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
};

/**
 * An amount in one unit told of every option, where the question asks for the largest or the smallest: 苹果 4 毫克，猕猴桃 62
 * 毫克，…. Null where an option has no amount or two, units differ, or the first two are equal.
 */
export function measured(reading: ChoiceReading): Found | null {
  const { gold, labels, several, stem } = reading;
  if (several || stem !== "right" || !labels.latin || !labels.known || areNumbers(gold))
    return null;
  const asked = askingClause(gold.question);
  const direction = lowest.test(asked) ? -1 : highest.test(asked) ? 1 : 0;
  if (direction === 0 || reading.text.length > 1_500) return null;
  const text = inLetters(reading.text, gold, labels);
  const groups = mentions(text, labels);
  const amounts = new Map<string, number>();
  const units = new Set<string>();
  for (const [index, { letters, end }] of groups.entries()) {
    const [letter = "", second] = letters;
    const told =
      text.slice(end, groups[index + 1]?.start ?? text.length).split(/[。;!\n]/)[0] ?? "";
    const found = [...told.replaceAll(/[*`]/g, "").matchAll(amount)];
    const [first] = found;
    if (first === undefined) continue;
    if (second !== undefined || found.length > 1 || amounts.has(letter)) return null;
    amounts.set(
      letter,
      Number((first[1] ?? "").replaceAll(",", "") + (first[2] ?? "")) *
        (scales[first[3] ?? ""] ?? 1),
    );
    units.add((first[4] ?? "").replace(/[以之左右多]$/, ""));
  }
  units.delete("");
  if (amounts.size !== labels.list.length || units.size > 1) return null;
  const sorted = [...amounts].toSorted(([, a], [, b]) => (b - a) * direction);
  const [[best, most] = ["", 0], [, next] = ["", 0]] = sorted;
  return most === next ? null : { letters: [best], why: "amounts compared", doubtful: true };
}
