import { z } from "zod";

import { broken, defineConstraint, kept } from "../grading/constraints/constraint.ts";
import { canBe, RhymeBook } from "../grading/constraints/verse/reading.ts";

const Options = z.strictObject({
  length: z.int().positive().optional().describe("characters of either half"),
  tones: z
    .enum(["none", "end", "even"])
    .default("end")
    .describe(
      "end: the first half ends oblique, the second level; even: every second place differs as well",
    ),
  repeat: z.boolean().default(false).describe("a character of one half may stand in the other"),
  horizontal: z.boolean().default(false).describe("a third line of four characters (横批) follows"),
  book: RhymeBook.default("平水韵"),
});

/** The two halves of a 对联, one line each, or parted by a mark. */
export const constraint = defineConstraint({
  id: "couplet",
  version: "1",
  title: { zh: "对联", en: "couplet" },
  options: Options,
  describe: ({ length, horizontal }, lang) => {
    const size =
      length === undefined ? "" : lang === "zh" ? `${length} 字` : ` of ${length} characters`;
    if (lang === "en") return `a couplet${size}${horizontal ? " with a third line" : ""}`;
    return `${size}对联${horizontal ? "（带横批）" : ""}`;
  },
  test: (text, { length, tones, repeat, horizontal, book }) => {
    const halves = halvesOf(text);
    if (halves.length !== (horizontal ? 3 : 2))
      return broken(
        `${halves.length} 行，要求上下联${horizontal ? "和横批" : ""}`,
        `${halves.length} lines, asked for two halves${horizontal ? " and a third line" : ""}`,
      );
    const [upper = [], lower = [], across = []] = halves;
    if (upper.length !== lower.length)
      return broken(
        `上联 ${upper.length} 字，下联 ${lower.length} 字`,
        `${upper.length} and ${lower.length} characters`,
      );
    if (length !== undefined && upper.length !== length)
      return broken(
        `每联 ${upper.length} 字，要求 ${length} 字`,
        `${upper.length} characters, asked for ${length}`,
      );
    if (horizontal && across.length !== 4)
      return broken(
        `横批 ${across.length} 字，要求 4 字`,
        `the third line has ${across.length} characters, asked for 4`,
      );
    const twice = repeat ? undefined : upper.find((point) => lower.includes(point));
    if (twice !== undefined)
      return broken(`上下联都用了“${twice}”`, `"${twice}" stands in both halves`);
    const fault = tones === "none" ? null : toneFault(upper, lower, tones === "even", book);
    return fault ?? kept(`每联 ${upper.length} 字`, `${upper.length} characters each`);
  },
});

/** Han characters of each half; labels such as 上联： are left out. */
function halvesOf(text: string): readonly (readonly string[])[] {
  const bare = text.replaceAll(/(?:上联|下联|横批)[ 　]?[：:]/gu, "\n");
  const rows = bare.split(/\n+/).filter((row) => /\p{Script=Han}/u.test(row));
  const only = rows.length === 1 ? (rows[0] ?? "") : null;
  const marks =
    only === null
      ? null
      : [/[；;]/u, /[。]/u, /[，,]/u, /\s+/u].find((each) => piecesOf(only, each).length > 1);
  const halves = only === null || marks == null ? rows : piecesOf(only, marks);
  return halves.map((half) => half.match(/\p{Script=Han}/gu) ?? []);
}

const piecesOf = (row: string, mark: RegExp): readonly string[] =>
  row.split(mark).filter((piece) => /\p{Script=Han}/u.test(piece));

function toneFault(
  upper: readonly string[],
  lower: readonly string[],
  everywhere: boolean,
  book: RhymeBook,
) {
  const [high = "", low = ""] = [upper.at(-1), lower.at(-1)];
  if (!canBe(high, "仄", book))
    return broken(
      `上联末字“${high}”应为仄声`,
      `the first half ends with "${high}", which is level`,
    );
  if (!canBe(low, "平", book))
    return broken(
      `下联末字“${low}”应为平声`,
      `the second half ends with "${low}", which is oblique`,
    );
  const places = everywhere ? upper.flatMap((_, at) => (at % 2 === 1 ? [at] : [])) : [];
  const off = places.find((at) => {
    const pair = [upper[at] ?? "", lower[at] ?? ""] as const;
    const fits = (first: "平" | "仄", second: "平" | "仄"): boolean =>
      canBe(pair[0], first, book) && canBe(pair[1], second, book);
    return !fits("平", "仄") && !fits("仄", "平");
  });
  return off === undefined
    ? null
    : broken(
        `第 ${off + 1} 字“${upper[off] ?? ""}”与“${lower[off] ?? ""}”平仄相同`,
        `"${upper[off] ?? ""}" and "${lower[off] ?? ""}" at ${off + 1} are of one class`,
      );
}
