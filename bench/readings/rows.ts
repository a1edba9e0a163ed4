/** Labelled replies, one a line of a file, and what grades each. */
import { readFileSync } from "node:fs";

import { z } from "zod";

import type { Gold, Grader, Sample } from "../../src/domain/grader.ts";

import { loadGrader, parseGraderOptions } from "../../src/grading/graders.ts";
import { sampleOf } from "../../src/grading/testing/sample.ts";
import { shippedTurn } from "./shipped.ts";

const Scalar = z.union([z.string(), z.number(), z.boolean()]);
const labelled = {
  id: z.string(),
  reply: z.string(),
  /** As a person reads the reply. */
  verdict: z.enum(["right", "wrong", "partial", "unresolved"]),
  /** In which manner it was written, if the file tells manners apart. */
  manner: z.string().exactOptional(),
};
const OwnRow = z.object({
  ...labelled,
  grader: z.string(),
  with: z.record(z.string(), z.unknown()).optional(),
  multiple: z.boolean().nullish(),
  question: z.string(),
  options: z.record(z.string(), z.string()).nullish(),
  gold: z.union([Scalar, z.array(Scalar)]),
  aliases: z.array(z.string()).nullish(),
  unit: z.string().nullish(),
});
/** A reply to a shipped item, whose own gold and grader count. */
const ShippedRow = z.object({ ...labelled, item: z.string() });
const Row = z.union([ShippedRow, OwnRow]);
export type Row = z.infer<typeof Row>;

/** What a row is graded by and against. */
export type Graded = {
  readonly row: Row;
  readonly grader: Grader;
  readonly with: Readonly<Record<string, unknown>>;
  readonly sample: Sample;
};

/** The lines of a file, each of this form; throws at the first that is not. */
export function linesOf<Line>(path: string, schema: z.ZodType<Line>): readonly Line[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => schema.parse(JSON.parse(line)));
}

/** The rows of a file with what grades them. Rejects where a row names no grader or item that there is. */
export async function gradedRows(path: string): Promise<readonly Graded[]> {
  const found: Graded[] = [];
  for (const row of linesOf(path, Row)) found.push(await gradedRow(row));
  return found;
}

async function gradedRow(row: Row): Promise<Graded> {
  if ("item" in row) {
    const turn = await shippedTurn(row.item);
    const grader = await graderNamed(turn.grader?.use ?? "", row.id);
    const sample: Sample = { gold: turn, reply: row.reply, finish_reason: "stop" };
    return { row, grader, with: turn.grader?.with ?? {}, sample };
  }
  const grader = await graderNamed(row.grader, row.id);
  const multiple = row.multiple === true ? { mode: "multi" } : {};
  return { row, grader, with: { ...multiple, ...row.with }, sample: sampleIn(row) };
}

async function graderNamed(use: string, id: string): Promise<Grader> {
  const grader: Grader | null = await loadGrader(use);
  if (grader === null) throw new Error(`${id}: no grader ${use}`);
  return grader;
}

/** Further spellings of a gold are golds as well. */
function sampleIn({
  question,
  options,
  gold,
  aliases,
  unit,
  reply,
}: z.infer<typeof OwnRow>): Sample {
  const own: Partial<Gold> = { question, answer: gold, options: options ?? null };
  return sampleOf(reply, { ...own, aliases: aliases ?? [], unit: unit ?? null });
}

/** The options of a row's grader, a reader among them where it takes one. */
export function optionsOf({ grader, with: given }: Graded, withReader: boolean): unknown {
  return parseGraderOptions(grader, withReader ? { ...given, reader: "reader" } : given);
}
