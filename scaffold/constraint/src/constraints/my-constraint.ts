import { z } from "zod";

import { broken, defineConstraint, kept } from "../../../../src/grading/constraints/constraint.ts";

const Options = z.strictObject({
  /** The least number of different Han characters. */
  least: z.int().min(1),
});

/** The text has so many different Han characters. */
export const constraint = defineConstraint({
  id: "my-constraint",
  version: "1",
  title: { zh: "用字种数", en: "different characters" },
  options: Options,
  describe: ({ least }, lang) =>
    lang === "zh" ? `至少 ${least} 个不同的汉字` : `at least ${least} different Han characters`,
  test: (text, { least }) => {
    const { size } = new Set(text.match(/\p{Script=Han}/gu));
    return size >= least
      ? kept(`${size} 个不同的汉字`, `${size} different Han characters`)
      : broken(
          `只有 ${size} 个不同的汉字，要求至少 ${least} 个`,
          `${size} different Han characters, at least ${least} asked for`,
        );
  },
});
