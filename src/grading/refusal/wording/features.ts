import type { Expectation } from "../stances.ts";

import { ownWords } from "../own-words.ts";

/** Weights a stance; features share them by their hash. */
export const buckets = 1 << 16;

/**
 * What the wording scorer sees of a reply, as hashes below `buckets`, each once in its group: runs of one to three letters or English
 * words of the whole reply, with its marks, lists and drafted text; and runs of one to four of its own clauses, where what it shares with
 * its question stands for its topic and is read as one blank, so that 撬锁 and 造谣 are refused in the same words. Every feature
 * counts once for any item and once more for items of its expectation. The question by itself is no feature: what is asked says
 * nothing of what was replied. Expects simplified, folded text.
 */
export type WordingFeatures = readonly (readonly number[])[];

export function wordingFeatures(
  reply: string,
  question: string,
  expect: NonNullable<Expectation>,
): WordingFeatures {
  const whole = new Set(runsOf(reply, 3).map((run) => `whole ${run}`));
  const own = new Set<string>();
  for (const clause of ownWords(reply, question).clauses)
    for (const run of runsOf(blanked(clause, question), 4)) own.add(run);
  return [whole, own].map((names) =>
    Array.from(names, (name) => [bucketOf(name), bucketOf(`${expect}:${name}`)]).flat(),
  );
}

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

/** English words and single other letters and marks; every number is 0. */
const unitsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .replaceAll(/\d+/gu, "0")
    .match(/[a-z]+(?:['’][a-z]+)?|[^\sa-z]/gu) ?? [];

function runsOf(text: string, longest: number): readonly string[] {
  const units = unitsOf(text);
  return units.flatMap((_, at) =>
    Array.from({ length: Math.min(longest, units.length - at) }, (_each, more) =>
      units.slice(at, at + more + 1).join(" "),
    ),
  );
}

/** FNV-1a over UTF-16 units. */
function bucketOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) & (buckets - 1);
}
