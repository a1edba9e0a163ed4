import { pinyin } from "pinyin-pro";

import type { Asked } from "./asked.ts";

import { groups } from "./asked.ts";
import { guangyun, rhymesOfPages } from "./verse-data.ts";

/** Endings of the groups of 中华新韵 that occur. */
const modern: Readonly<Record<string, RegExp>> = {
  十唐: /ang$/,
  八寒: /an$/,
  七尤: /(?:ou|iu)$/,
  十一庚: /(?:eng|ing|ong)$/,
  九文: /(?:en|in|un|ün)$/,
  一麻: /a$/,
};

/** Looks at one character after another: by pinyin, or by the volumes and pages of 广韵. */
export function solveVerseFaults({ question }: Asked): string | number {
  if (question.includes("甲式：")) return solveUnnamed(question);
  const isOld = question.includes("平水韵");
  const rows = question.split("\n");
  const isVerse = (row: string | undefined): boolean => /^[^（]{5,7}，.{5,7}。$/.test(row ?? "");
  const flat = (row: string): readonly string[] =>
    row.split(/[，。]/).filter((line) => line !== "");
  const [verses, wrong]: [string[][], string[]] = [[], []];
  let lines: string[] = [];
  for (const [at, row] of rows.entries()) {
    if (isVerse(row)) lines.push(...flat(row));
    else if (lines.length > 0) {
      verses.push(lines);
      lines = [];
    }
    if (!/^第 [\d、]+ 句/.test(row)) continue;
    const [patterns = [], poem = []] = [verses.at(-1), verses.at(-2)];
    const [places = "", group = ""] = groups(/第 ([\d、]+) 句.*“([^“”]+)”/, rows[at] ?? "");
    const rhyming = places.split("、").map((place) => Number(place) - 1);
    const isRhyme = (each: string): boolean => rhymes(each, group, isOld);
    const number = question.includes("在第几首") ? String(verses.length / 2) : "";
    const found = faultsOf(poem, patterns, rhyming, isRhyme, isOld);
    wrong.push(...found.map((each) => `${number}${each}`));
  }
  return wrong.join("、");
}

/** Tries all four patterns on each poem. */
function solveUnnamed(question: string): number {
  const rows = question.split("\n");
  const inLines = (text: string): readonly string[] => text.match(/.{7}/g) ?? [];
  const patterns = rows.flatMap((row) => {
    const found = /^[甲乙丙丁]式：(.+)$/.exec(row)?.[1];
    return found === undefined ? [] : [inLines(found.replaceAll(/[，。]/g, ""))];
  });
  const poems = rows.flatMap((row) => {
    const found = /^其.+（押“(.+)”韵）(.+)$/.exec(row);
    return found === null ? [] : [{ rhyme: found[1] ?? "", lines: inLines(found[2] ?? "") }];
  });
  return poems.reduce((sum, { rhyme, lines }, poem) => {
    const tried = patterns.map((pattern) => {
      const rhyming = pattern.flatMap((each, at) => (each.endsWith("平") ? [at] : []));
      return faultsOf(lines, pattern, rhyming, (each) => rhymes(each, rhyme, true), true);
    });
    const least = Math.min(...tried.map(({ length }) => length));
    const fitting = tried.filter(({ length }) => length === least);
    if (fitting.length > 1) return Number.NaN;
    const text = lines.join("");
    const places = (fitting[0] ?? []).map((each) => text.indexOf(each) + 1);
    return sum + (poem + 1) * places.reduce((own, at) => own + at, 0);
  }, 0);
}

function faultsOf(
  lines: readonly string[],
  patterns: readonly string[],
  rhyming: readonly number[],
  isRhyme: (character: string) => boolean,
  isOld: boolean,
): readonly string[] {
  return lines.flatMap((line, row) =>
    Array.from(line).filter((character, place) => {
      const tone = patterns[row]?.[place] ?? "";
      if (tone !== "中" && toneOf(character, isOld) !== tone) return true;
      return rhyming.includes(row) && place === line.length - 1 && !isRhyme(character);
    }),
  );
}

const soundsOf = (character: string): readonly string[] =>
  pinyin(character, { toneType: "num", type: "array", multiple: true });

function toneOf(character: string, isOld: boolean): string {
  if (isOld)
    return guangyun.平.includes(character) ? "平" : guangyun.仄.includes(character) ? "仄" : "?";
  const tones = new Set(soundsOf(character).map((sound) => (/[12]$/.test(sound) ? "平" : "仄")));
  return tones.size === 1 ? ([...tones][0] ?? "?") : "?";
}

const rhymes = (character: string, group: string, isOld: boolean): boolean =>
  isOld
    ? rhymesOfPages[group]?.includes(character) === true
    : soundsOf(character).every((sound) => modern[group]?.test(sound.slice(0, -1)) === true);
