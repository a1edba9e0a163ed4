import type { Asked } from "./asked.ts";

import { solveBilling } from "./billing.ts";
import { solveCalendar } from "./calendar.ts";
import { solveCount } from "./count.ts";
import { solveDate } from "./date.ts";
import { solveGlyph } from "./glyph.ts";
import { solveKinship } from "./kinship.ts";
import { solveLedger } from "./ledger.ts";
import { solveLiars } from "./liars.ts";
import { solveLogic } from "./logic.ts";
import { solveMultiHop } from "./multi-hop.ts";
import { solveNeedle } from "./needle.ts";
import { solveProgram } from "./program.ts";
import { solvePunctuate } from "./punctuate.ts";
import { solveTable } from "./table.ts";
import { solveUnit } from "./unit.ts";
import { solveVerseFaults } from "./verse-faults.ts";
import { solveWordProblem } from "./word-problem.ts";
import { solveZebra } from "./zebra.ts";

/** A second solver for each generator, by id: it reads what a model reads and shares no code with the generator. */
export const solvers: Readonly<
  Record<string, (asked: Asked) => string | number | Promise<number>>
> = {
  count: solveCount,
  date: solveDate,
  glyph: solveGlyph,
  billing: solveBilling,
  calendar: solveCalendar,
  kinship: solveKinship,
  ledger: solveLedger,
  liars: solveLiars,
  logic: solveLogic,
  "multi-hop": solveMultiHop,
  needle: solveNeedle,
  program: solveProgram,
  punctuate: solvePunctuate,
  table: solveTable,
  unit: solveUnit,
  "verse-faults": solveVerseFaults,
  "word-problem": solveWordProblem,
  zebra: solveZebra,
};
