import type { AssertTest } from "../../domain/code-test.ts";
import type { WireValue } from "./box/messages.ts";

/** What keeps an assert from being taken apart. */
export type AssertProblem = {
  /** `dependent`: a call of the program depends on a name that the assert itself binds. */
  readonly kind: "syntax" | "dependent" | "no call";
  readonly at: "assert" | "setup";
  readonly detail: string;
};

/** An assert taken apart: what the program is asked for, and what has to hold of its answers. */
export type SplitAssert = {
  /** Expressions for the program. */
  readonly chains: readonly string[];
  /** The names that they begin with: what the program has to define. */
  readonly names: readonly string[];
  /** Over `_values`, never shown to the program. */
  readonly rest: string;
};
export type AssertPlan = SplitAssert | { readonly problem: AssertProblem };

export type JudgedValues = { readonly rest: string; readonly values: readonly WireValue[] };
export type Judged = {
  readonly holds: boolean;
  /** The values, or why nothing could be said of them. */
  readonly shown: string;
  /** True if they could not be compared at all. */
  readonly isUnclear: boolean;
};

/** Decides about values in an interpreter that no program has been in. */
export type Referee = {
  readonly plan: (tests: readonly AssertTest[]) => Promise<readonly AssertPlan[]>;
  readonly judge: (tests: readonly JudgedValues[]) => Promise<readonly Judged[]>;
};

/** The same plans, each made once; several at a time, because asking takes longer than the answer. */
export function withMemory(referee: Referee): Referee {
  const plans = new Map<string, Promise<AssertPlan>>();
  return {
    judge: referee.judge,
    plan: async (tests) => {
      const fresh = [...new Set(tests.map(keyOf))].filter((key) => !plans.has(key));
      if (fresh.length > 0) {
        const asked = referee.plan(fresh.map((key) => JSON.parse(key) as AssertTest));
        for (const [index, key] of fresh.entries()) {
          const plan = asked.then((made) => {
            const own = made[index];
            if (own === undefined) throw new Error("the referee left out a test");
            return own;
          });
          // What failed once may succeed later.
          plan.catch(() => plans.delete(key));
          plans.set(key, plan);
        }
      }
      return Promise.all(
        tests.map(async (test) => {
          const plan = plans.get(keyOf(test));
          if (plan === undefined) throw new Error("a plan was lost");
          return plan;
        }),
      );
    },
  };
}

const keyOf = ({ assert, setup }: AssertTest): string => JSON.stringify({ assert, setup });
