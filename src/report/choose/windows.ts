import type { RunFileLine } from "../../domain/run-file/lines.ts";

import { isFailed } from "../../domain/outcome.ts";

/** Answers of one target in one span of five minutes, and those of them that failed for good. */
export type AnsweredWindow = { answers: number; failed: number };

/** By target, the spans in which it was asked. */
export type AnsweredWindows = ReadonlyMap<string, readonly AnsweredWindow[]>;

const windowMs = 300_000;

/**
 * Counts answers by spans of five minutes while run files are read, those included that a later session replaced: who used the service
 * then got no answer. What has no times (batches, answers from elsewhere) is left out.
 */
export function windowCounter() {
  const found = new Map<string, Map<number, AnsweredWindow>>();
  return {
    take: (line: RunFileLine): void => {
      if (line.kind !== "answer") return;
      const started = line.turns.at(-1)?.timing?.started_at;
      if (started === undefined || line.outcome === "aborted") return;
      const own = found.get(line.target) ?? new Map<number, AnsweredWindow>();
      found.set(line.target, own);
      const place = Math.floor(Date.parse(started) / windowMs);
      const window = own.get(place) ?? { answers: 0, failed: 0 };
      own.set(place, window);
      window.answers++;
      if (isFailed(line.outcome)) window.failed++;
    },
    windows: (): AnsweredWindows =>
      new Map([...found].map(([ref, own]) => [ref, [...own.values()]])),
  };
}
