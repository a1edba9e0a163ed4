import { z } from "zod";

import { broken, defineConstraint, kept } from "../grading/constraints/constraint.ts";

const Options = z.strictObject({
  at: z
    .int()
    .refine((n) => n !== 0, { message: "0 is no place" })
    .describe("from 1, or from -1 at the end"),
  text: z.string().min(1),
  unit: z
    .enum(["汉字", "字符"])
    .default("汉字")
    .describe("what is counted: other marks are skipped with 汉字"),
});

/** A character, or several, at one place of the text. */
export const constraint = defineConstraint({
  id: "char",
  version: "1",
  title: { zh: "定位用字", en: "character at a place" },
  options: Options,
  describe: ({ at, text, unit }, lang) =>
    lang === "zh" ? `${placeText(at)}个${unit}是“${text}”` : `${unit} ${at} is "${text}"`,
  test: (text, { at, text: wanted, unit }) => {
    const points =
      unit === "汉字"
        ? (text.match(/\p{Script=Han}/gu) ?? [])
        : Array.from(text.replaceAll(/\s/gu, ""));
    const size = Array.from(wanted).length;
    const start = at > 0 ? at - 1 : points.length + at;
    const found = start < 0 ? "" : points.slice(start, start + size).join("");
    const place = placeText(at);
    if (found === wanted)
      return kept(`${place}个${unit}是“${wanted}”`, `${unit} ${at} is "${wanted}"`);
    return found === ""
      ? broken(
          `不足${place}个${unit}（共 ${points.length}）`,
          `there is no ${unit} ${at} (${points.length} in all)`,
        )
      : broken(
          `${place}个${unit}是“${found}”，要求“${wanted}”`,
          `${unit} ${at} is "${found}", asked for "${wanted}"`,
        );
  },
});

const placeText = (at: number): string => (at > 0 ? `第 ${at} ` : `倒数第 ${-at} `);
