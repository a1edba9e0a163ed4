import type { Money } from "../../domain/money.ts";
import type { Text } from "../../domain/text.ts";
import type { Interval } from "../../stats/interval.ts";
import type { Entry } from "../leaderboard/leaderboard.ts";
import type { Summary } from "../score/summary.ts";

import { mismatchText } from "../asked/text.ts";
import { nameOf } from "../leaderboard/table.ts";
import { inBoth } from "./both.ts";

type Bounded = {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
};

/** What charts draw of one target; the tables hold the same figures as texts. */
export type TargetFigures = Pick<
  Summary,
  | "baseline"
  | "simulated"
  | "answers"
  | "planned"
  | "verdicts"
  | "outcomes"
  | "tokens"
  | "models_returned"
> & {
  readonly target: string;
  /** With the marks of a simulator and of its life cycle. */
  readonly name: Text;
  /** What did not come as asked, such as another model; null where all did. */
  readonly mismatch: Text | null;
  readonly rank: number | null;
  readonly medal: boolean;
  readonly score: { readonly value: number | null; readonly interval: Interval | null };
  /** Null where it is not known. */
  readonly cost_per_thousand: Money | null;
  readonly cost_incomplete: boolean;
  readonly unverified_price: boolean;
  /** Medians in ms with their intervals; null where nothing was measured or most calls timed out. */
  readonly first_token_ms: Bounded | null;
  readonly total_ms: Bounded | null;
};

/** The figures of one entry, as the leaderboard has them. */
export function figuresOf({ summary, rank, medal }: Entry): TargetFigures {
  const { target, simulated, baseline, answers, planned, verdicts, outcomes, tokens } = summary;
  const { models_returned } = summary;
  return {
    target,
    name: inBoth((lang) => nameOf(summary, lang)),
    mismatch:
      summary.not_as_asked.length === 0 ? null : inBoth((lang) => mismatchText(summary, lang)),
    simulated,
    baseline,
    answers,
    planned,
    verdicts,
    outcomes,
    tokens,
    models_returned,
    rank,
    medal,
    score: { value: summary.score.value, interval: summary.score.interval },
    cost_per_thousand: summary.cost_per.thousand_calls,
    cost_incomplete: summary.cost_incomplete,
    unverified_price: summary.unverified_price,
    first_token_ms: boundedOf(summary.first_token_ms?.p50),
    total_ms: boundedOf(summary.total_ms?.p50),
  };
}

function boundedOf(found: Bounded | undefined): Bounded | null {
  if (found === undefined || !Number.isFinite(found.value)) return null;
  const finite = (bound: number | null): number | null =>
    bound !== null && Number.isFinite(bound) ? bound : null;
  return { value: found.value, low: finite(found.low), high: finite(found.high) };
}
