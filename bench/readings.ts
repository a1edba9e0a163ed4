/**
 * How graders read labelled replies, by rule alone and with a reader: `npm run bench:readings -- FILE…
 * [--prompts OUT] [--readings FILE] [--show]`. A row of a file is one reply: `id`, `grader`, `question`, `gold`, `reply`, and
 * `verdict` as a person gives it (right, wrong, partial, unresolved); `options`, `aliases`, `unit`, `with` and `multiple`
 * (several letters) where they apply. `--prompts` writes what a reader would be asked, `{"id", "prompt"}` a line, which any
 * model can answer without seeing a gold; `--readings` takes its replies, `{"id", "reply"}` a line, which are then read as
 * those of a judge are. A reply that is missing there is one of a reader that cannot be reached.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { z } from "zod";

import type { Gold, Grade, GradeContext, Grader, Sample } from "../src/domain/grader.ts";

import { gradeSample } from "../src/grading/grade.ts";
import { loadGrader, parseGraderOptions } from "../src/grading/graders.ts";
import { sampleOf } from "../src/grading/testing/sample.ts";

const Scalar = z.union([z.string(), z.number(), z.boolean()]);
const Row = z.object({
  id: z.string(),
  grader: z.string(),
  with: z.record(z.string(), z.unknown()).optional(),
  multiple: z.boolean().nullish(),
  question: z.string(),
  options: z.record(z.string(), z.string()).nullish(),
  gold: z.union([Scalar, z.array(Scalar)]),
  aliases: z.array(z.string()).nullish(),
  unit: z.string().nullish(),
  reply: z.string(),
  verdict: z.enum(["right", "wrong", "partial", "unresolved"]),
});
type Row = z.infer<typeof Row>;
const Reading = z.object({ id: z.string(), reply: z.string() });

const { values: flags, positionals: paths } = parseArgs({
  allowPositionals: true,
  options: {
    prompts: { type: "string" },
    readings: { type: "string" },
    show: { type: "boolean", default: false },
  },
});
function linesOf<Line>(path: string, schema: z.ZodType<Line>): readonly Line[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => schema.parse(JSON.parse(line)));
}

/** A context in which the one reader says this; it cannot be reached where there is nothing to say. */
function readerSaying(reply: string | undefined): GradeContext {
  return {
    panel: () => ({ judges: [{ ref: "reader", kin: false }] }),
    ask: (_, __, how) =>
      reply === undefined || how?.again === true
        ? Promise.reject(new Error("no reading"))
        : Promise.resolve(reply),
  };
}

async function graded(row: Row, context: GradeContext, withReader: boolean): Promise<Grade> {
  const grader: Grader | null = await loadGrader(row.grader);
  if (grader === null) throw new Error(`${row.id}: no grader ${row.grader}`);
  const options = parseGraderOptions(grader, {
    ...(row.multiple === true ? { mode: "multi" } : {}),
    ...row.with,
    ...(withReader ? { reader: "reader" } : {}),
  });
  return gradeSample(grader, options, sampleIn(row), context);
}

/** Further spellings of a gold are golds as well. */
function sampleIn({ question, options, gold, aliases, unit, reply }: Row): Sample {
  const own: Partial<Gold> = { question, answer: gold, options: options ?? null };
  return sampleOf(reply, { ...own, aliases: aliases ?? [], unit: unit ?? null });
}

async function promptsOf(all: readonly Row[]) {
  const prompts: { readonly id: string; readonly prompt: string }[] = [];
  for (const row of all) {
    const asked: GradeContext = {
      ...readerSaying(undefined),
      ask: (_, prompt) => {
        const text = typeof prompt === "string" ? prompt : (prompt[0]?.text ?? "");
        prompts.push({ id: row.id, prompt: text });
        return Promise.reject(new Error("not asked yet"));
      },
    };
    await graded(row, asked, true);
  }
  return prompts;
}

function writePrompts(path: string, prompts: Awaited<ReturnType<typeof promptsOf>>): void {
  writeFileSync(path, prompts.map((each) => `${JSON.stringify(each)}\n`).join(""));
  console.log(`\n${prompts.length} of ${rows.length} replies are for a reader: ${path}`);
}

type Counts = {
  n: number;
  as_read: number;
  misread: number;
  false_right: number;
  unresolved: number;
};

/** Prints how the rows were read by grader and who decided; returns those that were not read as a person does. */
async function measured(
  all: readonly Row[],
  contextOf: (row: Row) => GradeContext,
  withReader: boolean,
): Promise<readonly string[]> {
  const table = new Map<string, Counts>();
  const deciders = new Map<string, { n: number; misread: number }>();
  const amiss: string[] = [];
  for (const row of all) {
    const grade = await graded(row, contextOf(row), withReader);
    const fate =
      grade.verdict === row.verdict
        ? "as_read"
        : grade.verdict === "unresolved" || grade.verdict === "ungraded"
          ? "unresolved"
          : "misread";
    for (const name of [row.grader, "all"]) {
      const counts = table.get(name) ?? {
        n: 0,
        as_read: 0,
        misread: 0,
        false_right: 0,
        unresolved: 0,
      };
      table.set(name, counts);
      counts.n += 1;
      counts[fate] += 1;
      if (fate === "misread" && grade.verdict === "right") counts.false_right += 1;
    }
    const by = deciderOf(grade);
    const decided = deciders.get(by) ?? { n: 0, misread: 0 };
    deciders.set(by, decided);
    decided.n += 1;
    if (fate === "misread") decided.misread += 1;
    if (fate !== "as_read") amiss.push(shown(row, grade, fate));
  }
  const ordered = [...table].toSorted(([a], [b]) => Number(a === "all") - Number(b === "all"));
  console.table(Object.fromEntries(ordered.map(([name, counts]) => [name, withShares(counts)])));
  console.table(Object.fromEntries(deciders));
  if (withReader && flags.show) console.log(amiss.join("\n"));
  return amiss;
}

const withShares = (counts: Counts) => ({
  ...counts,
  "as read %": percent(counts.as_read, counts.n),
  "misread %": percent(counts.misread, counts.n),
});

const percent = (part: number, of: number): number => Math.round((1_000 * part) / of) / 10;

function deciderOf({ verdict, notes = {} }: Grade): string {
  if (notes["decided_by"] === "reader") return verdict === "unresolved" ? "reader: none" : "reader";
  if (verdict === "unresolved") return "nobody";
  return notes["doubtful"] === true ? "rule, doubtful" : "rule";
}

const shown = (row: Row, { verdict, extracted, why, notes }: Grade, fate: string): string =>
  [
    `${fate} ${row.id} ${row.grader}: a person says ${row.verdict}, graded ${verdict} [${extracted ?? ""}] (${why}) ${JSON.stringify(notes ?? {})}`,
    `   gold ${JSON.stringify([row.gold, ...(row.aliases ?? [])])} ${row.unit ?? ""} ${JSON.stringify(row.options ?? null)}`,
    `   Q ${row.question}`,
    `   R ${row.reply.replaceAll("\n", "⏎")}`,
  ].join("\n");

if (paths.length === 0) {
  console.error("npm run bench:readings -- FILE… [--prompts OUT] [--readings FILE] [--show]");
  process.exit(2);
}
const rows = paths.flatMap((path) => linesOf(path, Row));
console.log("by rule alone");
const alone = await measured(rows, () => ({}), false);
if (flags.prompts !== undefined) writePrompts(flags.prompts, await promptsOf(rows));
if (flags.readings !== undefined) {
  const replies = new Map(
    linesOf(flags.readings, Reading).map(({ id, reply }) => [id, reply] as const),
  );
  console.log(`\nwith the readings of ${flags.readings}`);
  await measured(rows, ({ id }) => readerSaying(replies.get(id)), true);
} else if (flags.show) console.log(`\n${alone.join("\n")}`);
