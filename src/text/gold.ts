import type { Gold, Scalar } from "../domain/grader.ts";

/** The golds of a turn as texts: the answer, or each of its members, then the aliases. */
export const goldTexts = (gold: Gold): readonly string[] => [...answerTexts(gold), ...gold.aliases];

/** The answer as texts; empty if there is none. */
export function answerTexts({ answer }: Gold): readonly string[] {
  if (answer === null) return [];
  const members: readonly Scalar[] = Array.isArray(answer) ? answer : [answer as Scalar];
  return members.map(String);
}
