import type { ChartClue } from "./chart-clues.ts";

/**
 * Ways to put so many people at as many places so that exactly so many clues are false, at most `limit` of them. Backtracking:
 * whoever has fewest places left comes next, and a branch ends where what is already false, with the fewest that each of the
 * others must make false beside those who stand, is too much.
 */
export function fittingPlaces(
  count: number,
  clues: readonly ChartClue[],
  falsehoods: number,
  limit: number,
): readonly (readonly number[])[] {
  const found: (readonly number[])[] = [];
  const tables = pairTables(count, clues);
  const wide = clues.filter(({ who }) => new Set(who).size > 2);
  const places = Array.from({ length: count }, () => -1);
  const isTaken = Array.from({ length: count }, () => false);
  const costs = tables.alone.map((own) => Int32Array.from(own));
  const search = (left: number, wrong: number): void => {
    if (left === 0) {
      if (wrong === falsehoods) found.push([...places]);
      return;
    }
    let [next, fewest, bound] = [-1, count + 1, wrong];
    for (let person = 0; person < count; person += 1) {
      if ((places[person] ?? 0) >= 0) continue;
      let [open, least] = [0, falsehoods + 1];
      for (let place = 0; place < count; place += 1) {
        if (isTaken[place] === true) continue;
        const cost = costs[person]?.[place] ?? 0;
        if (wrong + cost <= falsehoods) open += 1;
        if (cost < least) least = cost;
      }
      bound += least;
      if (bound > falsehoods) return;
      if (open < fewest) [next, fewest] = [person, open];
    }
    for (let place = 0; place < count; place += 1) {
      if (isTaken[place] === true || found.length >= limit) continue;
      const own = wrong + (costs[next]?.[place] ?? 0);
      if (own > falsehoods) continue;
      places[next] = place;
      isTaken[place] = true;
      const more = wide.filter(
        ({ who, holds }) =>
          who.includes(next) &&
          who.every((each) => (places[each] ?? -1) >= 0) &&
          !holds(who.map((each) => places[each] ?? 0)),
      ).length;
      if (own + more <= falsehoods) {
        move(next, place, 1);
        search(left - 1, own + more);
        move(next, place, -1);
      }
      places[next] = -1;
      isTaken[place] = false;
    }
  };
  const move = (person: number, place: number, sign: 1 | -1): void => {
    for (let other = 0; other < count; other += 1) {
      const table = (places[other] ?? 0) < 0 ? tables.pairs[person * count + other] : null;
      const own = costs[other];
      if (table === null || table === undefined || own === undefined) continue;
      for (let at = 0; at < count; at += 1)
        own[at] = (own[at] ?? 0) + sign * (table[place * count + at] ?? 0);
    }
  };
  search(count, 0);
  return found;
}

/** How many clues about one person, and about a pair, are false at each place and at each two. */
function pairTables(
  count: number,
  clues: readonly ChartClue[],
): {
  readonly alone: readonly Int32Array[];
  readonly pairs: readonly (Uint8Array | null)[];
} {
  const alone = Array.from({ length: count }, () => new Int32Array(count));
  const pairs = Array.from({ length: count * count }, (): Uint8Array | null => null);
  const add = (one: number, other: number, at: number): void => {
    const key = one * count + other;
    const table = (pairs[key] ??= new Uint8Array(count * count));
    table[at] = (table[at] ?? 0) + 1;
  };
  for (const { who, holds } of clues) {
    const [one = 0, other] = [...new Set(who)];
    if (new Set(who).size > 2) continue;
    for (let x = 0; x < count; x += 1) {
      if (other === undefined) {
        const own = alone[one];
        if (own !== undefined && !holds(who.map(() => x))) own[x] = (own[x] ?? 0) + 1;
        continue;
      }
      for (let y = 0; y < count; y += 1) {
        if (x === y || holds(who.map((each) => (each === one ? x : y)))) continue;
        add(one, other, x * count + y);
        add(other, one, y * count + x);
      }
    }
  }
  return { alone, pairs };
}
