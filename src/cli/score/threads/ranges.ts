import { closeSync, openSync } from "node:fs";
import { setImmediate as turn } from "node:timers/promises";

import { type LoadGrader, loadGrader } from "../../../grading/graders.ts";
import { type Corrections, correctedBy } from "../correct.ts";
import { createRangeGrader } from "./grade-range.ts";
import { type GradedRange, packed } from "./graded-range.ts";
import { createRangeReader } from "./line-range.ts";

/** What each thread has to know of a file that several grade together. */
export type RangesSetup = Corrections & {
  readonly file: string;
  readonly size: number;
  /** The longest line in bytes. */
  readonly limit: number;
  /** Names under which a config has graders of its own, which are left. */
  readonly house: readonly string[];
  readonly rangeBytes: number;
  /** How many ranges' lines are kept as they are; those of later ones are compressed. */
  readonly plainRanges: number;
  /** Shared by the threads: its one element is the number of the next range. */
  readonly next: Int32Array<SharedArrayBuffer>;
};

/** Grades ranges of the file until none is left; rejects where one of them is unusual, and then no thread takes another. */
export async function gradeRanges(
  setup: RangesSetup,
  give: (number: number, range: GradedRange) => void,
): Promise<void> {
  const { file, size, limit, rangeBytes, plainRanges } = setup;
  const house = new Set(setup.house);
  const load: LoadGrader = (id) => (house.has(id) ? Promise.resolve(null) : loadGrader(id));
  const fd = openSync(file, "r");
  try {
    const gradeRange = createRangeGrader({
      file,
      read: createRangeReader(fd, limit),
      readBefore: createRangeReader(fd, limit),
      correct: correctedBy(setup),
      load,
    });
    for (;;) {
      const number = Atomics.add(setup.next, 0, 1);
      const from = number * rangeBytes;
      if (from >= size) return;
      const range = await gradeRange(from, Math.min(size, from + rangeBytes));
      give(number, number < plainRanges ? range : packed(range));
      // What other threads give is taken in between.
      await turn();
    }
  } catch (error) {
    leaveTheRest(setup);
    throw error;
  } finally {
    closeSync(fd);
  }
}

/** After this no thread takes another range. */
export const leaveTheRest = ({ next, size, rangeBytes }: RangesSetup): number =>
  Atomics.store(next, 0, Math.ceil(size / rangeBytes));
