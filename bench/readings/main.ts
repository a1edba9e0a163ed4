/**
 * How graders read labelled replies, by rule alone and with a reader: `npm run bench:readings -- FILE…
 * [--prompts OUT] [--readings FILE] [--show]`. A row of a file is one reply: `id`, `reply`, `verdict` as a person gives it
 * (right, wrong, partial, unresolved), and either `item`, a shipped item by `suite/task/item`, or `grader`, `question`, `gold` with
 * `options`, `aliases`, `unit`, `with` and `multiple` (several letters) where they apply; `manner` counts manners of
 * writing apart. `--prompts` writes what a reader would be asked, `{"id", "prompt"}` a line, which any
 * model can answer without seeing a gold; `--readings` takes its replies, `{"id", "reply"}` a line, which are then read as
 * those of a judge are. A reply that is missing there is one of a reader that cannot be reached.
 *
 * `npm run bench:readings -- --draw N --seed S --out FILE` writes N shipped items with their golds, to which replies can be written.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { z } from "zod";

import type { Grade, GradeContext } from "../../src/domain/grader.ts";

import { gradeSample } from "../../src/grading/grade.ts";
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

const graded = (row: Graded, context: GradeContext, withReader: boolean): Promise<Grade> =>
  gradeSample(row.grader, optionsOf(row, withReader), row.sample, context);

async function promptsOf(all: readonly Graded[]) {
  const prompts: { readonly id: string; readonly prompt: string }[] = [];
  for (const row of all) {
    const asked: GradeContext = {
      ...readerSaying(undefined),
      ask: (_, prompt) => {
        const text = typeof prompt === "string" ? prompt : (prompt[0]?.text ?? "");
        prompts.push({ id: row.row.id, prompt: text });
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
if (flags.prompts !== undefined) writePrompts(flags.prompts, await promptsOf(rows));
if (flags.readings !== undefined) {
  const replies = new Map(
    linesOf(flags.readings, Reading).map(({ id, reply }) => [id, reply] as const),
  );
  console.log(`\nwith the readings of ${flags.readings}`);
  await measured(rows, ({ row }) => readerSaying(replies.get(row.id)), true);
} else if (flags.show) console.log(`\n${alone.join("\n")}`);
