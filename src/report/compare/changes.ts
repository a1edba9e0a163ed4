import type { ChangeVerdict, Comparison } from "./comparison.ts";
import type { Ratio } from "./ratios.ts";

import { changeOf } from "./comparison.ts";
import { areTrusted } from "./timings.ts";

/** What may be said of times and costs. */
export type Changes = {
  readonly first_token_ms: ChangeVerdict;
  readonly speed: ChangeVerdict;
  readonly cost: ChangeVerdict;
  readonly cost_per_right: ChangeVerdict;
};

type Timed = Pick<Comparison, "ratios" | "timings" | "concurrency_gap">;

/** The verdicts of a comparison's ratios. Times of a machine that was not trusted, or of another concurrency, get none. */
export function changesOf({ ratios, timings, concurrency_gap }: Timed): Changes {
  const open = !areTrusted(timings) ? "untrusted" : concurrency_gap === null ? null : "unlike";
  const time = (ratio: Ratio | null) => open ?? changeOf(ratio);
  return {
    first_token_ms: time(ratios.first_token_ms),
    speed: time(ratios.speed),
    cost: changeOf(ratios.cost, 0.01),
    cost_per_right: changeOf(ratios.cost_per_right),
  };
}

/**
 * True if it cannot be told whether the new side is slower: a machine was not trusted, the concurrency differed, or the calls
 * that could be compared were all left out.
 */
export const isLatencyOpen = ({ ratios, timings, concurrency_gap }: Timed): boolean =>
  !areTrusted(timings) ||
  concurrency_gap !== null ||
  (ratios.first_token_ms === null && timings.lagged + timings.unlike > 0);
