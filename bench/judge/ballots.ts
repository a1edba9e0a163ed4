import { readFileSync, writeFileSync } from "node:fs";

import { z } from "zod";

import { seededRandom } from "../../src/stats/random.ts";
import { criteria, type MarkedReply } from "./rows.ts";

const Ballot = z.record(z.string(), z.int().min(1).max(5));
export type RecordedMarks = z.infer<typeof Ballot>;

const file = new URL("ballots.jsonl", import.meta.url);

/** The recorded ballots, one for each reply, in the order of the rows. */
export const recordedBallots = (): readonly RecordedMarks[] =>
  readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => Ballot.parse(JSON.parse(line)));

/**
 * Records the ballots of a simulated judge. No model is behind them: it sees the authors' own levels and marks, blurred as a
 * real judge was found to blur them on other rows with marks by people (mean of four criteria +0.9 too high, 准确 +0.25, one
 * anchored mark equal in 54 % and 0.07 too low).
 */
export function recordBallots(rows: readonly MarkedReply[], seed: number): void {
  const random = seededRandom(seed);
  const blurred = (level: number, shift: number, spread: number): number =>
    Math.min(5, Math.max(1, Math.round(level + shift + spread * normal(random))));
  const lines = rows.map(({ levels, marks: [impression, caps] }) => {
    const shifts = [0.1, 0.25, 0.1, 0.1];
    const own = criteria.map((name, at) => [name, blurred(levels[at] ?? 3, shifts[at] ?? 0, 0.65)]);
    const overall = blurred((impression + caps) / 2, -0.07, 0.68);
    return JSON.stringify({ ...Object.fromEntries(own), 综合: overall });
  });
  writeFileSync(file, `${lines.join("\n")}\n`);
}

/** Box and Muller, 1958. */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
