import { expect, test } from "vitest";

import { gradeSample } from "../grade.ts";
import { loadGrader, parseGraderOptions } from "../graders.ts";
import { sampleOf } from "./sample.ts";
import { toldRows, type ToldRow } from "./told-rows.ts";

async function verdictOf({ grader: id, with: options, reply, ...gold }: ToldRow): Promise<string> {
  const grader = await loadGrader(id);
  if (grader === null) throw new Error(`no grader ${id}`);
  const { answer, unit, question, tolerance } = gold;
  const sample = sampleOf(reply, { answer, unit, question, tolerance });
  return (await gradeSample(grader, parseGraderOptions(grader, options), sample)).verdict;
}

/** The most that may be misread and left unresolved against a person's reading. */
const limits = { exact: [0, 0], value: [0, 1], numeric: [0, 7], math: [1, 4] } as const;

test.each(["exact", "value", "numeric", "math"] as const)(
  "%s reads what models say",
  async (id) => {
    const rows = toldRows.filter(({ grader }) => grader === id);
    const misread: string[] = [];
    const open: string[] = [];
    for (const row of rows) {
      const verdict = await verdictOf(row);
      if (verdict === row.verdict) continue;
      (verdict === "unresolved" ? open : misread).push(`${verdict}: ${row.reply} (${row.answer})`);
    }
    const [mostMisread, mostOpen] = limits[id];
    expect(misread.length, misread.join("\n")).toBeLessThanOrEqual(mostMisread);
    expect(open.length, open.join("\n")).toBeLessThanOrEqual(mostOpen);
  },
);
