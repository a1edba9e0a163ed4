import type { CallRecord } from "../../domain/call.ts";
import type { Outcome } from "../../domain/outcome.ts";

import { isFailed } from "../../domain/outcome.ts";

/** Calls of one target that ended alike, with what the vendor said. */
export type FailureCause = {
  readonly target: string;
  readonly outcome: Outcome;
  readonly status: number | null;
  readonly code: string | null;
  /** The vendor's own words, shortened; numbers that differ from call to call stand as they were in the first. */
  readonly message: string | null;
  /** Calls whose last attempt ended so. */
  readonly final: number;
  /** Attempts that ended so and were repeated. */
  readonly repeated: number;
};

type Tally = { -readonly [Name in keyof FailureCause]: FailureCause[Name] };

export type FailureTally = {
  readonly take: (target: string, call: CallRecord) => void;
  readonly causes: () => readonly FailureCause[];
};

/** Causes that are told apart for one target and outcome; a vendor may put a new number into every message. */
const mostCauses = 20;
const mostMessage = 400;

/** Gathers how calls failed. */
export function createFailures(): FailureTally {
  const tallies = new Map<string, Tally>();
  const perOutcome = new Map<string, number>();
  const tallyOf = (target: string, attempt: CallRecord["attempts"][number]): Tally => {
    const { outcome, status, code } = attempt;
    const message = attempt.message?.slice(0, mostMessage) ?? null;
    const group = JSON.stringify([target, outcome]);
    const same = (message ?? "").replaceAll(/[\da-f-]{6,}|\d+/gi, "#");
    let name = JSON.stringify([target, outcome, status, code, same]);
    if (!tallies.has(name)) {
      const known = (perOutcome.get(group) ?? 0) + 1;
      if (known > mostCauses) name = `${group} more`;
      else perOutcome.set(group, known);
    }
    const isRest = name.endsWith(" more");
    const made = tallies.get(name) ?? {
      target,
      outcome,
      status: isRest ? null : status,
      code: isRest ? null : code,
      message: isRest ? null : message,
      final: 0,
      repeated: 0,
    };
    tallies.set(name, made);
    return made;
  };
  return {
    take: (target, { attempts, outcome }) => {
      for (const [place, attempt] of attempts.entries()) {
        const isLast = place === attempts.length - 1;
        if (isLast && outcome === "ok") continue;
        const tally = tallyOf(target, attempt);
        if (isLast) tally.final++;
        else tally.repeated++;
      }
    },
    causes: () =>
      [...tallies.values()].toSorted(
        (a, b) =>
          Number(isFailed(b.outcome)) - Number(isFailed(a.outcome)) ||
          b.final - a.final ||
          b.repeated - a.repeated,
      ),
  };
}
