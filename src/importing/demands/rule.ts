import type { Layout } from "./layout.ts";

/** A constraint as an item lists it, of the kinds in `src/constraints/`. */
export type ConstraintSpec = { readonly check: string; readonly scope?: string } & Readonly<
  Record<string, string | number | boolean | string[] | number[]>
>;

/** What a rule knows beside the clause: its scope is taken out of the text already. */
export type ClauseContext = {
  readonly quotes: readonly string[];
  readonly layout: Layout;
  /** Words that the sentence asked for last, to which 每个词 may refer. */
  readonly words: readonly string[];
};

/** A constraint without its scope. */
export type Draft = Omit<ConstraintSpec, "scope">;

/** What a rule read, and the clause without it. */
export type RuleReading = { readonly drafts: readonly Draft[]; readonly rest: string };

/** A rule reads one kind of demand in a clause; null where there is none, "unsure" where there is one that it cannot read for sure. */
export type Rule = (clause: string, context: ClauseContext) => RuleReading | "unsure" | null;

/** The clause without some stretches, which must not overlap. */
export function without(
  clause: string,
  stretches: readonly { readonly start: number; readonly end: number }[],
): string {
  return stretches
    .toSorted((a, b) => b.start - a.start)
    .reduce((text, { start, end }) => `${text.slice(0, start)}${gap}${text.slice(end)}`, clause);
}

/** Stands where something was read, so that what stood around it does not grow together. */
export const gap = "\u241F";
