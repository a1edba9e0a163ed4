import { editDistance } from "./edit-distance.ts";

/**
 * The candidate closest to `name` by edit distance (insert, delete, replace, and once a swap of neighbours; one each,
 * letter case ignored), or null where none is close: more than 40 % of the longer name differs.
 * One edit is always close, so that two-character Chinese names find their neighbour.
 */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  const typed = Array.from(name.toLowerCase());
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const meant = Array.from(candidate.toLowerCase());
    const length = Math.max(typed.length, meant.length);
    const close = Math.max(1, length * 0.4);
    const apart = editDistance(typed, meant);
    const distance = apart > 1 && apart - 1 <= close ? swapped(typed, meant, apart) : apart;
    if (distance < least && distance < length && distance <= close) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** The distance if one swap of neighbours, which Levenshtein counts as two edits, counts as one. */
function swapped(typed: readonly string[], meant: readonly string[], apart: number): number {
  for (const [at, letter] of typed.slice(1).entries()) {
    const turned = typed.toSpliced(at, 2, letter, typed[at] ?? "");
    if (editDistance(turned, meant) === apart - 2) return apart - 1;
  }
  return apart;
}
