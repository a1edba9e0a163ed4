import type { Verdict } from "../domain/grader.ts";
import type { Outcome } from "../domain/outcome.ts";
import type { RunEvent } from "../domain/run-file/event.ts";

/** One of the latest answers, without its texts. */
export type RecentAnswer = {
  readonly key: string;
  readonly item: string;
  readonly target: string;
  readonly outcome: Outcome;
  /** Null until it has been graded. */
  readonly verdict: Verdict | null;
  readonly extracted: string | null;
};

export type Recent = {
  readonly take: (event: RunEvent) => void;
  /** Newest first. */
  readonly list: () => readonly RecentAnswer[];
};

const maxAnswers = 200;

/** Remembers the latest answers, so that the user can open one. */
export function createRecent(): Recent {
  const byKey = new Map<string, RecentAnswer>();
  const take = (event: RunEvent): void => {
    if (event.kind === "answer") {
      const { key, item, target, outcome } = event;
      byKey.delete(key);
      byKey.set(key, { key, item, target, outcome, verdict: null, extracted: null });
      const oldest = byKey.size > maxAnswers ? byKey.keys().next().value : undefined;
      if (oldest !== undefined) byKey.delete(oldest);
    }
    if (event.kind === "score") {
      const known = byKey.get(event.key);
      if (known === undefined) return;
      const { verdict, extracted } = event;
      byKey.set(event.key, { ...known, verdict, extracted: extracted?.slice(0, 200) ?? null });
    }
  };
  return { take, list: () => [...byKey.values()].toReversed() };
}
