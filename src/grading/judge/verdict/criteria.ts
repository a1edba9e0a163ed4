import type { Interpret, Interpreted, VerdictField } from "./verdict.ts";

import { foldVerdict } from "./loose-object.ts";
import { markIn, yesOrNoIn } from "./values.ts";
import { keyOf, verdictFields, verdictWords } from "./verdict.ts";

/** Marks by criterion name. */
export type Marks = Readonly<Record<string, number>>;

/** Names under which judges hand in their overall mark. */
const overallNames: ReadonlySet<string> = new Set([
  "综合",
  "综合分",
  "综合得分",
  "综合评分",
  "总分",
  "总评分",
  "总体",
  "整体",
  "overall",
]);

/** Reads marks: each of `names` once, nothing else but reasons. */
export const marksInterpreter = (
  names: readonly string[],
  low: number,
  high: number,
): Interpret<Marks> =>
  interpreter(
    names,
    nameFits,
    (value) => markIn(value, low, high),
    (sentence) => names.some((name) => sentence.includes(foldVerdict(name))),
  );

/** Reads yes and no of each point, by number or by its own words. */
export const checklistInterpreter = (points: readonly string[]): Interpret<Marks> =>
  interpreter(
    points.map((_, index) => String(index + 1)),
    (name, key) => {
      const point = keyOf(points[Number(name) - 1] ?? "");
      return numberIn(key) === name || key === point || isNumbered(key, name, point);
    },
    yesOrNoIn,
    (sentence) => /没做到|未做到|没有做到|不符合|第.{1,4}[条项点]/u.test(sentence),
  );

function interpreter(
  names: readonly string[],
  fits: (name: string, key: string) => boolean,
  valueOf: (value: string) => number | null,
  contradicts: (sentence: string) => boolean,
): Interpret<Marks> {
  return {
    fields: (fields) => marksIn(verdictFields(fields), names, fits, valueOf),
    contradicts: (_, sentence) => contradicts(sentence),
  };
}

function marksIn(
  fields: readonly VerdictField[],
  names: readonly string[],
  fits: (name: string, key: string) => boolean,
  valueOf: (value: string) => number | null,
): Interpreted<Marks> {
  const strange = fields.find(({ key }) => !names.some((name) => fits(name, key)));
  if (strange !== undefined) return { ok: false, problem: `多出了一项“${strange.key}”` };
  const marks: Record<string, number> = {};
  for (const name of names) {
    const own = fields.filter(({ key }) => fits(name, key));
    const [given] = own;
    if (given === undefined) return { ok: false, problem: `缺少“${name}”` };
    if (own.length > 1) return { ok: false, problem: `“${name}”写了两次` };
    const mark = valueOf(foldVerdict(given.value));
    if (mark === null)
      return { ok: false, problem: `“${name}”的值 ${given.value} 不在允许的范围内` };
    marks[name] = mark;
  }
  return { ok: true, verdict: marks };
}

function nameFits(name: string, key: string): boolean {
  const own = keyOf(name);
  if (key === own || ["分", "得分", "分数", "评分"].some((noun) => key === `${own}${noun}`))
    return true;
  return overallNames.has(own) && overallNames.has(key);
}

/** `1. 写到首行` for the first point, 写到首行. */
const isNumbered = (key: string, name: string, point: string): boolean =>
  point !== "" &&
  key.startsWith(name) &&
  key.slice(name.length).replace(/^[.、):\s]+/u, "") === point;

const hanNumbers = "一二三四五六七八九";

const circled = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";

function numberIn(key: string): string | null {
  const han = hanNumbers.indexOf(/^第(.)[条项点]$/u.exec(key)?.[1] ?? "-");
  if (han >= 0) return String(han + 1);
  const at = circled.indexOf(key);
  if (at >= 0 && key !== "") return String(at + 1);
  return (
    /^(?:第|检查项|检查点|要点|条目|item|no\.?)?\s*(\d{1,2})\s*(?:条|项|点)?[.、)]?$/u.exec(
      key,
    )?.[1] ?? null
  );
}

/** What a readable second reply changed of the marks that an unreadable first one shows; null where nothing. */
export function changedMark(
  first: string,
  code: string,
  marks: Marks,
  low: number,
  high: number,
): string | null {
  const words = verdictWords(first, code).replaceAll(/[一二三四五六七八九十](?=\s*分)/gu, (each) =>
    String("零一二三四五六七八九十".indexOf(each)),
  );
  for (const [name, mark] of Object.entries(marks)) {
    const seen = [...words.matchAll(shownMarks(name))].flatMap(([, one, other]) =>
      [one, other].filter((each) => each !== undefined).map(Number),
    );
    const onScale = seen.filter((each) => each >= low && each <= high);
    if (onScale.length > 0 && onScale.every((each) => Math.abs(each - mark) >= 1)) {
      return `“${name}”先是 ${onScale.join("、")}，后是 ${mark}`;
    }
  }
  return null;
}

const shownMarks = (name: string): RegExp =>
  new RegExp(
    `${escaped(foldVerdict(name))}[^\\d\\n]{0,8}?(\\d{1,2}(?:\\.\\d+)?)(?:\\s*[-或至到~]\\s*(\\d{1,2}))?`,
    "giu",
  );

/** The same for a checklist. */
export function changedAnswer(first: string, code: string, marks: Marks): string | null {
  const words = verdictWords(first, code);
  for (const [name, mark] of Object.entries(marks)) {
    const shown = new RegExp(
      `(?<!\\d)${name}["'”’\\s]*(?:条|项|点)?["'”’\\s]*[:.、=][\\s"'“‘]*([^\\s"'”’,;、}\\n]{1,6})`,
      "gu",
    );
    const seen = [...words.matchAll(shown)].flatMap(([, word = ""]) => yesOrNoIn(word) ?? []);
    if (seen.length > 0 && !seen.includes(mark)) return `第 ${name} 条先后不一`;
  }
  return null;
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
