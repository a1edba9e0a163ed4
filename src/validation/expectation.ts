import { z } from "zod";

import type { ExpectedNote } from "../domain/schema/expected.ts";
import type { Text } from "../domain/text.ts";

/** The note in a schema's message. Plain text, from a `refine` of an in-house grader, serves both languages as it is. */
export function readNote(message: string): ExpectedNote {
  if (message.startsWith('{"expected":')) return JSON.parse(message) as ExpectedNote;
  return { expected: { zh: message, en: message }, known: [], sentence: true };
}

/** The note of an issue that zod is about to report. zod's own words are never shown. */
export function noteOf(raw: z.core.$ZodRawIssue): ExpectedNote {
  switch (raw.code) {
    case "unrecognized_keys":
      return { expected: other, known: keysOf(raw.inst) };
    case "invalid_value":
      return oneOf((raw.values ?? []).map(String));
    case "invalid_union":
      return oneOf(kindsOf(raw));
    case "invalid_type":
      return plain(typeNames[raw.expected ?? ""] ?? other);
    case "too_small":
      return plain(bound(raw.origin, Number(raw.minimum), raw.inclusive === false ? ">" : "≥"));
    case "too_big":
      return plain(bound(raw.origin, Number(raw.maximum), raw.inclusive === false ? "<" : "≤"));
    case "not_multiple_of":
      return plain({ zh: ` ${raw.divisor} 的倍数`, en: `a multiple of ${raw.divisor}` });
    case "invalid_format":
      return plain(formats[raw.format ?? ""] ?? other);
    case "custom":
    case "invalid_element":
    case "invalid_key":
      return plain(other);
  }
}

export const plain = (expected: Text): ExpectedNote => ({ expected, known: [] });

/** More names than a sentence can list; the nearest are told instead. */
export const isLong = (known: readonly string[]): boolean => known.length > 12;

function oneOf(known: readonly string[]): ExpectedNote {
  const list = known.join(", ");
  if (known.length === 0) return plain(other);
  if (known.length === 1) return { expected: { zh: ` ${list}`, en: list }, known };
  const expected = isLong(known)
    ? { zh: `${known.length} 个已知名称之一`, en: `one of ${known.length} known names` }
    : { zh: `以下之一：${list}`, en: `one of ${list}` };
  return { expected, known };
}

/** What several branches of a union expected, as one text. */
export function anyOf(notes: readonly ExpectedNote[]): Text {
  const listed = (texts: readonly string[], comma: string, or: string) => {
    const unique = [...new Set(texts)];
    const last = unique.pop() ?? "";
    return unique.length === 0 ? last : `${unique.join(comma)}${or}${last}`;
  };
  return {
    zh: listed(
      notes.map((note) => note.expected.zh.trim()),
      "、",
      "或",
    ),
    en: listed(
      notes.map((note) => note.expected.en),
      ", ",
      " or ",
    ),
  };
}

function bound(origin: string | undefined, limit: number, sign: string): Text {
  if (origin === "string") {
    if (sign === "≥" && limit === 1) return { zh: "非空文本", en: "a text that is not empty" };
    return { zh: `长度 ${sign} ${limit} 的文本`, en: `a text of length ${sign} ${limit}` };
  }
  if (origin === "array" || origin === "set") {
    if (sign === "≥" && limit === 1) return { zh: "非空列表", en: "a list that is not empty" };
    return { zh: `项数 ${sign} ${limit} 的列表`, en: `a list of length ${sign} ${limit}` };
  }
  return { zh: ` ${sign} ${limit} 的数`, en: `a number ${sign} ${limit}` };
}

const keysOf = (schema: unknown): readonly string[] =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];

/** The names that the deciding member of a discriminated union may have. */
function kindsOf({ inst, discriminator }: z.core.$ZodRawIssue): readonly string[] {
  if (typeof discriminator !== "string" || !(inst instanceof z.ZodDiscriminatedUnion)) return [];
  return [...inst.def.options].flatMap((option) => {
    const kind: unknown = option instanceof z.ZodObject ? option.shape[discriminator] : null;
    return kind instanceof z.ZodLiteral ? [...kind.values].map(String) : [];
  });
}

export const other: Text = { zh: "有效的值", en: "a valid value" };

const typeNames: Readonly<Record<string, Text>> = {
  string: { zh: "文本", en: "a text" },
  number: { zh: "数", en: "a number" },
  int: { zh: "整数", en: "a whole number" },
  boolean: { zh: "布尔值（true 或 false）", en: "true or false" },
  array: { zh: "列表", en: "a list" },
  tuple: { zh: "列表", en: "a list" },
  object: { zh: "键值表", en: "a map" },
  record: { zh: "键值表", en: "a map" },
  null: { zh: "空值", en: "nothing" },
};

/** By zod's name of a format; every pattern of our own says itself what it expects. */
const formats: Readonly<Record<string, Text>> = {
  date: { zh: "日期（如 2026-01-31）", en: "a date such as 2026-01-31" },
};
