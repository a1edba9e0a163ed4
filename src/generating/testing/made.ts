import type { Item } from "../../domain/suite.ts";

import { generatedItems, loadGenerator } from "../generator.ts";

/** Items of one level of a generator, `n` of one seed. */
export async function madeAt(
  id: string,
  level: number,
  n: number,
  seed: number,
): Promise<readonly Item[]> {
  const generator = await loadGenerator(id);
  const rung = generator?.levels?.[level - 1];
  if (generator === null || rung === undefined) throw new Error(`no level ${level} of ${id}`);
  const source = generatedItems(generator, { n, seed, with: Object(rung.options) });
  return await Promise.all(Array.from({ length: n }, (_, row) => source.at(row)));
}

/** From the easiest. */
export const tenLevels: readonly number[] = Array.from({ length: 10 }, (_, at) => at + 1);
