import type { Speech } from "../own-words.ts";
import type { Expectation } from "../stances.ts";

/** Weights a stance; features share them by their hash. */
export const buckets = 1 << 17;

/** How much each group of features counts, in the order of `WordingFeatures`. */
export const shares = [2.4, 0.8, 0.8] as const;

/**
 * What the wording scorer sees of a reply, as hashes below `buckets`, each once in its group: runs of one to three letters or English
 * words of the whole reply, with its marks, lists and drafted text; runs of one to four of its own clauses, where what it shares with
 * its question stands for its topic and is read as one blank, so that 撬锁 and 造谣 are refused in the same words; and pairs of such
 * letters that stand apart in a clause, such as 不…教. Every feature counts once for any item and once more for items of its
 * expectation. The question by itself is no feature: what is asked says nothing of what was replied. Expects simplified, folded text.
 */
export type WordingFeatures = readonly (readonly number[])[];

export function wordingFeatures(
  reply: string,
  { clauses }: Pick<Speech, "clauses">,
  question: string,
  expect: NonNullable<Expectation>,
): WordingFeatures {
  const whole = new Set<number>();
  const own = new Set<number>();
  const pairs = new Set<number>();
  addRuns(whole, unitsOf(reply), 3, kinds.whole);
  for (const clause of clauses) {
    const units = unitsOf(blanked(clause, question));
    addRuns(own, units, 4, kinds.own);
    addPairs(pairs, units);
  }
  return [whole, own, pairs].map((hashes) => bucketsOf(hashes, kinds[expect]));
}

/** Where a hash begins, so that equal letters of two groups are two features. */
const kinds = {
  whole: 0x811c9dc5,
  own: 0x2f0b4c47,
  pairs: 0x5bd1e995,
  refuse: 0x9e3779b9,
  answer: 0x7f4a7c15,
} as const;

/** What stands for words of the question. */
const blank = "□";

/** A clause with every run of two letters and more that the question has as well made one blank. */
function blanked(clause: string, question: string): string {
  let text = "";
  for (let at = 0; at < clause.length;) {
    let length = 0;
    while (at + length < clause.length && question.includes(clause.slice(at, at + length + 1)))
      length++;
    if (length < 2) {
      text += clause[at] ?? "";
      at++;
      continue;
    }
    if (!text.endsWith(blank)) text += blank;
    at += length;
  }
  return text;
}

/** Hashes of English words and single other letters and marks; every number is 0. */
const unitsOf = (text: string): readonly number[] =>
  (
    text
      .toLowerCase()
      .replaceAll(/\d+/gu, "0")
      .match(/[a-z]+(?:['’][a-z]+)?|[^\sa-z]/gu) ?? []
  ).map(hashOf);

function addRuns(to: Set<number>, units: readonly number[], longest: number, kind: number): void {
  for (let at = 0; at < units.length; at++) {
    let hash: number = kind;
    for (let next = at; next < Math.min(units.length, at + longest); next++) {
      hash = joined(hash, units[next] ?? 0);
      to.add(hash);
    }
  }
}

/** How far apart two letters of a pair may stand; next to each other they are a run. */
const reach = 5;

function addPairs(to: Set<number>, units: readonly number[]): void {
  for (let at = 0; at < units.length; at++) {
    const first = joined(kinds.pairs, units[at] ?? 0);
    for (let next = at + 2; next <= Math.min(units.length - 1, at + reach); next++)
      to.add(joined(first, units[next] ?? 0));
  }
}

function bucketsOf(hashes: ReadonlySet<number>, expect: number): readonly number[] {
  const found: number[] = [];
  for (const hash of hashes) found.push(bucketOf(hash), bucketOf(hash ^ expect));
  return found;
}

/** FNV-1a over UTF-16 units. */
function hashOf(unit: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < unit.length; at++) hash = Math.imul(hash ^ unit.charCodeAt(at), 0x01000193);
  return hash;
}

const joined = (hash: number, unit: number): number =>
  Math.imul(((hash << 5) | (hash >>> 27)) ^ unit, 0x9e3779b1);

/** The last step of MurmurHash3, so that all bits of a hash decide its bucket. */
function bucketOf(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return ((twice ^ (twice >>> 16)) >>> 0) & (buckets - 1);
}
