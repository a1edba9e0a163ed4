import type { Draw } from "../draw.ts";

import { deeds, ends, openings, youths } from "./passages.ts";
import { drawPerson, slotWords } from "./words.ts";

/**
 * What may stand behind a character: a break, a pause that is a matter of taste (`time` behind a time, `name` where the hero
 * is named first), or nothing.
 */
export type Gap = "break" | "either" | "time" | "name" | "none";

const gapOf: Readonly<Record<string, Gap>> = {
  "/": "break",
  "~": "either",
  "'": "time",
  "^": "name",
};

/** A text without marks, and what may stand behind each of its characters. */
export type BareText = { readonly characters: readonly string[]; readonly gaps: readonly Gap[] };

/** A life of so many passages, from birth to death; deeds are `told` again only where no others are left. */
export function drawPassage(
  draw: Draw,
  count: number,
  hasTraps: boolean,
  told: Set<string>,
): BareText {
  const hero = drawPerson(draw, "", new Set(), hasTraps);
  const known = new Set([hero.full]);
  const lives = [
    draw.pick(openings),
    ...(count > 3 ? [draw.pick(youths)] : []),
    ...drawDeeds(draw, count > 3 ? count - 3 : count - 1, told),
    ...(count > 3 ? [draw.pick(ends)] : []),
  ];
  const filled = lives.map((passage) => {
    const other = drawPerson(draw, hero.full, known, hasTraps);
    const third = drawPerson(draw, `${hero.full}${other.full}`, known, hasTraps);
    for (const { full } of [other, third]) known.add(full);
    const people: Readonly<Record<string, string>> = {
      甲: hero.full,
      名: hero.given,
      乙: other.full,
      己: other.given,
      丙: third.full,
      亲: `${hero.full.slice(0, 1)}${other.given}`,
    };
    const used: string[] = [];
    return passage.replaceAll(/\{(.)\}/g, (_, slot: string) => {
      const person = people[slot];
      if (person !== undefined) return person;
      const word = draw.pick((slotWords[slot] ?? []).filter((each) => !used.includes(each)));
      used.push(word);
      return word;
    });
  });
  return marked(filled.join(""));
}

function drawDeeds(draw: Draw, count: number, told: Set<string>): readonly string[] {
  const fresh = draw.sample(
    deeds.filter((deed) => !told.has(deed)),
    count,
  );
  const again = draw.sample(
    deeds.filter((deed) => !fresh.includes(deed)),
    count - fresh.length,
  );
  if (again.length > 0) told.clear();
  for (const deed of [...fresh, ...again]) told.add(deed);
  return draw.shuffle([...fresh, ...again]);
}

function marked(text: string): BareText {
  const characters: string[] = [];
  const gaps: Gap[] = [];
  for (const character of text) {
    const gap = gapOf[character];
    if (gap !== undefined) gaps[gaps.length - 1] = gap;
    else {
      characters.push(character);
      gaps.push("none");
    }
  }
  return { characters, gaps };
}
