import type { Draw } from "../draw.ts";

/** What a program has worked out so far: its list and its sum. */
export type ProgramState = { readonly list: readonly number[]; readonly total: number };

/** The names that a program uses. */
export type ProgramNames = {
  readonly list: string;
  readonly total: string;
  readonly index: string;
  readonly value: string;
};

/** Lines of a program in two languages, and what they do to a state. */
export type Block = {
  readonly python: readonly string[];
  readonly javascript: readonly string[];
  readonly run: (state: ProgramState) => ProgramState;
};

/** Draws a block. All numbers of a state are whole and not below 0, so that `//` and `%` mean the same in both languages. */
export type BlockKind = (draw: Draw, names: ProgramNames) => Block;

/** A loop over the places of a list that changes the list as it goes. */
export function overPlaces(
  list: readonly number[],
  from: number,
  change: (list: number[], at: number) => void,
): readonly number[] {
  const own = [...list];
  for (let at = from; at < own.length; at += 1) change(own, at);
  return own;
}
