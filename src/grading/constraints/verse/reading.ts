import { pinyin } from "pinyin-pro";
import { z } from "zod";

import { simplify } from "../../../text/normalise.ts";
import { pingshui } from "./pingshui.ts";

/** 平水韵 for verse after the old rules, 新韵 for the sounds of today (中华新韵, fourteen groups). */
export const RhymeBook = z.enum(["平水韵", "新韵"]);
export type RhymeBook = z.infer<typeof RhymeBook>;

export type ToneClass = "平" | "仄";

/** How a character can be read: a character with several readings has all of them, an unknown one none. */
type Reading = { readonly tones: ReadonlySet<ToneClass>; readonly groups: ReadonlySet<string> };

const unknown: Reading = { tones: new Set(), groups: new Set() };

/** Tone classes and rhyme groups of a character. Traditional characters are read as their simplified forms. */
export function readingOf(character: string, book: RhymeBook): Reading {
  const simple = simplify(character);
  return book === "平水韵" ? (oldReadings().get(simple) ?? unknown) : newReading(simple);
}

/** True where the character can be read in this class; what nobody knows can be anything. */
export function canBe(character: string, tone: ToneClass, book: RhymeBook): boolean {
  const { tones } = readingOf(character, book);
  return tones.size === 0 || tones.has(tone);
}

let old: ReadonlyMap<string, Reading> | null = null;

function oldReadings(): ReadonlyMap<string, Reading> {
  if (old !== null) return old;
  const map = new Map<string, { tones: Set<ToneClass>; groups: Set<string> }>();
  for (const line of pingshui.trim().split("\n")) {
    const [group = "", characters = ""] = line.split(" ");
    const tone = /^[上下]平/.test(group) ? "平" : "仄";
    for (const each of characters) {
      const reading = map.get(each) ?? { tones: new Set(), groups: new Set() };
      reading.tones.add(tone);
      reading.groups.add(group);
      map.set(each, reading);
    }
  }
  old = map;
  return map;
}

/** Every reading of a character in pinyin with its tone as a digit; which one a sentence means is not guessed. */
const soundsOf = (character: string): readonly string[] =>
  pinyin(character, { toneType: "num", type: "array", multiple: true });

/** The syllables that a character can be read as, without tones. */
export const syllablesOf = (character: string): readonly string[] =>
  soundsOf(simplify(character)).map((each) => each.replace(/\d$/, ""));

const recent = new Map<string, Reading>();

function newReading(character: string): Reading {
  const known = recent.get(character);
  if (known !== undefined) return known;
  const tones = new Set<ToneClass>();
  const groups = new Set<string>();
  for (const [, sound = "", tone] of soundsOf(character).map(
    (each) => /^([a-zü]+)([0-4])$/.exec(each) ?? [],
  )) {
    const group = groupOf(sound);
    if (group === null) continue;
    groups.add(group);
    // The neutral tone is neither.
    if (tone === "0") ["平", "仄"].forEach((each) => tones.add(each as ToneClass));
    else tones.add(tone === "1" || tone === "2" ? "平" : "仄");
  }
  const reading = { tones, groups };
  recent.set(character, reading);
  return reading;
}

/** The fourteen groups of 中华新韵 (中华诗词学会, 2005) by the ending of a syllable, the longest first. */
const endings: readonly (readonly [RegExp, string])[] = [
  [/^(?:[zcs]h?|r)i$/, "十三支"],
  [/(?:iong|ong|eng|ing)$/, "十一庚"],
  [/ang$/, "十唐"],
  [/an$/, "八寒"],
  [/(?:en|in|un|ün)$/, "九文"],
  [/ao$/, "六豪"],
  [/ai$/, "四开"],
  [/(?:ei|ui)$/, "五微"],
  [/(?:ou|iu)$/, "七尤"],
  [/(?:ie|üe|ue|^ye)$/, "三皆"],
  [/a$/, "一麻"],
  [/er$|i$|ü$|^[jqxy]u$/, "十二齐"],
  [/(?:o|e)$/, "二波"],
  [/u$/, "十四姑"],
];

const groupOf = (sound: string): string | null =>
  endings.find(([ending]) => ending.test(sound))?.[1] ?? null;
