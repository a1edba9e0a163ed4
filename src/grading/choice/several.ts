import type { Announcement } from "./markers.ts";
import type { Labels } from "./question/labels.ts";

import { groupAt } from "./group.ts";
import { announcementAt, kindOf, triggersFromLast } from "./markers.ts";

/** The answers to n sub-questions, in order; null where their number does not fit. */
export type SubAnswers = { readonly letters: readonly (readonly string[])[]; readonly why: string };

/**
 * Reads the answers to `count` sub-questions: one announcement each, a numbered list, or one run of letters
 * after the last announcement (答案：EAGCD). All or nothing: a wrong number of answers gives null.
 */
export function findSeveral(text: string, labels: Labels, count: number): SubAnswers | null {
  const announced = [...triggersFromLast(text)]
    .toReversed()
    .flatMap((word) => {
      const kind = kindOf(word, text, "unknown");
      return kind?.strong === true ? (announcementAt(word, kind, text, labels) ?? []) : [];
    })
    .filter(({ why }) => why === "marker" || why === "boxed");
  const each = inOneForm(announced, count) ?? inSections(text, announced, count);
  if (each !== null) return { letters: each, why: "markers" };
  const block = blockAfter(text, announced.at(-1)?.at ?? 0);
  const letters =
    numbered(block, labels, count) ?? runOf(block, labels, count) ?? numbered(text, labels, count);
  return letters === null ? null : { letters, why: announced.length > 0 ? "marker" : "list" };
}

/** The text after the announcement, including a possible number before its first letter. */
function blockAfter(text: string, at: number): string {
  const lineStart = text.lastIndexOf("\n", at - 1) + 1;
  const lead = /[(（]?\d{1,2}[)）.、:]?\s*$/.exec(text.slice(lineStart, at));
  return text.slice(lead === null ? at : lineStart + lead.index);
}

const number =
  /(?:(?:^|[\s,;。、(第|*])(\d{1,2}|[一二三四五六七八九十])(?:[).、:题空|]|\s){1,3}|([①-⑳]))\s*(?:答案|选)?[:是]?\s*/g;

/** A numbered list: `1. A 2. B`, `（1）C；（2）D`, `第1题：A`. The last answer to a number counts. */
function numbered(
  text: string,
  labels: Labels,
  count: number,
): readonly (readonly string[])[] | null {
  const byNumber = new Map<string, readonly string[]>();
  for (const match of text.matchAll(number)) {
    const group = groupAt(text, match.index + match[0].length, labels, true);
    if (group !== null && !group.hedged) byNumber.set(match[1] ?? match[2] ?? "", group.letters);
  }
  return byNumber.size === count ? [...byNumber.values()] : null;
}

/** As many single letters as there are questions: `EAGCD`, `E A G C D`, `21-25 EAGCD`. */
function runOf(
  block: string,
  labels: Labels,
  count: number,
): readonly (readonly string[])[] | null {
  const end = block.search(/<eoa>|\n\s*\n|[\u4e00-\u9fff]{3,}/);
  const run = (end < 0 ? block : block.slice(0, end)).replaceAll(
    /[a-z]{2,}|[\d\s.、,;:()[\]【】*`$~至到第题-]/g,
    "",
  );
  const letters = Array.from(run.toUpperCase());
  const fits = letters.length === count && letters.every((letter) => labels.list.includes(letter));
  return fits ? letters.map((letter) => [letter]) : null;
}

type Announced = readonly Announcement[];
type Answers = readonly (readonly string[])[];

/** One announcement per sub-question in the same words, such as 【答案】; the form used last wins. */
function inOneForm(announced: Announced, count: number): Answers | null {
  const byForm = Map.groupBy(announced, ({ form }) => form.replaceAll(/\s/g, ""));
  const fitting = [...byForm.values()].findLast((each) => each.length === count);
  return fitting === undefined ? null : answersOf(fitting, count);
}

const section =
  /(?:^|\n)[ \t]*(?:[(（]\d{1,2}[)）]|\d{1,2}[.、]|第[一二三四五六七八九十\d]{1,3}[题空])/g;

/** The last announcement of each numbered section. */
function inSections(text: string, announced: Announced, count: number): Answers | null {
  const starts = Array.from(text.matchAll(section), ({ index }) => index);
  if (starts.length !== count) return null;
  const last = starts.flatMap((start, index) => {
    const end = starts[index + 1] ?? text.length;
    return announced.findLast(({ at }) => at > start && at <= end) ?? [];
  });
  return answersOf(last, count);
}

function answersOf(announced: Announced, count: number): Answers | null {
  const groups = announced.flatMap(({ group }) =>
    group === null || group.hedged ? [] : [group.letters],
  );
  return groups.length === count ? groups : null;
}
