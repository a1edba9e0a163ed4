import type { LoadRequest, Slo } from "../../domain/load/lines.ts";

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
export function isGood(row: LoadRequest, slo: Slo): boolean {
  if (!isGraded(row.outcome)) return false;
  const first = fromPlan(row, row.first_token_ms);
  const total = fromPlan(row, row.total_ms);
  const speed = speedOf(row);
  if (slo.ttft_ms !== null && (first === null || first > slo.ttft_ms)) return false;
  if (slo.total_ms !== null && (total === null || total > slo.total_ms)) return false;
  return slo.speed === null || speed === null || speed >= slo.speed;
}
