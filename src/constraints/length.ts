import { z } from "zod";

import { boundsProblem, boundsShape, boundsText, isWithin } from "../grading/constraints/bounds.ts";
import { defineConstraint } from "../grading/constraints/constraint.ts";
import { isMeasurable, measure, LengthUnit } from "../grading/constraints/units.ts";

const Options = z.strictObject({ unit: LengthUnit.default("字"), ...boundsShape });

/** How long a text is, in a unit that the item names. */
export const constraint = defineConstraint({
  id: "length",
  version: "1",
  title: { zh: "长度", en: "length" },
  options: Options,
  check: (options) => boundsProblem(options) ?? (isMeasurable(options.unit) ? null : noWords),
  describe: ({ unit, ...bounds }, lang) => `${boundsText(bounds, lang)} ${unit}`,
  test: async (text, { unit, ...bounds }) => {
    const count = await measure(text, unit);
    return {
      ok: isWithin(count, bounds),
      why: {
        zh: `${count} ${unit}，要求${boundsText(bounds, "zh")}`,
        en: `${count} ${unit}, asked for ${boundsText(bounds, "en")}`,
      },
    };
  },
});

const noWords = {
  zh: "按 词 计长度需要 jieba 词典：请在项目里执行 npm i jieba-wasm，或改用别的单位",
  en: "counting 词 needs jieba's dictionary: run npm i jieba-wasm, or use another unit",
};
