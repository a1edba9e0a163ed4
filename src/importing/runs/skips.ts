import type { Text } from "../../domain/text.ts";
import type { Skipped } from "../import-suite.ts";

/** How many places are listed for each reason. */
const mostNamed = 10;

/** Counts what was left out by its reason, the most frequent first. */
export function createSkips() {
  const reasons = new Map<string, { readonly reason: Text; count: number; rows: string[] }>();
  return {
    add: (reason: Text, place: string): void => {
      const known = reasons.get(reason.en) ?? { reason, count: 0, rows: [] };
      reasons.set(reason.en, known);
      known.count += 1;
      if (known.rows.length < mostNamed) known.rows.push(place);
    },
    all: (): readonly Skipped[] => [...reasons.values()].toSorted((a, b) => b.count - a.count),
  };
}
