type Line = { readonly text: string; readonly rhyme: string; readonly points: number };
type Tone = (character: string) => string;

/** Lines of one pattern that can still be taken, and how many of them a poem still needs. */
type Shelf = { readonly open: readonly Line[]; readonly needed: number };

/**
 * Takes one line after another, always of the pattern with the fewest left, and puts away what shares a character with it; stops
 * where some pattern has too few left or the best of what is left is worth too little. Orders that need the same lines count once.
 * `looked` is how many beginnings of poems that was.
 */
export function solveGathered(
  question: string,
  toneOf: Tone,
  rhymes: Readonly<Record<string, string>>,
): { readonly count: number; readonly looked: number } {
  const patterns = new Map(
    [...question.matchAll(/([甲乙丙丁]) ([中平仄]{7})/g)].map(([, name = "", own = ""]) => [
      name,
      own,
    ]),
  );
  const listed = (/只能是下列之一：([^；]+)/.exec(question)?.[1] ?? "").split("，");
  const needs = new Set(listed.map((order) => Array.from(order).toSorted().join("")));
  const least = Number(/(?:不得低于|至少要有|须达到) (\d+)/.exec(question)?.[1]);
  const byPattern = new Map<string, Line[]>();
  for (const [, text = "", points] of question.matchAll(
    /\d+\. (\p{Script=Han}{7})（(\d+)）(?=　|\n)/gu,
  )) {
    const own = [...patterns].find(([, pattern]) =>
      Array.from(text).every((each, at) => pattern[at] === "中" || pattern[at] === toneOf(each)),
    );
    if (own === undefined) continue;
    const rhyme = Object.keys(rhymes).find((name) => rhymes[name]?.includes(text.slice(-1)));
    const line = { text, rhyme: rhyme ?? "none", points: Number(points) };
    byPattern.set(own[0], [...(byPattern.get(own[0]) ?? []), line]);
  }
  const beside = besides([...byPattern.values()].flat());
  let [count, looked] = [0, 0];
  const take = (shelves: readonly Shelf[], sum: number): void => {
    if (!shelves.every(({ open, needed }) => open.length >= needed)) return;
    if (sum + shelves.reduce((all, shelf) => all + hoped(shelf), 0) < least) return;
    looked += 1;
    const [next] = shelves
      .filter(({ needed }) => needed > 0)
      .toSorted((a, b) => a.open.length - b.open.length);
    if (next === undefined) {
      count += 1;
      return;
    }
    for (const [at, line] of next.open.entries()) {
      const fitting = beside.get(line);
      const left = shelves.map(({ open, needed }, shelf) =>
        shelves[shelf] === next
          ? {
              open: open.slice(at + 1).filter((each) => fitting?.has(each)),
              needed: needed - 1,
            }
          : { open: open.filter((each) => fitting?.has(each)), needed },
      );
      take(left, sum + line.points);
    }
  };
  for (const need of needs)
    for (const rhyme of Object.keys(rhymes)) {
      const shelves = [...patterns].map(([name, pattern]) => ({
        open: (byPattern.get(name) ?? []).filter(
          (line) => pattern.endsWith("仄") || line.rhyme === rhyme,
        ),
        needed: need.split(name).length - 1,
      }));
      take(shelves, 0);
    }
  return { count, looked };
}

/** Points of the best lines that the shelf can give. */
const hoped = ({ open, needed }: Shelf): number =>
  open
    .map(({ points }) => points)
    .toSorted((a, b) => b - a)
    .slice(0, needed)
    .reduce((all, points) => all + points, 0);

/** For each line those that have none of its characters. */
function besides(lines: readonly Line[]): ReadonlyMap<Line, ReadonlySet<Line>> {
  return new Map(
    lines.map((line) => [
      line,
      new Set(
        lines.filter(({ text }) => !Array.from(text).some((each) => line.text.includes(each))),
      ),
    ]),
  );
}
