import { pinyin } from "pinyin-pro";

import type { Asked } from "./asked.ts";

import { groups } from "./asked.ts";
import { solveGathered } from "./search/gathered.ts";
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
  if (question.includes("句式只有四种")) return lookForPoems(question).count;
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

/** Poems that can be gathered from the lines of a question. */
export const lookForPoems = (question: string): ReturnType<typeof solveGathered> =>
  solveGathered(question, (each) => toneOf(each, true), rhymesOfPages);

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
