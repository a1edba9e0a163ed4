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
export function solveVerseFaults({ question }: Asked): string {
  const isOld = question.includes("平水韵");
  const rows = question.split("\n");
  const at = rows.findIndex((row) => row.includes("可平可仄"));
  const flat = (part: readonly string[]): readonly string[] =>
    part
      .join("")
      .split(/[，。]/)
      .filter((line) => line !== "");
  const count = rows.slice(1, at).length;
  const [lines, patterns] = [flat(rows.slice(1, at)), flat(rows.slice(at + 1, at + 1 + count))];
  const [places = "", group = ""] = groups(/第 ([\d、]+) 句.*“([^“”]+)”(?:韵|部|。)/, question);
  const rhyming = places.split("、").map((place) => Number(place) - 1);
  return lines
    .flatMap((line, row) =>
      Array.from(line).filter((character, place) => {
        const tone = patterns[row]?.[place] ?? "";
        if (tone !== "中" && toneOf(character, isOld) !== tone) return true;
        const isRhyme = rhyming.includes(row) && place === line.length - 1;
        return isRhyme && !rhymes(character, group, isOld);
      }),
    )
    .join("、");
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
