/**
 * Rules for a reply to a question with several right options.
 * - exact: all of them and no other.
 * - gaokao-physics: 6 of 6 points for all; 3 where some are missing and none is wrong; else 0
 *   (GAOKAO-Bench's rule for its physics file; OpenCompass gives 2, 1 and 0).
 * - share: the share of the right options that were chosen; 0 with any wrong one (GAOKAO-Eval).
 * - half: half where one right option alone was chosen, as WenMind does.
 */
export const creditRules = ["exact", "gaokao-physics", "share", "half"] as const;
export type CreditRule = (typeof creditRules)[number];

/**
 * Credit in [0, 1] for the labels said. The order does not count. Labels are compared as said: a label that is said
 * twice is not the gold of one, as in GAOKAO-Bench's own scorer, so callers that want sets pass sets.
 */
export function creditFor(
  rule: CreditRule,
  said: readonly string[],
  gold: readonly string[],
): number {
  if (said.length === 0) return 0;
  if (said.length === 1 && gold.length === 1) return said[0] === gold[0] ? 1 : 0;
  const key = (letters: readonly string[]): string => letters.toSorted().join("");
  if (key(said) === key(gold)) return 1;
  if (said.some((letter) => !gold.includes(letter))) return 0;
  if (rule === "gaokao-physics") return 0.5;
  if (rule === "share") return new Set(said).size / gold.length;
  return rule === "half" && said.length === 1 ? 0.5 : 0;
}
