import type { LoadRequest, LoadStep, Slo } from "../../domain/load/lines.ts";

import { isGraded } from "../../domain/outcome.ts";

/** From the planned arrival to a moment that is told from dispatch; null where either is unknown. */
export const fromPlan = (row: LoadRequest, at_ms: number | null): number | null =>
  at_ms === null || row.send_lag_ms === null ? null : row.send_lag_ms + at_ms;

/**
 * The speed of an answer in code points a second after its first chunk; null where it came at once: below a tenth of a
 * second there is nothing to divide by.
 */
export function speedOf(row: LoadRequest): number | null {
  const { first_token_ms, last_token_ms, chars, first_chars } = row;
  if (first_token_ms === null || last_token_ms === null) return null;
  const ms = last_token_ms - first_token_ms;
  return ms < 100 ? null : ((chars - (first_chars ?? 0)) * 1_000) / ms;
}

/** Whether a request was answered and keeps every part of the SLO. What cannot be told of an answer, such as its speed, breaks nothing. */
export const isGood = (row: LoadRequest, slo: Slo): boolean =>
  isGraded(row.outcome) &&
  keeps(row, slo, fromPlan(row, row.first_token_ms), fromPlan(row, row.total_ms));

function keeps(row: LoadRequest, slo: Slo, first: number | null, total: number | null): boolean {
  const speed = speedOf(row);
  if (slo.ttft_ms !== null && (first === null || first > slo.ttft_ms)) return false;
  if (slo.total_ms !== null && (total === null || total > slo.total_ms)) return false;
  return slo.speed === null || speed === null || speed >= slo.speed;
}

/** A request that counts, and whether it kept the SLO. */
export type CountedRow = { readonly row: LoadRequest; readonly good: boolean };

/**
 * The measured requests of a step in the order of their planned arrivals, as far as each can be judged. Where a step was cut, its unfinished
 * requests are those that the server kept waiting: leaving them out would leave the quick ones alone. They took longer than
 * until the cut (right-censored), so that whatever was planned before the SLO's own time had run can be judged: it broke the SLO
 * or had kept it so far. What was planned later says nothing, finished or not.
 */
export function judgedRows(
  rows: readonly LoadRequest[],
  { cut_at_ms }: Pick<LoadStep, "cut_at_ms">,
  slo: Slo,
): readonly CountedRow[] {
  const measured = rows
    .filter(({ phase }) => phase === "measure")
    .toSorted((a, b) => a.planned_at_ms - b.planned_at_ms);
  const within_ms = Math.max(slo.ttft_ms ?? 0, slo.total_ms ?? 0);
  if (cut_at_ms === undefined || within_ms === 0)
    return measured
      .filter(({ outcome }) => outcome !== "aborted")
      .map((row) => ({ row, good: isGood(row, slo) }));
  return measured
    .filter(({ planned_at_ms }) => planned_at_ms + within_ms < cut_at_ms)
    .map((row) => ({
      row,
      good: row.outcome === "aborted" ? hasKept(row, slo, cut_at_ms) : isGood(row, slo),
    }));
}

/** Whether a request that was ended under way had kept the SLO until then. */
function hasKept(row: LoadRequest, slo: Slo, cut_at_ms: number): boolean {
  const age = cut_at_ms - row.planned_at_ms;
  return keeps(row, slo, fromPlan(row, row.first_token_ms) ?? age, age);
}

/** Requests up to the first that was ended under way: times of later ones would be those of quick answers alone. */
export function beforeCut(rows: readonly LoadRequest[]): readonly LoadRequest[] {
  const first = rows.findIndex(({ outcome }) => outcome === "aborted");
  return first === -1 ? rows : rows.slice(0, first);
}
