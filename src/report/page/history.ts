import type { Money } from "../../domain/money.ts";
import type { RunLine } from "../../domain/run-file/header.ts";
import type { TargetFigures } from "./figures.ts";

/** What one run said of one target. */
export type HistoryPoint = Pick<TargetFigures, "target" | "score" | "first_token_ms"> & {
  readonly cost_per_thousand: Money | null;
  /** Names of models that came back. */
  readonly models: readonly string[];
};

/** One run of a site, with the address of its page beside the site's own. */
export type HistoryRun = {
  readonly id: string;
  readonly started_at: string;
  readonly suites: readonly string[];
  readonly href: string;
  readonly points: readonly HistoryPoint[];
};

/** A report's part of a site's history; baselines have none. */
export function historyRun(
  {
    runs,
    targets,
  }: { readonly runs: readonly RunLine[]; readonly targets: readonly TargetFigures[] },
  href: string,
): HistoryRun {
  const [first] = runs;
  return {
    id: first?.id ?? "",
    started_at: first?.started_at ?? "",
    suites: [...new Set(runs.flatMap(({ suites }) => suites.map(({ id }) => id)))],
    href,
    points: targets
      .filter(({ baseline }) => !baseline)
      .map(({ target, score, first_token_ms, cost_per_thousand, models_returned }) => ({
        target,
        score,
        first_token_ms,
        cost_per_thousand,
        models: models_returned.map(({ id }) => id),
      })),
  };
}
