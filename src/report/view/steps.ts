import type { CallRecord } from "../../domain/call.ts";
import type { AnswerLine, StepLine } from "../../domain/run-file/lines.ts";
import type { StepsPaid, TargetView, View } from "./model.ts";

import { isGraded } from "../../domain/outcome.ts";

/** Counts the cost of a call whose conversation goes on; the answer that repeats the call will hold it. */
export function takeStep({ steps }: Pick<View, "steps">, target: TargetView, line: StepLine): void {
  const paid = (line.step === 1 ? null : steps.get(line.key)) ?? { CNY: 0, USD: 0 };
  add(paid, line.call);
  add(target.totals.replacedCost, line.call);
  steps.set(line.key, paid);
}

/** Takes the steps of an answer out of what no answer holds. One that failed may go on from them in a later session. */
export function endSteps(
  { steps }: Pick<View, "steps">,
  target: TargetView,
  { key, outcome }: AnswerLine,
): void {
  const paid = steps.get(key);
  if (paid === undefined) return;
  const { replacedCost } = target.totals;
  for (const currency of ["CNY", "USD"] as const) {
    const left = replacedCost[currency] - paid[currency];
    // What adding and taking away leaves over is no money.
    replacedCost[currency] = Math.abs(left) < 1e-9 ? 0 : left;
  }
  if (isGraded(outcome)) steps.delete(key);
}

function add(sums: StepsPaid, { cost }: CallRecord): void {
  if (cost !== null) sums[cost.currency] += cost.amount;
}
