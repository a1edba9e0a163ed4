import type { z } from "zod";

import type { Item } from "../domain/suite.ts";
import type { Text } from "../domain/text.ts";
import type { Draw } from "./draw.ts";

import { loadPlugin } from "../plugins.ts";
import { parseOptions } from "../validation/issues.ts";
import { createDraw } from "./draw.ts";

/** An item without its id, which comes from the row. */
export type Made = Omit<Item, "id">;

/** A generator is one file in `src/generators/` that exports `generator`; the file's name is its id. */
export type Generator<Options = unknown> = {
  readonly id: string;
  /** Changes whenever the same seed can give a different item. */
  readonly version: string;
  readonly title: Text;
  /** The grader that its golds are made for. */
  readonly grader: string;
  readonly options: z.ZodType<Options>;
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
 * A row whose question repeats an earlier one is drawn again, so that no two items of a seed are equal.
 * Throws a `UserError` for options that the generator does not accept.
 */
export function generatedItems<Options>(
  generator: Generator<Options>,
  { n, seed, with: given }: GeneratedSettings,
): { readonly count: number; readonly at: (row: number) => Promise<Item> } {
  const options = parseOptions({ zh: "题目生成器", en: "generator" }, generator, given);
  const items: Item[] = [];
  const seen = new Set<string>();
  const next = (): void => {
    const row = items.length;
    for (let attempt = 0; ; attempt += 1) {
      const made = generator.make(createDraw(seed, row, attempt), options);
      const key = JSON.stringify([made.question, made.context ?? null]);
      if (seen.has(key) && attempt < 100) continue;
      seen.add(key);
      items.push({ id: `g${String(row + 1).padStart(5, "0")}`, ...made });
      return;
    }
  };
  return {
    count: n,
    at: (row) => {
      if (row < 0 || row >= n) return Promise.reject(new RangeError(`row ${row} of ${n} rows`));
      while (items.length <= row) next();
      const item = items[row];
      return item === undefined
        ? Promise.reject(new RangeError(`row ${row}`))
        : Promise.resolve(item);
    },
  };
}
