import { z } from "zod";

import { boundsShape, boundsText, isWithin } from "../grading/constraints/bounds.ts";
import { broken, defineConstraint, kept } from "../grading/constraints/constraint.ts";
import { inQuotes } from "../grading/constraints/texts.ts";

const Options = z.strictObject({
  open: z.string().min(1).default("["),
  close: z.string().min(1).default("]"),
  names: z
    .array(z.string().min(1))
    .optional()
    .describe("what must stand between the marks, each at least once"),
  ...boundsShape,
});
type Options = z.infer<typeof Options>;

/** Placeholders to be filled in later, such as [姓名] or {{地址}}. */
export const constraint = defineConstraint({
  id: "placeholders",
  version: "1",
  title: { zh: "占位符", en: "placeholders" },
  options: Options,
  check: ({ names, equal, min, max }) =>
    (names ?? equal ?? min ?? max) === undefined
      ? { zh: "需要 names、equal、min 或 max", en: "needs names, equal, min or max" }
      : null,
  describe: (options, lang) => {
    const { open, close, names } = options;
    const zh = lang === "zh";
    const wanted =
      names === undefined ? "" : inQuotes(names.map((name) => `${open}${name}${close}`));
    if (!isBounded(options)) return zh ? `占位符${wanted}` : `placeholders ${wanted}`;
    const many = boundsText(options, lang);
    return zh ? `${many} 个占位符${wanted}` : `${many} placeholders ${wanted}`.trim();
  },
  words: ({ open, close, names = [] }) => names.map((name) => `${open}${name}${close}`),
  test: (text, options) => {
    const found = between(text, options);
    const lacking = (options.names ?? []).filter((name) => !found.includes(name));
    if (lacking.length > 0)
      return broken(
        `缺少占位符${inQuotes(lacking)}`,
        `placeholders ${inQuotes(lacking)} are missing`,
      );
    if (isBounded(options) && !isWithin(found.length, options))
      return broken(
        `${found.length} 个占位符，要求${boundsText(options, "zh")}`,
        `${found.length} placeholders, asked for ${boundsText(options, "en")}`,
      );
    return kept(`${found.length} 个占位符`, `${found.length} placeholders`);
  },
});

const isBounded = ({ equal, min, max }: Options): boolean => (equal ?? min ?? max) !== undefined;

/** What stands between the marks on one line; the two marks may be one and the same. */
const between = (text: string, options: Options): readonly string[] =>
  text.split("\n").flatMap((line) => betweenIn(line, options));

function betweenIn(line: string, { open, close }: Options): readonly string[] {
  const found: string[] = [];
  for (let at = line.indexOf(open); at >= 0; at = line.indexOf(open, at)) {
    const start = at + open.length;
    const end = line.indexOf(close, start);
    if (end < 0) break;
    const inner = line.slice(start, end).trim();
    if (inner !== "") found.push(inner);
    at = end + close.length;
  }
  return found;
}
