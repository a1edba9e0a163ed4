import type { Outcome } from "../../domain/outcome.ts";
import type { AnswerLine, ScoreLine } from "../../domain/run-file/lines.ts";
import type { TargetView, View } from "./model.ts";

import { isFiltered, isGraded } from "../../domain/outcome.ts";
import { verdictCode } from "./shapes.ts";
import { tallyVerdict } from "./totals.ts";

const maxFailures = 50;

/** The verdict that the call alone decides; a graded outcome waits for its score. `isRefusal`: the item is to be refused. */
export function setVerdictOfCall(
  target: TargetView,
  row: number,
  outcome: Outcome,
  isRefusal: boolean,
): void {
  const { at } = target.rows;
  if (isGraded(outcome)) {
    at.verdict[row] = verdictCode.none;
    at.value[row] = Number.NaN;
  } else if (isFiltered(outcome)) {
    at.verdict[row] = isRefusal ? verdictCode.right : verdictCode.filtered;
    at.value[row] = isRefusal ? 1 : 0;
  } else if (outcome === "context-overflow") {
    at.verdict[row] = verdictCode.overflow;
    at.value[row] = 0;
  } else {
    at.verdict[row] = verdictCode.failed;
    at.value[row] = Number.NaN;
  }
}

/** Gives a row another verdict, and brings the sums up to date. */
export function setVerdict(
  target: TargetView,
  row: number,
  verdict: ScoreLine["verdict"],
  value: number | null,
): void {
  tallyVerdict(target, row, -1);
  target.rows.at.verdict[row] = verdictCode[verdict];
  target.rows.at.value[row] = value ?? Number.NaN;
  tallyVerdict(target, row, 1);
}

/** Takes the failure of an answer off the list: it is asked again, or was answered after all. */
export function dropFailure({ failures }: Pick<View, "failures">, key: string): void {
  const found = failures.findIndex((failure) => failure.key === key);
  if (found >= 0) failures.splice(found, 1);
}

/** Keeps the newest failures. */
export function noteFailure({ failures }: Pick<View, "failures">, line: AnswerLine): void {
  const attempt = line.turns.at(-1)?.attempts.at(-1);
  const { key, target, outcome } = line;
  const { code = null, message = null } = attempt ?? {};
  if (failures.length === maxFailures) failures.shift();
  failures.push({ key, target, outcome, code, message: message?.slice(0, 500) ?? null });
}
