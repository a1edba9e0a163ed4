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
