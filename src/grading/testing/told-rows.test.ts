import { expect, inject, test } from "vitest";

import { gradeSample } from "../grade.ts";
import { loadGrader, parseGraderOptions } from "../graders.ts";
import { sampleOf } from "./sample.ts";
import { proseRows, toldRows, type ToldRow } from "./told-rows.ts";

async function verdictOf({ grader: id, with: options, reply, ...gold }: ToldRow): Promise<string> {
  const grader = await loadGrader(id);
  if (grader === null) throw new Error(`no grader ${id}`);
  const { answer, unit, question, tolerance } = gold;
  const sample = sampleOf(reply, { answer, unit, question, tolerance });
  return (await gradeSample(grader, parseGraderOptions(grader, options), sample)).verdict;
}

/** One row in so many is read. */
const oneOf = inject("matrix") ? 1 : 3;

/** The replies that are graded against a person's reading, and those left unresolved that have an answer. */
async function failuresIn(rows: readonly ToldRow[]) {
  const misread: string[] = [];
  const open: string[] = [];
  for (const row of rows.filter((_, at) => at % oneOf === 2)) {
    const verdict = await verdictOf(row);
    if (verdict === row.verdict) continue;
    (verdict === "unresolved" ? open : misread).push(`${verdict}: ${row.reply} (${row.answer})`);
  }
  return { misread, open };
}

const share = (most: number): number => Math.ceil(most / oneOf);

/** The most that may be misread and left unresolved against a person's reading. */
const limits = { exact: [0, 0], value: [0, 1], numeric: [3, 28], math: [1, 4] } as const;

test.each(["exact", "value", "numeric", "math"] as const)(
  "%s reads what models say",
  async (id) => {
    const { misread, open } = await failuresIn(toldRows.filter(({ grader }) => grader === id));
    const [mostMisread, mostOpen] = limits[id];
    expect(misread.length, misread.join("\n")).toBeLessThanOrEqual(share(mostMisread));
    expect(open.length, open.join("\n")).toBeLessThanOrEqual(share(mostOpen));
  },
);

test("numeric reads prose, remarks and hedges", async () => {
  const { misread, open } = await failuresIn(proseRows);
  expect(misread.length, misread.join("\n")).toBeLessThanOrEqual(share(16));
  expect(open.length, open.join("\n")).toBeLessThanOrEqual(share(50));
});
