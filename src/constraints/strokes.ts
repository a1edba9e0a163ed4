import { z } from "zod";

import { sureStrokesOf } from "../generating/glyphs/glyphs.ts";
import { boundsProblem, boundsShape, boundsText, isWithin } from "../grading/constraints/bounds.ts";
import { broken, defineConstraint } from "../grading/constraints/constraint.ts";

const Options = z.strictObject(boundsShape);

/**
 * The strokes of all Han characters of a text together, by 通用规范汉字字典. A character on whose strokes books differ, or that
 * the tables lack, breaks it: nothing is guessed.
 */
export const constraint = defineConstraint({
  id: "strokes",
  version: "1",
  title: { zh: "总笔画", en: "strokes in all" },
  options: Options,
  check: boundsProblem,
  describe: (bounds, lang) =>
    lang === "zh"
      ? `笔画总数${boundsText(bounds, lang)}`
      : `${boundsText(bounds, lang)} strokes in all`,
  test: (text, bounds) => {
    const characters = text.match(/\p{Script=Han}/gu) ?? [];
    const unsure = characters.find((each) => strokesOf(each) === undefined);
    if (unsure !== undefined)
      return broken(
        `“${unsure}”的笔画数各书不一，或表里没有`,
        `books differ on the strokes of "${unsure}", or the table lacks it`,
      );
    const sum = characters.reduce((all, each) => all + (strokesOf(each) ?? 0), 0);
    return {
      ok: isWithin(sum, bounds),
      why: {
        zh: `共 ${sum} 画，要求${boundsText(bounds, "zh")}`,
        en: `${sum} strokes, asked for ${boundsText(bounds, "en")}`,
      },
    };
  },
});

const strokesOf = (character: string): number | undefined =>
  sureStrokesOf("common").get(character) ?? sureStrokesOf("rare").get(character);
