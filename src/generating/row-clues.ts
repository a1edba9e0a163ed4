import type { Draw } from "./draw.ts";

/** The position of each person, from 0 at the front. */
export type Places = readonly number[];

export type Clue = {
  readonly text: string;
  readonly holds: (places: Places) => boolean;
};

/** A true statement about an order of people that says nobody's position outright; compound ones join or deny two things. */
export function drawClue(
  draw: Draw,
  row: readonly string[],
  order: Places,
  isCompound: boolean,
): Clue {
  const people = draw.sample(
    row.map((_, at) => at),
    3,
  );
  const [a = 0, b = 1, c = 2] = people;
  if (isCompound && draw.int(0, 1) === 1) {
    const found = compoundClue(draw, row, order, [a, b, c]);
    if (found !== null) return found;
  }
  return plainClue(draw, row, order, [a, b]);
}

type Names = readonly string[];
const at = (places: Places, person: number): number => places[person] ?? -1;

function plainClue(draw: Draw, row: Names, order: Places, [a, b]: readonly [number, number]): Clue {
  const [i, j, last] = [at(order, a), at(order, b), row.length - 1];
  const [first, second] = [row[a] ?? "", row[b] ?? ""];
  const gap = Math.abs(i - j) - 1;
  return draw.pick<Clue>([
    before(row, i < j ? [a, b] : [b, a], draw.int(0, 1) === 1),
    {
      text: gap === 0 ? `${first}和${second}紧挨着` : `${first}和${second}中间隔着 ${gap} 个人`,
      holds: (places) => Math.abs(at(places, a) - at(places, b)) - 1 === gap,
    },
    ...(i === 0 ? [] : [{ text: `${first}不在最前面`, holds: notAt(a, 0) }]),
    ...(i === last ? [] : [{ text: `${first}不在最后`, holds: notAt(a, last) }]),
  ]);
}

const notAt =
  (person: number, place: number) =>
  (places: Places): boolean =>
    at(places, person) !== place;

/** Told from either side, so that who is named first says nothing. */
const before = (
  row: Names,
  [front, back]: readonly [number, number],
  isFromFront: boolean,
): Clue => ({
  text: isFromFront
    ? `${row[front] ?? ""}在${row[back] ?? ""}前面`
    : `${row[back] ?? ""}在${row[front] ?? ""}后面`,
  holds: (places) => at(places, front) < at(places, back),
});

/** Null where the kind that was drawn has no true statement about these three. */
function compoundClue(
  draw: Draw,
  row: Names,
  order: Places,
  [a, b, c]: readonly [number, number, number],
): Clue | null {
  const [first, second, third] = [row[a] ?? "", row[b] ?? "", row[c] ?? ""];
  const clue = draw.pick<Clue>([
    {
      text: `${first}和${second}不相邻`,
      holds: (places) => Math.abs(at(places, a) - at(places, b)) > 1,
    },
    {
      text: `${first}在${second}和${third}之间（不一定相邻）`,
      holds: (places) => (at(places, a) - at(places, b)) * (at(places, a) - at(places, c)) < 0,
    },
    {
      text: `“${first}和${second}紧挨着”和“${second}和${third}紧挨着”这两句话恰有一句是真的`,
      holds: (places) =>
        (Math.abs(at(places, a) - at(places, b)) === 1) !==
        (Math.abs(at(places, b) - at(places, c)) === 1),
    },
    {
      text: `如果${first}在${second}前面，那么${third}也在${second}前面`,
      holds: (places) => at(places, a) > at(places, b) || at(places, c) < at(places, b),
    },
  ]);
  return clue.holds(order) ? clue : null;
}
