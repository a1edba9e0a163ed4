import { z } from "zod";

import { csvRecords } from "../files/csv.ts";
import { boundsShape, boundsText, isWithin } from "../grading/constraints/bounds.ts";
import { broken, defineConstraint, kept } from "../grading/constraints/constraint.ts";

const Options = z.strictObject({
  columns: z.int().min(2).optional(),
  header: z.array(z.string().min(1)).min(2).optional().describe("the first record, in order"),
  separator: z.enum([",", "\t", ";", "|"]).default(","),
  tight: z.boolean().default(false).describe("no space beside a separator"),
  filled: z.boolean().default(true).describe("no cell is empty"),
  ...boundsShape,
});

/** The whole text is CSV (RFC 4180); bounds count its records, a header that is asked for not among them. */
export const constraint = defineConstraint({
  id: "csv",
  version: "1",
  title: { zh: "CSV", en: "CSV" },
  options: Options,
  describe: ({ columns, header, equal, min, max }, lang) => {
    const zh = lang === "zh";
    const wide =
      header?.join(",") ?? (columns === undefined ? "" : `${columns}${zh ? " 列" : " columns"}`);
    const rows =
      (equal ?? min ?? max) === undefined
        ? ""
        : `${boundsText({ equal, min, max }, lang)}${zh ? " 行" : " records"}`;
    return ["CSV", wide, rows].filter((each) => each !== "").join(zh ? "，" : ", ");
  },
  test: async (text, { columns, header, separator, tight, filled, ...bounds }) => {
    if (text.includes("```")) return broken("写在代码块里", "stands in a code block");
    const read = await recordsOf(text, separator);
    if (read === null) return broken("引号没有配对", "a quote is not closed");
    const width = columns ?? header?.length ?? read[0]?.length ?? 0;
    if (width < 2)
      return broken(`没有用“${separator}”分隔的列`, `no columns are parted by "${separator}"`);
    const crooked = read.findIndex((cells) => cells.length !== width);
    if (crooked >= 0) {
      const found = read[crooked]?.length ?? 0;
      return broken(
        `第 ${crooked + 1} 行 ${found} 列，要求 ${width} 列`,
        `record ${crooked + 1} has ${found} columns, asked for ${width}`,
      );
    }
    const head = read[0]?.map((cell) => cell.trim());
    if (header !== undefined && header.some((title, at) => head?.[at] !== title))
      return broken(
        `第一行是 ${head?.join(",") ?? ""}，要求 ${header.join(",")}`,
        `the first record is ${head?.join(",") ?? ""}, asked for ${header.join(",")}`,
      );
    if (filled && read.some((cells) => cells.some((cell) => cell.trim() === "")))
      return broken("有空的单元格", "a cell is empty");
    if (tight && read.some((cells) => cells.some((cell) => cell !== cell.trim())))
      return broken("分隔符旁边有空格", "a space stands beside a separator");
    const rows = read.length - (header === undefined ? 0 : 1);
    return isWithin(rows, bounds) && rows > 0
      ? kept(`${width} 列 ${rows} 行`, `${width} columns, ${rows} records`)
      : broken(
          `${rows} 行，要求${boundsText({ min: 1, ...bounds }, "zh")} 行`,
          `${rows} records, asked for ${boundsText({ min: 1, ...bounds }, "en")}`,
        );
  },
});

/** The reader finds the separator itself, which a reply of one kind of mark alone may hide; so it gets the one asked for. */
async function recordsOf(
  text: string,
  separator: string,
): Promise<readonly (readonly string[])[] | null> {
  const records: (readonly string[])[] = [];
  for await (const record of csvRecords(pieces(text), separator)) {
    if ("problem" in record) return null;
    records.push(record.cells);
  }
  return records;
}

// oxlint-disable-next-line typescript/require-await -- The reader takes pieces as they come from a file.
async function* pieces(text: string): AsyncGenerator<string> {
  yield text;
}
