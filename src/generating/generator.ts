import type { z } from "zod";

import type { Item } from "../domain/suite.ts";
import type { Text } from "../domain/text.ts";
import type { Draw } from "./draw.ts";

import { digestOf } from "../domain/digest.ts";
import { UserError } from "../domain/text.ts";
import { loadPlugin } from "../plugins.ts";
import { parseOptions } from "../validation/issues.ts";
import { createDraw } from "./draw.ts";

/** An item without its id, which comes from the row. */
export type Made = Omit<Item, "id">;

/** One rung of a generator's ladder. */
export type Level<Options = unknown> = {
  readonly options: Partial<Options>;
  /** What the best strategy that does not solve anything gets at this level, from 0 to 1; the tests measure it. */
  readonly floor: number;
};

/** A generator is one file in `src/generators/` that exports `generator`; the file's name is its id. */
export type Generator<Options = unknown> = {
  readonly id: string;
  /** Changes whenever the same seed can give a different item. */
  readonly version: string;
  readonly title: Text;
  /** The grader that its golds are made for. */
  readonly grader: string;
  readonly options: z.ZodType<Options>;
  /** From the easiest, level 1, to the hardest; absent where difficulty has no knob. */
  readonly levels?: readonly Level<Options>[];
  /** One item from random numbers that depend only on the seed and the row. */
  readonly make: (draw: Draw, options: Options) => Made;
};

/** Infers the type of a generator's options from its schema. */
export const defineGenerator = <Options>(generator: Generator<Options>): Generator<Options> =>
  generator;

/** A generator, or null where there is none of that name. */
export const loadGenerator = (id: string): Promise<Generator | null> =>
  loadPlugin("generators", id);

export type GeneratedSettings = {
  readonly n: number;
  readonly seed: number;
  readonly with: Readonly<Record<string, unknown>>;
};

/**
 * The items of a seed by row, readable in any order: the same id, seed and options always give the same items.
 * A row whose question repeats an earlier one is drawn again, so that no two items of a seed are equal; `at` rejects with a
 * `UserError` where the options do not give so many questions. Throws a `UserError` for options that the generator does
 * not accept.
 */
export function generatedItems<Options>(
  generator: Generator<Options>,
  { n, seed, with: given }: GeneratedSettings,
): { readonly count: number; readonly at: (row: number) => Promise<Item> } {
  const options = parseOptions({ zh: "题目生成器", en: "generator" }, generator, given);
  // An attempt in place of an item that is too long to keep: from it the item is made again.
  const rows: (Item | number)[] = [];
  const seen = new Set<string>();
  const itemOf = (row: number, attempt: number): Item => {
    const made = generator.make(createDraw(seed, row, attempt), options);
    return { id: `g${String(row + 1).padStart(5, "0")}`, ...made };
  };
  const next = (): Item => {
    const row = rows.length;
    for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
      const item = itemOf(row, attempt);
      const key = JSON.stringify([item.question, item.context ?? null]);
      const isLong = key.length > mostKept;
      const told = isLong ? digestOf(key) : key;
      if (seen.has(told)) continue;
      seen.add(told);
      rows.push(isLong ? attempt : item);
      return item;
    }
    throw tooFew(generator.id, row, n);
  };
  return {
    count: n,
    at: async (row) => {
      if (row < 0 || row >= n) throw new RangeError(`row ${row} of ${n} rows`);
      while (rows.length < row) next();
      const known = rows[row] ?? next();
      return await Promise.resolve(typeof known === "number" ? itemOf(row, known) : known);
    },
  };
}

/** Characters of a question and its context up to which an item stays in memory. */
const mostKept = 10_000;

/** So many draws of nothing new in a row mean that hardly anything is left. */
const mostAttempts = 1_000;

const tooFew = (id: string, found: number, n: number): UserError =>
  new UserError({
    zh: `题目生成器 ${id} 用这些选项只出得了约 ${found} 道互不相同的题，不够 ${n} 道；请减小 n，或改选项`,
    en: `the generator ${id} has only about ${found} different questions with these options, not ${n}; lower n or change the options`,
  });
