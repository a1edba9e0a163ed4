import { z } from "zod";

import type { Text } from "../domain/text.ts";

/**
 * What a schema expected: in words, plus the known names if it expects one of several. zod carries one string
 * per issue, so a note is passed in it as JSON.
 */
export type Note = { readonly expected: Text; readonly known: readonly string[] };

/** A schema's own message (from `refine`) is plain text and serves both languages. */
export function readNote(message: string): Note {
  if (!message.startsWith('{"expected":')) return plain({ zh: message, en: message });
  return JSON.parse(message) as Note;
}

/** The note of an issue that zod is about to report. */
export function noteOf(raw: z.core.$ZodRawIssue): Note {
  if (raw.code === "unrecognized_keys") return { expected: other, known: keysOf(raw.inst) };
  if (raw.code === "invalid_value") return oneOf((raw.values ?? []).map(String));
  if (raw.code === "invalid_type") return plain(typeNames[raw.expected ?? ""] ?? localised(raw));
  if (raw.code === "too_small") {
    return plain(bound(raw.origin, Number(raw.minimum), raw.inclusive === false ? ">" : "≥"));
  }
  if (raw.code === "too_big") {
    return plain(bound(raw.origin, Number(raw.maximum), raw.inclusive === false ? "<" : "≤"));
  }
  if (raw.code === "invalid_format") {
    return plain(formats[raw.format ?? ""] ?? formats[raw.pattern ?? ""] ?? described(raw));
  }
  return plain(localised(raw));
}

export const plain = (expected: Text): Note => ({ expected, known: [] });

function oneOf(known: readonly string[]): Note {
  const list = known.join(", ");
  const expected =
    known.length === 1
      ? { zh: ` ${list}`, en: list }
      : { zh: `以下之一：${list}`, en: `one of ${list}` };
  return { expected, known };
}

/** What several branches of a union expected, as one text. */
export function anyOf(notes: readonly Note[]): Text {
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

export const other: Text = { zh: "有效的值", en: "a valid value" };

const typeNames: Readonly<Record<string, Text>> = {
  string: { zh: "文本", en: "a text" },
  number: { zh: "数", en: "a number" },
  int: { zh: "整数", en: "a whole number" },
  boolean: { zh: "布尔值（true 或 false）", en: "true or false" },
  array: { zh: "列表", en: "a list" },
  object: { zh: "键值表", en: "a map" },
  record: { zh: "键值表", en: "a map" },
  null: { zh: "空值", en: "nothing" },
};

/** By zod's format name, or by the pattern of a schema in domain/. */
const formats: Readonly<Record<string, Text>> = {
  date: { zh: "日期（如 2026-01-31）", en: "a date such as 2026-01-31" },
  "/^[\\p{L}\\p{N}._-]+$/u": {
    zh: "标识（字母、数字、汉字、. _ -）",
    en: "an id (letters, digits, . _ -)",
  },
  "/^\\d+(\\.\\d+)?(ms|s|m|h)$/": {
    zh: "时长（如 500ms、10s、5m、1h）",
    en: "a duration such as 500ms, 10s, 5m, 1h",
  },
  "/^([01]\\d|2[0-4]):[0-5]\\d-([01]\\d|2[0-4]):[0-5]\\d$/": {
    zh: "时段（如 09:00-12:00）",
    en: "hours such as 09:00-12:00",
  },
  "/^[A-Z]{3}_[A-Z]{3}$/": { zh: "货币对（如 USD_CNY）", en: "a currency pair such as USD_CNY" },
};

function described(raw: z.core.$ZodRawIssue): Text {
  const words = raw.schema instanceof z.ZodType ? raw.schema.description : undefined;
  return words === undefined ? localised(raw) : { zh: ` ${words}`, en: words };
}

const zh = z.locales.zhCN().localeError;
const en = z.locales.en().localeError;

function localised(raw: z.core.$ZodRawIssue): Text {
  const word = (message: ReturnType<typeof zh>) =>
    typeof message === "string" ? message : (message?.message ?? "");
  return { zh: word(zh(raw)), en: word(en(raw)) };
}
