import type { LoadRequest, LoadStep, Slo } from "../../../domain/load/lines.ts";
import type { Station } from "../../../stats/testing/queue.ts";
import type { SearchStep } from "../search.ts";

import { isGood } from "../good.ts";

/** A step as a load would have measured it, by simulation alone. */
export type SimulatedStep = { readonly line: LoadStep; readonly rows: readonly LoadRequest[] };

const trusted = {
  send_lag_p50_ms: 0,
  send_lag_p99_ms: 0,
  allowed_ms: 10,
  lagged_share: 0,
  trusted: true,
};

type Told = {
  readonly slo: Slo;
  /** When the first token comes: as soon as a slot is free, or with the whole answer. */
  readonly first: "served" | "answered";
};

/**
 * Sends the arrivals of a step to a simulated station, event by event: what has been answered is judged in the order of its
 * ends, and where the step is given up, what is under way is ended with it.
 */
export function simulatedStep(
  station: Station,
  step: SearchStep,
  { slo, first }: Told,
): SimulatedStep {
  const { level, warmup, measure, most_bad } = step;
  const { arrivals, waits, totals } = station(level, warmup + measure);
  const origin = (arrivals[0] ?? 0) * 1_000;
  const all = Array.from(arrivals, (arrival, at): LoadRequest => ({
    ...answered,
    phase: at < warmup ? "warmup" : "measure",
    planned_at_ms: arrival * 1_000 - origin,
    first_token_ms: ((first === "served" ? waits : totals)[at] ?? 0) * 1_000,
    total_ms: (totals[at] ?? 0) * 1_000,
  }));
  const cut = givenUpAt(all, slo, most_bad);
  const rows = all
    .filter(({ planned_at_ms }) => planned_at_ms <= cut)
    .map((row) => (endOf(row) <= cut ? row : endedUnderWay(row, cut)));
  const line: LoadStep = {
    kind: "step",
    target: answered.target,
    step: answered.step,
    loop: "open",
    level,
    measure_from_ms: rows[warmup]?.planned_at_ms ?? 0,
    measure_until_ms: rows.at(-1)?.planned_at_ms ?? 0,
    cut: Number.isFinite(cut),
    self_check: trusted,
  };
  return { line: line.cut ? { ...line, cut_at_ms: cut } : line, rows };
}

const endOf = ({ planned_at_ms, total_ms }: LoadRequest): number => planned_at_ms + (total_ms ?? 0);

/** When so many bad answers have come; infinite where they never do. */
function givenUpAt(rows: readonly LoadRequest[], slo: Slo, most_bad: number): number {
  const bad = rows
    .filter((row) => row.phase === "measure" && !isGood(row, slo))
    .map(endOf)
    .toSorted((a, b) => a - b);
  return bad[most_bad - 1] ?? Number.POSITIVE_INFINITY;
}

/** As the sender would have told it: a first token that had come is known, the rest is not. */
function endedUnderWay(row: LoadRequest, at_ms: number): LoadRequest {
  const { first_token_ms, planned_at_ms } = row;
  const age = at_ms - planned_at_ms;
  const hasBegun = first_token_ms !== null && first_token_ms <= age;
  return {
    ...row,
    outcome: "aborted",
    first_token_ms: hasBegun ? first_token_ms : null,
    total_ms: age,
  };
}

const answered: LoadRequest = {
  kind: "request",
  target: "mine/queue",
  step: 1,
  phase: "measure",
  planned_at_ms: 0,
  send_lag_ms: 0,
  outcome: "ok",
  status: 200,
  code: null,
  connect_ms: null,
  first_token_ms: 0,
  first_answer_ms: null,
  last_token_ms: null,
  total_ms: 0,
  chunks: 1,
  max_gap_ms: null,
  chars: 300,
  first_chars: 1,
  input_tokens: null,
  output_tokens: null,
  cost: null,
  lagged: false,
  turn: 1,
};
