import type { Gold, Scalar } from "../../domain/grader.ts";
import type { Labels } from "./question/labels.ts";

import { fold } from "../../text/normalise.ts";
import { optionSaid } from "./option-text.ts";
import { numbersToLetters } from "./question/numbered.ts";

type Member = Scalar | readonly Scalar[];

/**
 * The labels that a written gold names, sorted: `B`, `选项CD`, `b d`, `AC（D错）`, `Answer: B`, or an option's own words.
 * Empty where it names none; null where it names a letter that is not an option.
 */
export function goldLetters(
  member: Member | null,
  labels: Labels,
  gold: Gold,
): readonly string[] | null {
  if (member === null) return [];
  if (typeof member === "string" && labels.list.includes(member)) return [member];
  const parts = (Array.isArray(member) ? member : [member as Scalar]).map(String);
  const read = parts.map((part) => lettersOf(part, labels, gold));
  if (read.some((letters) => letters === null)) return null;
  return [...new Set(read.flatMap((letters) => letters ?? []))].toSorted();
}

function lettersOf(written: string, labels: Labels, gold: Gold): readonly string[] | null {
  const named = optionSaid(written, gold);
  if (named !== null) return [named];
  const label = numbersToLetters(fold(written).trim(), gold).toUpperCase();
  if (labels.list.includes(label)) return [label];
  const bare = fold(written)
    .replaceAll(/\([^()]*\)/g, (part) => (/^\([A-Za-z]{1,8}\)$/.test(part) ? part : " "))
    .replaceAll(/\b(?:answer|option|choice|and|or)\b/gi, " ");
  const letters = bare.toUpperCase().match(/[A-Z]/g) ?? [];
  return letters.every((letter) => labels.list.includes(letter)) ? letters : null;
}

/** The golds of all sub-questions, or null where the turn asks one question. */
export function subGolds(gold: Gold, mode: string): readonly Member[] | null {
  if (gold.answers !== null) return gold.answers;
  if (!Array.isArray(gold.answer)) return null;
  const members: readonly Scalar[] = gold.answer;
  if (mode === "several") return members;
  if (mode === "multi" || members.length < 2) return null;
  return isSequence(members.map(String), gold.question) ? members : null;
}

/**
 * True where a list of letters cannot be one set of options: it repeats a letter, is out of order, has several letters
 * in one member, or the question has one list of options for each member.
 */
function isSequence(members: readonly string[], question: string): boolean {
  const repeats = new Set(members).size < members.length;
  const ordered = members.every((each, index) => index === 0 || (members[index - 1] ?? "") < each);
  if (repeats || !ordered || members.some((each) => /^[A-H]{2,}$/i.test(each))) return true;
  const lists = fold(question).match(/(?:^|[\s(])A[ ]?[.、:)]/g) ?? [];
  return lists.length >= members.length;
}

/**
 * Credit rules for questions with several right options.
 * - exact: all right options and no other.
 * - gaokao-physics: 6 of 6 points for all; 3 where some are missing and none is wrong; else 0
 *   (GAOKAO-Bench's rule for its physics file; OpenCompass gives 2, 1 and 0).
 * - share: the share of the right options that were chosen; 0 with any wrong one (GAOKAO-Eval).
 * - half: half where one right option alone was chosen, as WenMind does.
 */
export const creditRules = ["exact", "gaokao-physics", "share", "half"] as const;

export type CreditRule = (typeof creditRules)[number];

/**
 * Credit in [0, 1] for the chosen labels, in any order. Labels are compared as given: one named twice does not equal a
 * gold that has it once, as in GAOKAO-Bench's own scorer, so callers that want sets pass sets.
 */
export function creditFor(
  rule: CreditRule,
  chosen: readonly string[],
  gold: readonly string[],
): number {
  if (chosen.length === 0) return 0;
  if (chosen.length === 1 && gold.length === 1) return chosen[0] === gold[0] ? 1 : 0;
  const key = (letters: readonly string[]): string => letters.toSorted().join("");
  if (key(chosen) === key(gold)) return 1;
  if (chosen.some((letter) => !gold.includes(letter))) return 0;
  if (rule === "gaokao-physics") return 0.5;
  if (rule === "share") return new Set(chosen).size / gold.length;
  return rule === "half" && chosen.length === 1 ? 0.5 : 0;
}
