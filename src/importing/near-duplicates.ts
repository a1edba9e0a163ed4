import { fold } from "../text/normalise.ts";

/** Pairs of letters that two questions share, of all that either has, from which on they count as one. */
const usualAlike = 0.8;

/**
 * Finds questions that were asked before in almost the same words: those that share four fifths of their pairs of letters
 * (Jaccard), or the share `alike`, whatever their spaces, punctuation and capitals. Holds every question.
 */
export function createNearDuplicates(alike = usualAlike) {
  const known: { readonly pairs: ReadonlySet<string>; readonly place: string }[] = [];
  const byPair = new Map<string, number[]>();
  return {
    /** The place of the first question that is almost this one; null where there is none, and then it is kept in mind. */
    first: (question: string, group: string, place: string): string | null => {
      const pairs = pairsOf(question, group);
      const met = new Map<number, number>();
      for (const pair of pairs)
        for (const at of byPair.get(pair) ?? []) met.set(at, (met.get(at) ?? 0) + 1);
      for (const [at, shared] of met) {
        const size = known[at]?.pairs.size ?? 0;
        if (shared / (pairs.size + size - shared) >= alike) return known[at]?.place ?? null;
      }
      for (const pair of pairs) {
        const places = byPair.get(pair);
        if (places === undefined) byPair.set(pair, [known.length]);
        else places.push(known.length);
      }
      known.push({ pairs, place });
      return null;
    },
  };
}

/** Pairs of one group only meet each other: what must be refused may differ from what must not by a single word. */
function pairsOf(question: string, group: string): ReadonlySet<string> {
  const letters = Array.from(
    fold(question)
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]/gu, ""),
  );
  const text = letters.length < 2 ? [...letters, ""] : letters;
  return new Set(
    text.slice(0, -1).map((letter, at) => `${group}\u0001${letter}${text[at + 1] ?? ""}`),
  );
}
