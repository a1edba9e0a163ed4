import { verdicts } from "../../domain/grader.ts";
import { outcomes } from "../../domain/outcome.ts";
import { createColumns } from "./columns.ts";
import { rowShape, callShape, histogramBins } from "./shapes.ts";
import type { Totals, TargetView } from "./model.ts";
/** A target without answers. */
export const createTarget = (ref: string, index: number): TargetView => ({
  ref,
  index,
  entry: null,
  rows: createColumns(rowShape()),
  calls: createColumns(callShape()),
  totals: createTotals(),
  inFlight: 0,
  retries: 0,
  models: new Map(),
  fingerprints: new Map(),
  judges: new Map(),
  judged: new Map(),
  reviews: new Map(),
});
const createTotals = (): Totals => ({
  answers: 0,
  verdicts: new Uint32Array(verdicts.length + 1),
  outcomes: new Uint32Array(outcomes.length),
  counted: 0,
  value: 0,
  cost: { CNY: 0, USD: 0 },
  replacedCost: { CNY: 0, USD: 0 },
  judgeCost: { CNY: 0, USD: 0 },
  judgeCalls: 0,
  judgeCostUnknown: 0,
  firstToken: new Uint32Array(histogramBins),
  speed: new Uint32Array(histogramBins),
});
