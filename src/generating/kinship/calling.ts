import type { Draw } from "../draw.ts";
import type { Relative } from "./family.ts";

/** How people are spoken of: by their names, by pet names, and as somebody's relatives. */
export type Calling = {
  readonly names: readonly string[];
  /** Null for those who have none. */
  readonly petNames: readonly (string | null)[];
  /** Percent of parents who are told as a relative of somebody, not by name. */
  readonly veiled: number;
};

const petNames = Array.from(
  "宝福贵满喜顺旺春莲桂菊兰香秀珍凤英芳平安庆祥丰年牛虎龙秋冬雪云月星梅",
  (each) => `阿${each}`,
);

/** Names for everybody; about so many in a hundred have a pet name as well. */
export function drawCalling(
  draw: Draw,
  names: readonly string[],
  { nicknamed, veiled }: { readonly nicknamed: number; readonly veiled: number },
): Calling {
  const pets = [...draw.shuffle(petNames)];
  return {
    names,
    petNames: names.map(() => (draw.int(0, 99) < nicknamed ? (pets.pop() ?? null) : null)),
    veiled,
  };
}

/** One of somebody's names. */
export function nameOf(draw: Draw, { names, petNames: pets }: Calling, at: number): string {
  const [own = "", pet = null] = [names[at], pets[at]];
  return pet === null ? own : draw.pick([own, pet]);
}

/** Whose pet name is whose. */
export const petNameTexts = (draw: Draw, { names, petNames: pets }: Calling): readonly string[] =>
  pets.flatMap((pet, at) => {
    const own = names[at] ?? "";
    return pet === null
      ? []
      : [draw.pick([`${own}小名${pet}`, `家里人管${own}叫${pet}`, `${pet}是${own}的小名`])];
  });

/** Relatives of whom everybody has one at most, by the way to them (S spouse, F father, M mother). */
const described = [
  ["S", "丈夫", "妻子"],
  ["F", "父亲"],
  ["M", "母亲"],
  ["SF", "公公", "岳父"],
  ["SM", "婆婆", "岳母"],
  ["FF", "祖父"],
  ["FM", "祖母"],
  ["MF", "外祖父"],
  ["MM", "外祖母"],
] as const;

/**
 * The parent that each child is told to be of, in words, by child. A parent who is told as somebody's relative can be found
 * by what is told of children before in an order drawn here, so that all of it can be untangled.
 */
export function parentTexts(
  draw: Draw,
  people: readonly Relative[],
  calling: Calling,
): ReadonlyMap<number, string> {
  const known = new Set<number>();
  const told = new Map<number, string>();
  const children = draw.shuffle([...people.keys()].filter((at) => people[at]?.father !== null));
  for (const child of children) {
    const { father, mother } = people[child] ?? {};
    const parent = draw.pick([father ?? 0, mother ?? 0]);
    const ways = draw.int(0, 99) < calling.veiled ? waysTo(people, known, parent) : [];
    const kinds = [...Map.groupBy(ways, ({ term }) => term).values()];
    if (kinds.length === 0) told.set(child, nameOf(draw, calling, parent));
    else {
      const { from, term } = draw.pick(draw.pick(kinds));
      told.set(child, `${nameOf(draw, calling, from)}的${term}`);
    }
    known.add(child);
  }
  return told;
}

/** From whom somebody is reached by one of these ways, if the parents of the known are known, and all couples. */
function waysTo(
  people: readonly Relative[],
  known: ReadonlySet<number>,
  to: number,
): readonly { readonly from: number; readonly term: string }[] {
  return [...people.keys()].flatMap((from) =>
    described.flatMap(([way, ofWife, ofHusband = ofWife]) => {
      let at: number | null = from;
      for (const step of way) {
        const person: Relative | undefined = at === null ? undefined : people[at];
        if (person === undefined || at === null) return [];
        if (step === "S") at = person.spouse;
        else at = known.has(at) ? (step === "F" ? person.father : person.mother) : null;
      }
      return at === to ? [{ from, term: people[from]?.isMale === true ? ofHusband : ofWife }] : [];
    }),
  );
}
