import { z } from "zod";

import { boundsShape, boundsText, isWithin } from "../grading/constraints/bounds.ts";
import { broken, defineConstraint, kept, quoted } from "../grading/constraints/constraint.ts";

const Options = z.strictObject({
  columns: z.int().positive().optional(),
  header: z.array(z.string().min(1)).min(1).optional().describe("titles of the columns, in order"),
  filled: z.boolean().default(true).describe("no cell is empty"),
  only: z.boolean().default(false).describe("nothing stands beside the table"),
  ...boundsShape,
});

/** One Markdown table; bounds count its rows without the header. */
export const constraint = defineConstraint({
  id: "table",
  version: "1",
  title: { zh: "表格", en: "table" },
  options: Options,
  describe: ({ columns, header, equal, min, max }, lang) => {
    const zh = lang === "zh";
    const rows =
      (equal ?? min ?? max) === undefined
        ? ""
        : `${boundsText({ equal, min, max }, lang)}${zh ? " 行" : " rows"}`;
    const wide =
      header?.join(zh ? "、" : ", ") ??
      (columns === undefined ? "" : `${columns}${zh ? " 列" : " columns"}`);
    return [zh ? "Markdown 表格" : "a Markdown table", wide, rows]
      .filter((each) => each !== "")
      .join(zh ? "，" : ", ");
  },
  test: (text, { columns, header, filled, only, ...bounds }) => {
    const lines = text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
    const rule = lines.findIndex(
      (line, at) => at > 0 && /^\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?\s*)?$/.test(line),
    );
    if (rule < 0)
      return broken(
        "没有 Markdown 表格（缺少表头下的分隔行）",
        "there is no Markdown table (no rule below a header)",
      );
    const head = cellsOf(lines[rule - 1] ?? "");
    const last = lines.findIndex((line, at) => at > rule && !line.includes("|"));
    const rows = lines.slice(rule + 1, last < 0 ? undefined : last).map(cellsOf);
    const stray = only ? [...lines.slice(0, rule - 1), ...(last < 0 ? [] : lines.slice(last))] : [];
    if (stray.length > 0)
      return broken(
        `表格之外还有“${quoted(stray[0] ?? "")}”`,
        `"${quoted(stray[0] ?? "")}" stands beside the table`,
      );
    const width = columns ?? header?.length ?? head.length;
    const crooked = [head, cellsOf(lines[rule] ?? ""), ...rows].find((row) => row.length !== width);
    if (crooked !== undefined)
      return broken(
        `有一行是 ${crooked.length} 列，要求 ${width} 列`,
        `a row has ${crooked.length} columns, asked for ${width}`,
      );
    if (header !== undefined && header.some((title, at) => head[at] !== title))
      return broken(
        `表头是 ${head.join("、")}，要求 ${header.join("、")}`,
        `the header is ${head.join(", ")}, asked for ${header.join(", ")}`,
      );
    if (filled && rows.some((row) => row.includes("")))
      return broken("有空的单元格", "a cell is empty");
    return isWithin(rows.length, bounds) && rows.length > 0
      ? kept(`${width} 列 ${rows.length} 行`, `${width} columns, ${rows.length} rows`)
      : broken(
          `${rows.length} 行，要求${boundsText({ min: 1, ...bounds }, "zh")} 行`,
          `${rows.length} rows, asked for ${boundsText({ min: 1, ...bounds }, "en")}`,
        );
  },
});

/** Cells of a row without the bars at its ends; an escaped bar belongs to its cell. Bold is form, not text. */
const cellsOf = (line: string): readonly string[] =>
  line
    .replace(/^\|/, "")
    .replace(/(?<!\\)\|$/, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replace(/^\*\*(.*)\*\*$/, "$1"));
