import { editDistance } from "./edit-distance.ts";

/**
 * The candidate closest to `name` by edit distance (insertion, deletion, replacement, swap of neighbours; 1 each,
 * ignoring case), or null if none is close, that is if more than 40 % of the longer name differs.
 * A single edit always counts as close, so that two-character Chinese names find their neighbours.
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

/** The distance where two neighbours may have changed places once, which without it counts as two edits. */
function swapped(typed: readonly string[], meant: readonly string[], apart: number): number {
  for (const [at, letter] of typed.slice(1).entries()) {
    const turned = typed.toSpliced(at, 2, letter, typed[at] ?? "");
    if (editDistance(turned, meant) === apart - 2) return apart - 1;
  }
  return apart;
}
