import { z } from "zod";

import { boundsShape, boundsText, isWithin } from "../grading/constraints/bounds.ts";
import { broken, defineConstraint, kept, quoted } from "../grading/constraints/constraint.ts";
import { listLines } from "../grading/constraints/parts.ts";

const Style = z.enum(["any", "bullet", "-", "*", "1.", "1、", "（1）", "一、", "①"]);
const Options = z.strictObject({
  style: Style.default("any").describe(
    "the mark before each entry; bullet: a sign without a number",
  ),
  only: z.boolean().default(false).describe("nothing stands beside the list"),
  numbered: z.boolean().default(true).describe("numbers run from one without a gap"),
  ...boundsShape,
});

/** A list, one entry a line, with the mark that is asked for. */
export const constraint = defineConstraint({
  id: "list",
  version: "1",
  title: { zh: "列表", en: "list" },
  options: Options,
  describe: ({ style, equal, min, max }, lang) => {
    const some = (equal ?? min ?? max) === undefined;
    const many = some ? "" : `${boundsText({ equal, min, max }, lang)} `;
    const mark = style === "any" ? "" : `“${style}”`;
    return lang === "zh" ? `${many}项的${mark}列表` : `a list ${mark} of ${many}entries`;
  },
  test: (text, { style, only, numbered, ...bounds }) => {
    const lines = listLines(text);
    const marks = lines.flatMap(({ mark }) => mark ?? []);
    if (marks.length === 0) return broken("没有列表", "there is no list");
    const wrong = marks.find((mark) => !forms[style].test(mark));
    if (wrong !== undefined)
      return broken(
        `项目符号“${wrong.trim()}”，要求“${style}”`,
        `the mark "${wrong.trim()}", asked for "${style}"`,
      );
    const stray = only
      ? lines.find(({ mark, isIndented }) => mark === null && !isIndented)?.text
      : undefined;
    if (stray !== undefined)
      return broken(`列表之外还有“${quoted(stray)}”`, `"${quoted(stray)}" stands beside the list`);
    const empty = lines.some((line) => line.mark?.trim() === line.text);
    if (empty) return broken("有的项是空的", "an entry is empty");
    const gap = numbered ? firstGap(marks) : null;
    if (gap !== null)
      return broken(`第 ${gap} 项的编号不连续`, `the number of entry ${gap} is out of order`);
    const isEnough = isWithin(marks.length, bounds);
    return isEnough
      ? kept(`${marks.length} 项`, `${marks.length} entries`)
      : broken(
          `${marks.length} 项，要求${boundsText(bounds, "zh")}`,
          `${marks.length} entries, asked for ${boundsText(bounds, "en")}`,
        );
  },
});

const forms: Readonly<Record<z.infer<typeof Style>, RegExp>> = {
  any: /./u,
  bullet: /^\s*[-*+•·●○■□◆▪–]/u,
  "-": /^\s*-/u,
  "*": /^\s*\*/u,
  "1.": /^\s*(?:\*\*)?\d+\./u,
  "1、": /^\s*(?:\*\*)?\d+、/u,
  "（1）": /^\s*[（(]\d+[)）]/u,
  "一、": /^\s*[一二三四五六七八九十]+、/u,
  "①": /^\s*[①-⑳]/u,
};

const digits = "一二三四五六七八九十";

/** The 1-based entry whose number does not follow; null where none has a number. */
function firstGap(marks: readonly string[]): number | null {
  const numbers = marks.map(numberOf);
  if (numbers.every((number) => number === null)) return null;
  const at = numbers.findIndex((number, index) => number !== index + 1);
  return at < 0 ? null : at + 1;
}

function numberOf(mark: string): number | null {
  const [arabic] = /\d+/.exec(mark) ?? [];
  if (arabic !== undefined) return Number(arabic);
  const [circled] = /[①-⑳]/u.exec(mark) ?? [];
  if (circled !== undefined) return (circled.codePointAt(0) ?? 0) - 0x245f;
  const [chinese] = /[一二三四五六七八九十]+/u.exec(mark) ?? [];
  if (chinese === undefined) return null;
  const [tens, ones] = chinese.includes("十") ? chinese.split("十") : ["0", chinese];
  const value = (text = ""): number => digits.indexOf(text) + 1;
  if (!chinese.includes("十")) return value(chinese);
  return (tens === "" ? 1 : value(tens)) * 10 + (ones === "" ? 0 : value(ones));
}
