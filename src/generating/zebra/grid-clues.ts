import type { Draw } from "../draw.ts";
import type { Scene } from "./scenes.ts";
import type { Condition, Plain } from "./support.ts";
import type { Trait } from "./traits.ts";

/** A puzzle's people: the words of each trait, and the place of each value. */
export type PeopleGrid = {
  readonly scene: Scene;
  readonly people: number;
  readonly traits: readonly Trait[];
  /** By trait. */
  readonly words: readonly (readonly string[])[];
  /** By trait times the number of people, plus the value. */
  readonly places: readonly number[];
};

type Told<Kind> = Kind & { readonly text: string };
export type GridClue = Told<Condition>;

/** A true clue that says nobody's place outright; a compound one denies or joins things. */
export function drawGridClue(
  draw: Draw,
  grid: PeopleGrid,
  kind: "plain" | "compound" | "veiled",
): GridClue {
  const kinds = { plain: plainKinds, compound: compoundKinds, veiled: veiledKinds }[kind];
  for (;;) {
    const clue = draw.pick(kinds)(draw, grid);
    if (clue !== null && isTrueOf(grid.places, clue)) return clue;
  }
}

/** Whether it holds where the values have these places. */
export function isTrueOf(places: readonly number[], condition: Condition): boolean {
  if ("several" in condition)
    return condition.several.filter((each) => isTrueOf(places, each)).length === condition.hold;
  if (!("both" in condition))
    return condition.holds(condition.values.map((value) => places[value] ?? 0));
  const [p, q] = condition.both;
  return condition.allows(isTrueOf(places, p), isTrueOf(places, q));
}

/** Null where what was drawn makes no clue; what comes may be untrue. */
type Kind<Clue = GridClue> = (draw: Draw, grid: PeopleGrid) => Clue | null;
type PlainKind = Kind<Told<Plain>>;

const valueIn = (grid: PeopleGrid, trait: number, at: number): number => trait * grid.people + at;
const traitOf = (grid: PeopleGrid, value: number): Trait | undefined =>
  grid.traits[Math.floor(value / grid.people)];
const wordOf = (grid: PeopleGrid, value: number): string =>
  grid.words[Math.floor(value / grid.people)]?.[value % grid.people] ?? "";
const who = (grid: PeopleGrid, value: number): string =>
  traitOf(grid, value)?.who(wordOf(grid, value)) ?? "";

const anyValue = (draw: Draw, grid: PeopleGrid): number =>
  valueIn(grid, draw.int(0, grid.traits.length - 1), draw.int(0, grid.people - 1));

/** Values that need not be of different traits. */
const someValues = (draw: Draw, grid: PeopleGrid, count: number): readonly number[] => {
  const found = new Set<number>();
  while (found.size < count) found.add(anyValue(draw, grid));
  return [...found];
};

/** Two values of different traits; a person's name always comes first. */
function twoTraits(draw: Draw, grid: PeopleGrid): readonly [number, number] {
  const [a = 0, b = 1] = draw
    .sample(
      grid.traits.map((_, at) => at),
      2,
    )
    .toSorted((one, other) => Number(other === 0) - Number(one === 0));
  return [
    valueIn(grid, a, draw.int(0, grid.people - 1)),
    valueIn(grid, b, draw.int(0, grid.people - 1)),
  ];
}

const same: PlainKind = (draw, grid) => {
  const [a, b] = twoTraits(draw, grid);
  return {
    text: `${who(grid, a)}${traitOf(grid, b)?.is(wordOf(grid, b)) ?? ""}`,
    values: [a, b],
    holds: ([i, j]) => i === j,
  };
};

const notSame: PlainKind = (draw, grid) => {
  const [a, b] = twoTraits(draw, grid);
  return {
    text: `${who(grid, a)}${traitOf(grid, b)?.isNot(wordOf(grid, b)) ?? ""}`,
    values: [a, b],
    holds: ([i, j]) => i !== j,
  };
};

const related =
  (
    wordings: (scene: Scene) => readonly ((a: string, b: string) => string)[],
    holds: (i: number, j: number) => boolean,
  ): PlainKind =>
  (draw, grid) => {
    const [a = 0, b = 0] = someValues(draw, grid, 2);
    // Of one person told as two, it reads as a slip, even as the false part of a saying.
    if (grid.places[a] === grid.places[b]) return null;
    return {
      text: draw.pick(wordings(grid.scene))(who(grid, a), who(grid, b)),
      values: [a, b],
      holds: ([i = 0, j = 0]) => holds(i, j),
    };
  };

const adjacent = related(
  ({ adjacent: wordings }) => wordings,
  (i, j) => Math.abs(i - j) === 1,
);
const notAdjacent = related(
  ({ notAdjacent: wordings }) => wordings,
  (i, j) => Math.abs(i - j) !== 1,
);
const before = related(
  ({ before: wordings }) => wordings,
  (i, j) => i < j,
);
const justBefore = related(
  ({ justBefore: wordings }) => wordings,
  (i, j) => i + 1 === j,
);

const apart: PlainKind = (draw, grid) => {
  const [a = 0, b = 0] = someValues(draw, grid, 2);
  const count = draw.int(1, Math.max(1, grid.people - 2));
  return {
    text: draw.pick(grid.scene.apart)(who(grid, a), who(grid, b), count),
    values: [a, b],
    holds: ([i = 0, j = 0]) => Math.abs(i - j) === count + 1,
  };
};

const between: PlainKind = (draw, grid) => {
  const [a = 0, b = 0, c = 0] = someValues(draw, grid, 3);
  return {
    text: grid.scene.between(who(grid, a), who(grid, b), who(grid, c)),
    values: [a, b, c],
    holds: ([i = 0, j = 0, k = 0]) => (i - j) * (i - k) < 0,
  };
};

/** In a row of three, who is not at an end has a place. */
const ends: PlainKind = (draw, grid) => {
  if (grid.people < 4) return null;
  const [value, isEnd] = [anyValue(draw, grid), draw.int(0, 1) === 0];
  const last = grid.people - 1;
  return {
    text: (isEnd ? grid.scene.atEnd : grid.scene.notAtEnd)(who(grid, value)),
    values: [value],
    holds: ([i = 0]) => (i === 0 || i === last) === isEnd,
  };
};

const either: PlainKind = (draw, grid) => {
  const [a, b] = twoTraits(draw, grid);
  const first = Math.floor(b / grid.people) * grid.people;
  const c = first + ((b - first + draw.int(1, grid.people - 1)) % grid.people);
  const trait = traitOf(grid, b);
  if (trait === undefined) return null;
  return {
    text: `${who(grid, a)}要么${trait.is(wordOf(grid, b))}，要么${trait.is(wordOf(grid, c))}`,
    values: [a, b, c],
    holds: ([i, j, k]) => i === j || i === k,
  };
};

const simple: readonly PlainKind[] = [same, same, notSame, adjacent, before];

/** Two clues that may be untrue, on different things. */
function twoClues(draw: Draw, grid: PeopleGrid): readonly [Told<Plain>, Told<Plain>] | null {
  const [p, q] = [draw.pick(simple)(draw, grid), draw.pick(simple)(draw, grid)];
  if (p === null || q === null) return null;
  return p.values.every((value) => q.values.includes(value)) ? null : [p, q];
}

const joined =
  (
    text: (draw: Draw, p: string, q: string) => string,
    allows: (p: boolean, q: boolean) => boolean,
  ): Kind =>
  (draw, grid) => {
    const clues = twoClues(draw, grid);
    if (clues === null) return null;
    const [p, q] = clues;
    return {
      text: text(draw, short(p.text), short(q.text)),
      both: [p, q],
      allows,
    };
  };

/** Inside of another sentence the remark on neighbours is left out. */
const short = (text: string): string => text.replace(/，不一定.*$/, "");

const oneOf = joined(
  (draw, p, q) =>
    draw.pick([`“${p}”和“${q}”这两句话恰有一句是真的`, `“${p}”“${q}”，这两句话一真一假`]),
  (p, q) => p !== q,
);
const ifThen = joined(
  (draw, p, q) => draw.pick([`如果${p}，那么${q}`, `只要${p}，就可以断定${q}`]),
  (p, q) => !p || q,
);
const notBoth = joined(
  (draw, p, q) =>
    draw.pick([`“${p}”和“${q}”这两句话至少有一句是假的`, `“${p}”“${q}”，这两句话不会都对`]),
  (p, q) => !(p && q),
);

/** Three clues on different things, one or two of which hold. */
const someOf =
  (hold: 1 | 2): Kind =>
  (draw, grid) => {
    const several = Array.from({ length: 3 }, () => draw.pick(within)(draw, grid));
    const told = several.flatMap((each) => (each === null ? [] : [each]));
    const words = told.map(({ values }) => values.toSorted((a, b) => a - b).join(" "));
    if (told.length < 3 || new Set(words).size < 3) return null;
    const quoted = told.map(({ text }) => `“${short(text)}”`).join("");
    return {
      text: `${quoted}这三句话里恰有${hold === 1 ? "一" : "两"}句是真的`,
      several: told,
      hold,
    };
  };

/** What stands within another clue. */
const within: readonly PlainKind[] = [same, same, same, justBefore, adjacent, before];

const plainKinds: readonly Kind[] = [
  same,
  same,
  notSame,
  adjacent,
  adjacent,
  before,
  before,
  justBefore,
  apart,
  between,
  ends,
];
const compoundKinds: readonly Kind[] = [
  notSame,
  adjacent,
  notAdjacent,
  before,
  apart,
  between,
  ends,
  either,
  either,
  oneOf,
  oneOf,
  ifThen,
  ifThen,
  notBoth,
];

/** None of them says anything for certain of one value alone. */
const veiledKinds: readonly Kind[] = [
  someOf(1),
  someOf(1),
  someOf(2),
  someOf(2),
  oneOf,
  ifThen,
  either,
  notSame,
  notAdjacent,
  between,
];
