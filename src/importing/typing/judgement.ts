import type { Lettered } from "../gold.ts";

import { judgementOrLetter } from "../../grading/value/yes-no.ts";
import { fold } from "../../text/normalise.ts";

/**
 * The side of a gold of a true-or-false question: √, ×, 对, 错误, T, F, yes, 1 and 0, or the letter or words of one of two options
 * that say so (A 正确, B 错误). Null where it cannot be read.
 */
export function sideOf(gold: string, options: Lettered | null): "yes" | "no" | null {
  const text = fold(gold)
    .trim()
    .replace(/^(?:正确)?答案\s*[::是为]\s*/u, "")
    .replace(/^选\s*/u, "");
  const option = options?.[text.toUpperCase()];
  if (option !== undefined) return spoken(option);
  return spoken(text) ?? (text === "1" ? "yes" : text === "0" ? "no" : null);
}

/** True of options that only say right and wrong. */
export function areSides(options: Lettered): boolean {
  const sides = Object.values(options).map(spoken);
  return sides.length === 2 && sides.includes("yes") && sides.includes("no");
}

const spoken = (text: string): "yes" | "no" | null => {
  const bare = fold(text)
    .trim()
    .replace(/[.。!]$/u, "");
  if (/^(?:v|✓️?|✔️?|☑|○|真|成立|是的)$/iu.test(bare)) return "yes";
  if (/^(?:x|✗|✘|╳|✖️?|╳|❌|假|不成立|有误|不是)$/iu.test(bare)) return "no";
  return judgementOrLetter(bare);
};
