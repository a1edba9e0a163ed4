import type { Asked } from "./solvers/asked.ts";

import { digestOf } from "../../domain/digest.ts";
import { generatedItems, loadGenerator } from "../generator.ts";

/** An item as a model sees it, its gold, and the floor of its level. */
export type Drawn = Asked & {
  readonly gold: string | number;
  /** 0 for the options that the generator has where none are given. */
  readonly level: number;
  readonly floor: number;
  readonly digest: string;
};

/** Floors of the options that hold where none are given. */
const defaultFloors: Readonly<Record<string, number>> = {
  billing: 0.002,
  calendar: 0.045,
  count: 0.065,
  date: 0.04,
  glyph: 0.01,
  kinship: 0.05,
  ledger: 0.08,
  liars: 0.15,
  logic: 1 / 5,
  "multi-hop": 1 / 7,
  needle: 1 / 9,
  program: 0.01,
  punctuate: 0.003,
  table: 0.02,
  unit: 0.005,
  "verse-faults": 0.018,
  "word-problem": 0.03,
  zebra: 1 / 24,
};

const perSeed = 100;

/**
 * About `count` items of a generator, an equal share from every level and from the options that it has where none are
 * given (level 0), in lots of a hundred a seed. Levels that are not `isTaken` are left out, with their share.
 */
export async function* drawn(
  id: string,
  count: number,
  firstSeed: number,
  isTaken: (level: number) => boolean = () => true,
): AsyncGenerator<Drawn> {
  const generator = await loadGenerator(id);
  if (generator === null) throw new Error(`no generator ${id}`);
  const levels = generator.levels ?? [];
  const settings = [{ options: {}, floor: defaultFloors[id] ?? 0 }, ...levels];
  const each = Math.ceil(count / settings.length);
  for (const [level, { options, floor }] of settings.entries()) {
    if (!isTaken(level)) continue;
    for (let made = 0; made < each; made += perSeed) {
      const n = Math.min(perSeed, each - made);
      const seed = firstSeed + made;
      const source = generatedItems(generator, { n, seed, with: Object(options) });
      for (let row = 0; row < n; row += 1) {
        const item = await source.at(row);
        const { question = "", context = "", options: lettered = {}, answer } = item;
        if (typeof answer !== "string" && typeof answer !== "number") throw new Error(item.id);
        yield {
          question,
          context: String(context),
          options: lettered as Readonly<Record<string, string>>,
          gold: answer,
          level,
          floor,
          digest: digestOf(item),
        };
      }
    }
  }
}
