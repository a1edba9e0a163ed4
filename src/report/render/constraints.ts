import type { Scalar } from "../../domain/grader.ts";
import type { Lang } from "../../domain/text.ts";

import { resultsIn } from "../../grading/constraints/results.ts";

/** What became of each constraint, one line each: ✓ length: 12 汉字，要求至多 12. Nothing for other graders. */
export const constraintLines = (
  notes: Readonly<Record<string, Scalar>> | undefined,
  lang: Lang,
): readonly string[] =>
  resultsIn(notes).map(({ check, ok, why }) => {
    const mark = ok === null ? "?" : ok ? "✓" : "✗";
    return `${mark} ${check}${lang === "zh" ? "：" : ": "}${why[lang]}`;
  });
