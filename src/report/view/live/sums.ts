import type { RunEvent } from "../../../domain/run-file/event.ts";
import type { AnswerLine, ScoreLine } from "../../../domain/run-file/lines.ts";
import type { TargetView, View } from "../model.ts";

import { isGraded } from "../../../domain/outcome.ts";
import { createKeySet, type KeySet } from "../../../store/suites/key-set.ts";
import { readCalls } from "../calls.ts";
import { addRow } from "../columns.ts";
import { land, send } from "../in-flight.ts";
import { expectsRefusal } from "../items.ts";
import { createTarget } from "../model.ts";
import { outcomeCode, verdictCode } from "../shapes.ts";
import { endSteps, takeStep } from "../steps.ts";
import { tally } from "../totals.ts";
import { dropFailure, noteFailure, setVerdict, setVerdictOfCall } from "../verdicts.ts";

/** What a display of a run under way needs to know: the sums of each target, and nothing of single answers. */
export type LiveView = Pick<View, "run" | "workers" | "failures"> & {
  readonly targets: readonly Pick<TargetView, "ref" | "totals" | "inFlight" | "toAskAgain">[];
};

/** Where an answer stands whose score is to come, or that failed and may be asked again. */
type Held = { readonly target: TargetView; readonly row: number };

/**
 * The sums of a run, which stay as large as they are however many answers come: only answers that failed, because others may
 * replace them, and those that nobody has graded yet are held. The keys of items that must be refused are, too.
 */
export type RunSums = Pick<View, "asking" | "steps" | "failures"> & {
  run: View["run"];
  workers: View["workers"];
  readonly targets: TargetView[];
  readonly held: Map<string, Held>;
  readonly refused: KeySet;
};

/** Sums of nothing, to be fed with `addToSums`. */
export const createSums = (): RunSums => ({
  run: null,
  workers: [],
  failures: [],
  targets: [],
  asking: new Set(),
  steps: new Map(),
  held: new Map(),
  refused: createKeySet(),
});

/** The row of an answer that is let go of as soon as it is counted. */
const passing = 0;

/**
 * Counts one event. The sums are those that a view of the same events has, except that of an answer the first score counts, and
 * that reviews are left out.
 */
export function addToSums(sums: RunSums, event: RunEvent): void {
  switch (event.kind) {
    case "answer":
      return addAnswer(sums, event);
    case "score":
      return addScore(sums, event);
    case "item":
      if (expectsRefusal(event)) sums.refused.add(event.item);
      return;
    case "run":
      sums.run = event;
      for (const entry of event.targets) targetOf(sums, entry.ref).entry = entry;
      return;
    case "asking":
      dropFailure(sums, event.key);
      return send(sums, targetOf(sums, event.target), event.key);
    case "replied":
      return land(sums, targetOf(sums, event.target), event.key);
    case "retrying":
      return land(sums, targetOf(sums, event.target), event.key);
    case "step":
      takeStep(sums, targetOf(sums, event.target), event);
      return land(sums, targetOf(sums, event.target), event.key);
    case "workers":
      sums.workers = event.workers;
      return;
    case "end":
      sums.asking.clear();
      for (const target of sums.targets) target.inFlight = 0;
      return;
    // Lines and progress that no sum depends on.
    case "resume":
    case "review":
    case "stopping":
    case "stopped":
    case "limit":
    case "lane":
    case "unserved":
    case "queue":
    case "batch":
      return;
  }
}

function targetOf({ targets }: RunSums, ref: string): TargetView {
  const found = targets.find((target) => target.ref === ref);
  if (found !== undefined) return found;
  const made = createTarget(ref, targets.length);
  addRow(made.rows);
  targets.push(made);
  return made;
}

function addAnswer(sums: RunSums, line: AnswerLine): void {
  const { key, outcome, turns } = line;
  const target = targetOf(sums, line.target);
  const { row, isReplaced } = placeOf(sums, target, line);
  const { at } = target.rows;
  if (isReplaced) {
    tally(target, row, -1);
    if (target.toAskAgain > 0) target.toAskAgain--;
  } else at.cost[row] = 0;
  const before = target.calls.length;
  at.outcome[row] = outcomeCode[outcome];
  readCalls(target, row, turns);
  setVerdictOfCall(target, row, outcome, sums.refused.has(line.item));
  tally(target, row, 1);
  if (row === passing) target.calls.length = before;
  dropFailure(sums, key);
  if (!isGraded(outcome)) noteFailure(sums, line);
  sums.held.set(key, { target, row });
  endSteps(sums, target, line);
  land(sums, target, key);
}

/** The row to count an answer in: that of the one that it replaces, one of its own if it failed, else the passing one. */
function placeOf(
  { held }: RunSums,
  { rows }: TargetView,
  { key, outcome }: AnswerLine,
): { readonly row: number; readonly isReplaced: boolean } {
  const old = held.get(key)?.row ?? passing;
  if (old !== passing) return { row: old, isReplaced: true };
  return { row: isGraded(outcome) ? passing : addRow(rows), isReplaced: false };
}

function addScore({ held }: RunSums, { key, pending, verdict, value }: ScoreLine): void {
  const found = held.get(key);
  if (found === undefined || pending === true) return;
  const { target, row } = found;
  if (row === passing) {
    target.rows.at.verdict[row] = verdictCode.none;
    target.rows.at.value[row] = Number.NaN;
    held.delete(key);
  }
  setVerdict(target, row, verdict, value);
}
