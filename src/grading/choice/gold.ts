import type { Gold, Scalar } from "../../domain/grader.ts";
import type { Labels } from "./labels.ts";

import { fold } from "../../text/normalise.ts";
import { optionSaid } from "./option-text.ts";

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
  const label = fold(written).trim().toUpperCase();
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
