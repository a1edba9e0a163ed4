/**
 * How graders read labelled replies, by rule alone and with a reader: `npm run bench:readings -- FILE…
 * [--prompts OUT] [--readings FILE] [--show]`. A row of a file is one reply: `id`, `reply`, `verdict` as a person gives it
 * (right, wrong, partial, unresolved), and either `item`, a shipped item by `suite/task/item`, or `grader`, `question`, `gold` with
 * `options`, `aliases`, `unit`, `with` and `multiple` (several letters) where they apply; `manner` counts manners of
 * writing apart. `--prompts` writes what a reader would be asked, `{"id", "prompt"}` a line, which any
 * model can answer without seeing a gold; `--readings` takes its replies, `{"id", "reply"}` a line, which are then read as
 * those of a judge are. A reply that is missing there is one of a reader that cannot be reached. Whether what was read and the
 * gold come to the same is a second question, `ID#same`, which is known once the first is answered: both options together
 * write what is still to be asked.
 *
 * `npm run bench:readings -- --draw N --seed S --out FILE` writes N shipped items with their golds, to which replies can be written.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { z } from "zod";

import type { Grade, GradeContext } from "../../src/domain/grader.ts";

import { gradeSample } from "../../src/grading/grade.ts";
import { sameVote } from "../../src/grading/reader/same.ts";
import { type Graded, gradedRows, linesOf, optionsOf } from "./rows.ts";
import { drawnItems } from "./shipped.ts";

const Reading = z.object({ id: z.string(), reply: z.string() });

const { values: flags, positionals: paths } = parseArgs({
  allowPositionals: true,
  options: {
    draw: { type: "string" },
    seed: { type: "string", default: "1" },
    out: { type: "string" },
    prompts: { type: "string" },
    readings: { type: "string" },
    show: { type: "boolean", default: false },
  },
});

/** What the reader says to the questions about a row; undefined where there is nothing to say. */
type Says = (id: string, prompt: string) => string | undefined;

/** A context in which the one reader says this; it cannot be reached where there is nothing to say. */
const readerSaying = (row: string, says: Says): GradeContext => ({
  panel: () => ({ judges: [{ ref: "reader", kin: false }] }),
  ask: (_, prompt, how) => {
    const text = typeof prompt === "string" ? prompt : (prompt[0]?.text ?? "");
    const reply =
      how?.again === true ? undefined : says(how?.vote === sameVote ? `${row}#same` : row, text);
    return reply === undefined ? Promise.reject(new Error("no reading")) : Promise.resolve(reply);
  },
});

const graded = (row: Graded, context: GradeContext, withReader: boolean): Promise<Grade> =>
  gradeSample(row.grader, optionsOf(row, withReader), row.sample, context);

/** What a reader is asked that it has not answered yet. */
async function promptsOf(all: readonly Graded[], said: ReadonlyMap<string, string>) {
  const prompts: { readonly id: string; readonly prompt: string }[] = [];
  for (const row of all) {
    const says: Says = (id, prompt) => {
      const reply = said.get(id);
      if (reply === undefined) prompts.push({ id, prompt });
      return reply;
    };
    await graded(row, readerSaying(row.row.id, says), true);
  }
  return prompts;
}

function writePrompts(path: string, prompts: Awaited<ReturnType<typeof promptsOf>>): void {
  writeFileSync(path, prompts.map((each) => `${JSON.stringify(each)}\n`).join(""));
  console.log(
    `\n${prompts.length} questions about ${rows.length} replies are for a reader: ${path}`,
  );
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
  all: readonly Graded[],
  contextOf: (row: Graded) => GradeContext,
  withReader: boolean,
): Promise<readonly string[]> {
  const table = new Map<string, Counts>();
  const deciders = new Map<string, { n: number; misread: number }>();
  const amiss: string[] = [];
  for (const row of all) {
    const grade = await graded(row, contextOf(row), withReader);
    const fate =
      grade.verdict === row.row.verdict
        ? "as_read"
        : grade.verdict === "unresolved" || grade.verdict === "ungraded"
          ? "unresolved"
          : "misread";
    for (const name of namesOf(row)) {
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

/** A row counts by its grader, by its manner if it has one, and in all. */
const namesOf = ({ grader, row: { manner } }: Graded): readonly string[] => [
  grader.id,
  ...(manner === undefined ? [] : [`manner: ${manner}`]),
  "all",
];

function shown({ row, grader, sample }: Graded, grade: Grade, fate: string): string {
  const { verdict, extracted, why, notes } = grade;
  const { answer, aliases, unit, options, question } = sample.gold;
  return [
    `${fate} ${row.id} ${grader.id}: a person says ${row.verdict}, graded ${verdict} [${extracted ?? ""}] (${why}) ${JSON.stringify(notes ?? {})}`,
    `   gold ${JSON.stringify([answer, ...aliases])} ${unit ?? ""} ${JSON.stringify(options)}`,
    `   Q ${question}`,
    `   R ${row.reply.replaceAll("\n", "⏎")}`,
  ].join("\n");
}

if (flags.draw !== undefined && flags.out !== undefined) {
  const items = await drawnItems(Number(flags.draw), Number(flags.seed));
  writeFileSync(flags.out, items.map((each) => `${JSON.stringify(each)}\n`).join(""));
  console.log(`${items.length} items: ${flags.out}`);
  process.exit(0);
}
if (paths.length === 0) {
  console.error(
    "npm run bench:readings -- FILE… [--prompts OUT] [--readings FILE] [--show] | --draw N --seed S --out FILE",
  );
  process.exit(2);
}
const rows = (await Promise.all(paths.map(gradedRows))).flat();
console.log("by rule alone");
const alone = await measured(rows, () => ({}), false);
const said = new Map(
  flags.readings === undefined
    ? []
    : linesOf(flags.readings, Reading).map(({ id, reply }) => [id, reply] as const),
);
if (flags.prompts !== undefined) writePrompts(flags.prompts, await promptsOf(rows, said));
if (flags.readings !== undefined) {
  console.log(`\nwith the readings of ${flags.readings}`);
  await measured(
    rows,
    ({ row: { id } }) => readerSaying(id, (question) => said.get(question)),
    true,
  );
} else if (flags.show) console.log(`\n${alone.join("\n")}`);
