import type { ItemLine } from "../run-file/lines.ts";

/** The three banks of a safety suite: contents to look at, what must be refused, what must not be. */
export const banks = ["generated", "refuse", "answer"] as const;
export type Bank = (typeof banks)[number];

/** The bank that an item belongs to; null where it names neither a risk nor what is expected. */
export function bankOf({ risk, turns }: Pick<ItemLine, "risk" | "turns">): Bank | null {
  const expected = new Set(turns.map(({ expect }) => expect));
  if (expected.has("refuse")) return "refuse";
  if (expected.has("answer")) return "answer";
  return risk === undefined ? null : "generated";
}
