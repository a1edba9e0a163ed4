/**
 * GAOKAO-Bench's physics score with that benchmark's own extraction and our credit rule:
 *
 *   tsx bench/gaokao-physics.ts FILE
 *
 * FILE is gpt-4-0314_2010-2022_Physics_MCQs.json of GAOKAO-Bench; published: 34 full and 3 half of 64, 213 of 384 points.
 */
import { readFileSync } from "node:fs";

import { creditFor } from "../src/grading/choice/gold.ts";

type Example = {
  readonly score: number;
  readonly standard_answer: readonly string[];
  readonly model_answer: readonly string[];
};

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error("usage: tsx bench/gaokao-physics.ts FILE");
  process.exit(2);
}
const { example } = JSON.parse(readFileSync(file, "utf8")) as { example: readonly Example[] };
const credits = example.map(({ standard_answer, model_answer }) =>
  creditFor(
    "gaokao-physics",
    Array.from(model_answer.join("")),
    Array.from(standard_answer.join("")),
  ),
);
const count = (credit: number): number => credits.filter((each) => each === credit).length;
const points = example.reduce((sum, { score }, index) => sum + score * (credits[index] ?? 0), 0);
const total = example.reduce((sum, { score }) => sum + score, 0);
console.log(`${count(1)} full, ${count(0.5)} half of ${example.length}; ${points}/${total} points`);
