/**
 * Levenshtein distance of two token lists: insertions, deletions and substitutions cost 1 each.
 * Bit-parallel by columns of 32 (Myers 1999, in blocks as in Hyyrö 2003): longer × shorter / 32 steps.
 */
export function editDistance(a: readonly string[], b: readonly string[]): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const m = short.length;
  if (m === 0) return long.length;
  const words = (m + 31) >>> 5;
  const masks = new Map<string, Uint32Array>();
  for (const [index, token] of short.entries()) {
    const mask = masks.get(token) ?? new Uint32Array(words);
    mask[index >>> 5] = (mask[index >>> 5] ?? 0) | (1 << (index & 31));
    masks.set(token, mask);
  }
  const none = new Uint32Array(words);
  const plus = new Uint32Array(words).fill(0xffffffff);
  const minus = new Uint32Array(words);
  const lastBit = (m - 1) & 31;
  let distance = m;
  for (const token of long) {
    distance += column(masks.get(token) ?? none, plus, minus, words, lastBit);
  }
  return distance;
}

/** Processes one token of the longer list; returns the change of the distance in the last row. */
function column(
  mask: Uint32Array,
  plus: Uint32Array,
  minus: Uint32Array,
  words: number,
  lastBit: number,
): number {
  let plusIn = 1;
  let minusIn = 0;
  let change = 0;
  for (let word = 0; word < words; word++) {
    const up = plus[word] ?? 0;
    const down = minus[word] ?? 0;
    const equal = mask[word] ?? 0;
    const vertical = equal | down;
    const match = equal | minusIn;
    const sum = ((match & up) >>> 0) + up;
    const diagonal = ((sum | 0) ^ up) | match;
    const plusOut = down | ~(diagonal | up);
    const minusOut = up & diagonal;
    const top = word === words - 1 ? lastBit : 31;
    const carryPlus = (plusOut >>> top) & 1;
    const carryMinus = (minusOut >>> top) & 1;
    const shiftedPlus = (plusOut << 1) | plusIn;
    const shiftedMinus = (minusOut << 1) | minusIn;
    plus[word] = shiftedMinus | ~(vertical | shiftedPlus);
    minus[word] = shiftedPlus & vertical;
    plusIn = carryPlus;
    minusIn = carryMinus;
    change = carryPlus - carryMinus;
  }
  return change;
}

/**
 * The candidate closest to `name` by edit distance (insert, delete, replace, and once a swap of neighbours; one each,
 * letter case ignored), or null where none is close: more than 40 % of the longer name differs.
 * One edit is always close, so that two-character Chinese names find their neighbour.
 */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  const [best] = byDistance(name, candidates);
  return best?.close === true ? best.candidate : null;
}

/**
 * At most three candidates: of those that are close, as `nearest` has it, the closest and any as close as it; where none is
 * close, those that have most in common with the name.
 */
export function nearestThree(
  name: string,
  candidates: Iterable<string>,
): { readonly close: boolean; readonly names: readonly string[] } {
  const sorted = byDistance(name, candidates);
  const close = sorted.filter((each) => each.close && each.distance === sorted[0]?.distance);
  const names = (close.length > 0 ? close : sorted).slice(0, 3).map(({ candidate }) => candidate);
  return { close: close.length > 0, names };
}

type Apart = {
  readonly candidate: string;
  readonly distance: number;
  /** Of the longer name, what differs. */
  readonly share: number;
  readonly close: boolean;
};

/** Every candidate once, the closest first; those at one distance in their own order. */
const byDistance = (name: string, candidates: Iterable<string>): readonly Apart[] =>
  Array.from(new Set(candidates), (candidate) => distanceTo(candidate, name)).toSorted(
    (a, b) =>
      Number(b.close) - Number(a.close) || (a.close ? a.distance - b.distance : a.share - b.share),
  );

function distanceTo(candidate: string, name: string): Apart {
  const typed = Array.from(name.toLowerCase());
  const meant = Array.from(candidate.toLowerCase());
  const length = Math.max(typed.length, meant.length);
  const limit = Math.max(1, length * 0.4);
  const apart = editDistance(typed, meant);
  const distance = apart > 1 && apart - 1 <= limit ? swapped(typed, meant, apart) : apart;
  const close = distance < length && distance <= limit;
  return { candidate, distance, share: distance / length, close };
}

/** The distance if one swap of neighbours, which Levenshtein counts as two edits, counts as one. */
function swapped(typed: readonly string[], meant: readonly string[], apart: number): number {
  for (const [at, letter] of typed.slice(1).entries()) {
    const turned = typed.toSpliced(at, 2, letter, typed[at] ?? "");
    if (editDistance(turned, meant) === apart - 2) return apart - 1;
  }
  return apart;
}
