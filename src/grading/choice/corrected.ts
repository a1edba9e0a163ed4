import type { Gold } from "../../domain/grader.ts";
import type { Candidate, ChoiceReading } from "./reading.ts";

import { segmentsOf } from "../../text/segments/segments.ts";
import { groupAt } from "./group.ts";
import { optionSaid } from "./option-text.ts";

/** The new choice after words that take back the old one. */
const instead =
  /(?:应该?[是为选]|应当[是为选]|应选|改[为选成]?选?|改正[为:]|更正[为:]|修正[为:]|订正[为:]|纠正[为:]|而是|就是|还是|也就是|,是|。是|…是|^是|选择?|答案[是为:]{1,2}|该[选是]|为|才对的是|(?:只|仅)(?:保留|留下?|剩下?|选)|保留|->|→|=>|should be|should have been|is actually|it's|it is|is|to|be|go with|choose|[Ss]o,?|[Tt]hus,?|[Tt]herefore,?)[ ]?(?:选?项|option |choice )?[ "“(*$`【]{0,4}(?=[A-Z]{1,8}(?![A-Za-z]))/g;
/** A letter with which the correction goes on: 不对，B。 */
const bare =
  /(?:^|[,，。:：….!！—\s])[ ]?(?:选?项)?["“(*【]{0,3}(?=[A-Z](?:[ ]?(?:选?项)?["”)*】]{0,3}(?:才[是对]|[。.!,，;]|\s*(?:\n|$)|吧)))/g;
const denied =
  /^[ "”)*】]{0,4}(?:选?项)?(?:不|错|有误|也不|是错|才?怪|没|并非|isn't|is not|is wrong|is incorrect)/i;
const supposed = /(?:如果|假如|倘若|要是|若|if)[^。,，\n]{0,10}$/i;

const goesOn = /^[ )*”"]{0,3}(?![选项才是为对符正更最])\p{Script=Han}/u;

/** 应当补上 C, 去掉 E: the rest of the old choice stays. */
const amends =
  /(?:补[上选充入]|[加添][上入]|漏[了选掉]?|去掉|删[去掉除]|剔除|\b(?:add|also|drop|remove))[ ]?$/;

/** Characters after a correction in which its new choice stands. */
const reach = 600;

/** Choices that a reply makes by taking another one back: 答案：C？不对，B。 */
export function correctedChoices({
  text,
  gold,
  labels,
  several,
  signs,
}: ChoiceReading): readonly Candidate[] {
  if (!labels.latin || !signs.turn) return [];
  const parts = segmentsOf(text);
  const at = parts.findLastIndex(({ kind }) => kind === "correction");
  for (let index = at; index >= 0; index--) {
    const part = parts[index];
    if (part?.kind !== "correction") continue;
    const own = newChoice(text.slice(part.start, part.end), labels, several);
    const found =
      own ??
      newChoice(text.slice(part.start, part.end + reach), labels, several) ??
      newWords(text.slice(part.start, part.end + reach), gold);
    if (found === null) continue;
    return [
      {
        letters: found.letters,
        why: "corrected",
        at: part.start + found.at,
        strength: "corrected",
      },
    ];
  }
  return [];
}

/** A correction begins after this place, other than one that confirms what was said. */
export const isTakenBack = ({ text, signs }: ChoiceReading, at: number): boolean =>
  signs.turn &&
  segmentsOf(text).some(
    (part) => part.kind === "correction" && part.start > at && !confirms.test(part.text),
  );

const confirms =
  /没(?:有)?错|无误|没有?问题|确认|维持|仍然|依然|还是|\b(?:yes|right|confirmed|still)\b/i;

const isArrow = (words: string): boolean => /^(?:->|→|=>)/.test(words);

/** An arrow of an order, not of a change: C → D → A → B, 排序：C → D. */
function isChained(scope: string, at: number, end: number): boolean {
  if (/^[ \t*）)]{0,3}[^→\n]{0,12}?(?:->|→|=>)/.test(scope.slice(end, end + 18))) return true;
  const line =
    scope
      .slice(Math.max(0, at - 60), at)
      .split("\n")
      .at(-1) ?? "";
  return /->|→|=>|排序|排名|顺序|次序|先后|流程|时间线|步骤|优先级/.test(line);
}

type New = { readonly letters: readonly string[]; readonly at: number };

/** 刚才的有误，应为27桶: the words of an option after the correction. */
function newWords(scope: string, gold: Gold): New | null {
  for (const match of Array.from(scope.matchAll(inWords)).toReversed()) {
    const letter = optionSaid(match[1] ?? "", gold);
    if (letter !== null) return { letters: [letter], at: match.index };
  }
  return null;
}

const inWords =
  /(?<!不)(?:应[为是]|应该[是为]|应当[是为]|[更改修订]正为|改为|答案[是为:])[ "“「*]{0,3}([^,。;!?\n"”」*]{1,30})/g;

function newChoice(scope: string, labels: ChoiceReading["labels"], several: boolean): New | null {
  return lastOf(scope, instead, labels, several) ?? lastOf(scope, bare, labels, several);
}

function lastOf(
  scope: string,
  pattern: RegExp,
  labels: ChoiceReading["labels"],
  several: boolean,
): New | null {
  let found: New | null = null;
  for (const match of scope.matchAll(pattern)) {
    const from = match.index + match[0].length;
    const group = groupAt(scope, from, labels, false);
    if (group === null || group.hedged || group.outside) continue;
    if (group.letters.length > 1 && !several) continue;
    if (denied.test(scope.slice(group.end, group.end + 12))) continue;
    // 更正：C 我看成了…: a colon may open a sentence about the old choice.
    if (/[:] ?$/.test(match[0]) && goesOn.test(scope.slice(group.end, group.end + 4))) continue;
    if (isArrow(match[0]) && isChained(scope, match.index, group.end)) continue;
    const before = scope.slice(Math.max(0, match.index - 16), match.index);
    const denies = !match[0].startsWith(",") && /[不非没](?:是|应|该|能|会|选)?$/.test(before);
    if (denies || supposed.test(before)) continue;
    if (/[如若]$/.test(before) || amends.test(scope.slice(Math.max(0, from - 8), from))) continue;
    found = { letters: group.letters, at: match.index };
  }
  return found;
}
