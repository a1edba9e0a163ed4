import type { Item } from "../../../domain/suite.ts";
import type { ItemSource } from "./item-source.ts";

/** Sources of `n` items each as one, in their order; `placed` tells an item of which it is. */
export const inParts = (
  n: number,
  sources: readonly Pick<ItemSource, "at">[],
  placed: (item: Item, part: number) => Item,
): ItemSource => ({
  count: n * sources.length,
  at: async (row) => {
    const part = Math.floor(row / n);
    const source = sources[part];
    if (source === undefined) throw new RangeError(`row ${row}`);
    return placed(await source.at(row % n), part);
  },
  close: () => Promise.resolve(),
});
