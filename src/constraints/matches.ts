import { z } from "zod";

import type { Pattern } from "../text/pattern.ts";

import { broken, defineConstraint, kept, quoted } from "../grading/constraints/constraint.ts";
import { compilePattern } from "../text/pattern.ts";

const Options = z.strictObject({
  pattern: z.string().min(1).describe("RE2 syntax; has to match the whole text"),
  ignore_case: z.boolean().default(false),
  says: z.string().min(1).optional().describe("the demand in words, for reports"),
});
type Options = z.infer<typeof Options>;

/** The whole text has a form that no other constraint names. */
export const constraint = defineConstraint({
  id: "matches",
  version: "1",
  title: { zh: "句式", en: "form" },
  options: Options,
  check: (options) => {
    try {
      compiled(options);
      return null;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { zh: `正则无法编译：${reason}`, en: `the pattern does not compile: ${reason}` };
    }
  },
  describe: ({ pattern, says }, lang) =>
    says ?? (lang === "zh" ? `符合 ${pattern}` : `matches ${pattern}`),
  test: (text, options) => {
    const asked = options.says ?? options.pattern;
    return compiled(options).last(text) === null
      ? broken(
          `“${quoted(text)}”不合要求：${asked}`,
          `"${quoted(text)}" does not have the form ${asked}`,
        )
      : kept(`合乎要求：${asked}`, `has the form ${asked}`);
  },
});

const patterns = new Map<string, Pattern>();
const mostPatterns = 1_000;

/** Compiled once: a scope may ask for every line. Throws an `Error` that says what is wrong. */
function compiled({ pattern, ignore_case }: Options): Pattern {
  const key = `${ignore_case} ${pattern}`;
  const known =
    patterns.get(key) ?? compilePattern(`^(?:${pattern})$`, { ignore_case, multiline: false });
  if (patterns.size === mostPatterns) patterns.clear();
  patterns.set(key, known);
  return known;
}
