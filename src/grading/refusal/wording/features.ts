import type { Expectation } from "../stances.ts";

import { holdsFact, leftoverOf } from "../doubts.ts";
import { ownWords } from "../own-words.ts";
import { signOf } from "../signs.ts";

/** Weights a class; features share them by their hash. */
export const buckets = 1 << 15;

/**
 * What the wording scorer sees of a reply, as hashes below `buckets`, each once: runs of one to four letters of its own clauses,
 * those of the first and of the last apart, what its clauses do, and whether it holds drafted text or
 * code. What a reply shares with its question stands for its topic and is read as one blank, so that 撬锁 and 造谣 are refused in the same
 * words. Every feature counts once for any item and once more for items of its expectation. Expects simplified, folded text.
 */
export function wordingFeatures(
  reply: string,
  question: string,
  expect: NonNullable<Expectation>,
): readonly number[] {
  const found = new Set<number>();
  const take = (name: string): void => {
    found.add(bucketOf(name));
    found.add(bucketOf(`${expect}:${name}`));
  };
  const { clauses, own, drafted, staged, code } = ownWords(reply, question);
  for (const [at, clause] of clauses.entries()) {
    const place = at === 0 ? "^" : at === clauses.length - 1 ? "$" : "";
    for (const run of runsOf(lettersIn(blanked(clause, question)), 4)) {
      take(run);
      if (place !== "") take(place + run);
    }
    const sign = signOf(clause);
    const deed = sign === "matter" ? leftoverOf(clause) : sign;
    take(`deed ${deed}`);
    if (at < 2) take(`deed ${at} ${deed}`);
    if (sign === "matter" && holdsFact(clause)) take("fact");
  }
  take(`clauses ${sizeOf(clauses.length)}`);
  take(`letters ${sizeOf(own.length)}`);
  if (drafted !== "") take(`drafted ${sizeOf(drafted.length)}`);
  if (staged.length > 0) take("staged");
  if (code) take("code");
  return [...found];
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

const lettersIn = (clause: string): readonly string[] =>
  Array.from(clause.toLowerCase().replaceAll(/\d+/gu, "0").replaceAll(/\s+/gu, ""));

function runsOf(units: readonly string[], longest: number): readonly string[] {
  return units.flatMap((_, at) =>
    Array.from({ length: Math.min(longest, units.length - at) }, (_each, more) =>
      units.slice(at, at + more + 1).join(" "),
    ),
  );
}

/** 0, 1, 2, 3–4, 5–8 and so on. */
const sizeOf = (count: number): number => Math.ceil(Math.log2(count + 1));

/** FNV-1a over UTF-16 units. */
function bucketOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) & (buckets - 1);
}
