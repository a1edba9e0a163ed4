import { z } from "zod";

import { expected } from "../schema/expected.ts";

const LevelNumber = z.int().min(1).max(99);
/** The levels of a ladder: a list, or from one to another. */
export const LadderLevels = z.union([
  z
    .array(LevelNumber)
    .min(2)
    .refine((levels) => new Set(levels).size === levels.length, {
      error: expected("互不相同的级", "levels that differ from each other"),
    }),
  z.strictObject({ from: LevelNumber, to: LevelNumber }).refine(({ from, to }) => from < to, {
    path: ["to"],
    error: expected("大于 from 的整数", "a whole number above from"),
  }),
]);

/** The levels of a ladder from the easiest; those of a generated task without a ladder are none. */
export function ladderLevels(levels: z.infer<typeof LadderLevels> | undefined): readonly number[] {
  if (levels === undefined) return [];
  if (Array.isArray(levels)) return levels.toSorted((a, b) => a - b);
  return Array.from({ length: levels.to - levels.from + 1 }, (_, at) => levels.from + at);
}
