import type { Text } from "../../../domain/text.ts";
import type { VerseForm, VerseLine } from "./pattern.ts";
import type { RhymeBook } from "./reading.ts";

import { canBe } from "./reading.ts";

/** What departs from a form of verse, line by line; empty where nothing does. Characters of two classes fit either. */
export function toneFaults(
  verses: readonly string[],
  form: VerseForm,
  book: RhymeBook,
): readonly Text[] {
  const size = form.lines[0]?.forms[0]?.length ?? 0;
  if (verses.length !== form.lines.length)
    return [
      {
        zh: `${verses.length} 句，要求 ${form.lines.length} 句`,
        en: `${verses.length} lines, asked for ${form.lines.length}`,
      },
    ];
  const uneven = verses.findIndex((verse) => Array.from(verse).length !== size);
  if (uneven >= 0) {
    const length = Array.from(verses[uneven] ?? "").length;
    return [
      {
        zh: `第 ${uneven + 1} 句 ${length} 字，要求 ${size} 字`,
        en: `line ${uneven + 1} has ${length} characters, asked for ${size}`,
      },
    ];
  }
  return verses.flatMap((verse, at) => {
    const line = form.lines[at];
    if (line === undefined || isSaved(verses, at, form, book)) return [];
    return lineFaults(verse, line, at, book);
  });
}

/** A line whose fourth place is wrong stands where the next one makes good for it (拗救). */
function isSaved(verses: readonly string[], at: number, form: VerseForm, book: RhymeBook): boolean {
  const [twisted, saving] = [form.lines[at]?.twisted, form.lines[at + 1]?.saving];
  if (twisted == null || saving == null) return false;
  return (
    wrongPlaces(verses[at] ?? "", twisted, book).length === 0 &&
    wrongPlaces(verses[at + 1] ?? "", saving, book).length === 0
  );
}

function lineFaults(verse: string, line: VerseLine, at: number, book: RhymeBook): readonly Text[] {
  const [nearest] = line.forms
    .map((form) => ({ form, places: wrongPlaces(verse, form, book) }))
    .toSorted((x, y) => x.places.length - y.places.length);
  if (nearest === undefined || nearest.places.length === 0) return [];
  const points = Array.from(verse);
  const named = namedFault(points, book);
  return nearest.places.map((place) => {
    const is = nearest.form[place] === "P" ? "仄" : "平";
    const should = is === "仄" ? "平" : "仄";
    const name = named === null ? "" : `（${named}）`;
    return {
      zh: `第 ${at + 1} 句第 ${place + 1} 字“${points[place] ?? ""}”为${is}，应为${should}${name}`,
      en: `line ${at + 1}, character ${place + 1} "${points[place] ?? ""}" is ${is}, should be ${should}${name}`,
    };
  });
}

/** Places, from 0, whose character cannot be read as the form asks. */
function wrongPlaces(verse: string, form: string, book: RhymeBook): readonly number[] {
  return Array.from(verse).flatMap((point, place) => {
    const asked = form[place];
    if (asked === "." || asked === undefined) return [];
    return canBe(point, asked === "P" ? "平" : "仄", book) ? [] : [place];
  });
}

export const verseRules = ["孤平", "三平尾", "粘对"] as const;
type VerseRule = (typeof verseRules)[number];

/** Departures from single rules, in verse of any form; only what no reading of the characters can avoid. */
export function ruleFaults(
  verses: readonly string[],
  rules: readonly VerseRule[],
  book: RhymeBook,
): readonly Text[] {
  const points = verses.map((verse) => Array.from(verse));
  const single = points.flatMap((line, at) => {
    const named = namedFault(line, book);
    return named !== null && rules.includes(named)
      ? [{ zh: `第 ${at + 1} 句${named}`, en: `line ${at + 1}: ${named}` }]
      : [];
  });
  return rules.includes("粘对") ? [...single, ...joints(points, book)] : single;
}

function namedFault(line: readonly string[], book: RhymeBook): "孤平" | "三平尾" | null {
  const surely = (form: string, places: readonly string[]): boolean =>
    places.length === form.length &&
    places.every((point, at) => !canBe(point, form[at] === "P" ? "仄" : "平", book));
  if (surely("PPP", line.slice(-3))) return "三平尾";
  return surely("ZPZZP", line.slice(-5)) ? "孤平" : null;
}

/** 对: the second places of a couplet differ. 粘: those of its end and of the next one's beginning agree. */
function joints(lines: readonly (readonly string[])[], book: RhymeBook): readonly Text[] {
  return lines.slice(1).flatMap((line, index) => {
    const [before, own] = [lines[index]?.[1] ?? "", line[1] ?? ""];
    const differ = index % 2 === 0;
    const fits = (["平", "仄"] as const).some(
      (tone) =>
        canBe(before, tone, book) &&
        canBe(own, differ ? (tone === "平" ? "仄" : "平") : tone, book),
    );
    if (fits) return [];
    const name = differ ? "失对" : "失粘";
    return [
      {
        zh: `第 ${index + 1}、${index + 2} 句${name}`,
        en: `lines ${index + 1} and ${index + 2}: ${name}`,
      },
    ];
  });
}
