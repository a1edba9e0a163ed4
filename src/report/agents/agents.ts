import type { TargetView } from "../view/model.ts";

import { type Distribution, distribution } from "../score/distribution.ts";

/** What a target's agents did, over all answers that an environment played and the grader `goal` saw. */
export type AgentSummary = {
  readonly answers: number;
  /** Means over the answers. What is said to a scripted user counts as a call. */
  readonly requests: number;
  readonly calls: number;
  /** Null where an environment's planner found none. */
  readonly fewest_calls: number | null;
  /** Answers in which a rule of the policy was broken, and in which something forbidden was done. */
  readonly breached: number;
  readonly forbidden: number;
  /** Of one answer, all its requests together, without what they waited for; null where a request was not timed. */
  readonly total_ms: Distribution | null;
};

/** Null where no agent played. */
export function agentsOf(
  { agents, rows, calls }: Pick<TargetView, "agents" | "rows" | "calls">,
  isInside: (row: number) => boolean,
): AgentSummary | null {
  const own = [...agents].filter(([row]) => isInside(row));
  if (own.length === 0) return null;
  const meanOf = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const fewest = own.flatMap(([, { fewest_calls }]) => fewest_calls ?? []);
  return {
    answers: own.length,
    requests: meanOf(own.map(([row]) => rows.at.calls[row] ?? 0)),
    calls: meanOf(own.map(([, each]) => each.calls)),
    fewest_calls: fewest.length < own.length ? null : meanOf(fewest),
    breached: own.filter(([, { breaches }]) => breaches > 0).length,
    forbidden: own.filter(([, each]) => each.forbidden > 0).length,
    total_ms: distribution(
      own.map(([row]) => timeOf(row, rows, calls)).filter((ms) => Number.isFinite(ms)),
    ),
  };
}

function timeOf(
  row: number,
  { at }: TargetView["rows"],
  calls: Pick<TargetView["calls"], "at">,
): number {
  const from = at.calls_from[row] ?? 0;
  let sum = 0;
  for (let call = from; call < from + (at.calls[row] ?? 0); call += 1)
    sum += calls.at.total_ms[call] ?? Number.NaN;
  return sum;
}
