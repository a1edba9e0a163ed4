import type { Asked } from "./asked.ts";

import { solveBilling } from "./billing.ts";
import { solveCalendar } from "./calendar.ts";
import { solveCount } from "./count.ts";
import { solveDate } from "./date.ts";
import { solveKinship } from "./kinship.ts";
import { solveLedger } from "./ledger.ts";
import { solveLiars } from "./liars.ts";
import { solveLogic } from "./logic.ts";
import { solveMultiHop } from "./multi-hop.ts";
import { solveNeedle } from "./needle.ts";
import { solveTable } from "./table.ts";
import { solveUnit } from "./unit.ts";
import { solveWordProblem } from "./word-problem.ts";
import { solveZebra } from "./zebra.ts";

/** A second solver for each generator, by id: it reads what a model reads and shares no code with the generator. */
export const solvers: Readonly<Record<string, (asked: Asked) => string | number>> = {
  billing: solveBilling,
  calendar: solveCalendar,
  count: solveCount,
  date: solveDate,
  kinship: solveKinship,
  ledger: solveLedger,
  liars: solveLiars,
  logic: solveLogic,
  "multi-hop": solveMultiHop,
  needle: solveNeedle,
  table: solveTable,
  unit: solveUnit,
  "word-problem": solveWordProblem,
  zebra: solveZebra,
};
