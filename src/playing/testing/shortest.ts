import type { Environment, EnvironmentCall } from "../environment.ts";

import { takeStep } from "../play.ts";

/**
 * The length of the shortest way to the goal over these calls, breadth first and without the planner; null if there is
 * none. What breaks a rule or does something forbidden is no way.
 */
export function shortestWay<State extends object>(
  { step, outcome }: Pick<Environment<State>, "step" | "outcome">,
  start: State,
  calls: readonly EnvironmentCall[],
): number | null {
  const before = new Map<string, unknown>(Object.entries(start));
  const keyOf = (state: State): string =>
    JSON.stringify(
      Object.entries(state).filter(
        ([name, value]) => name !== "clock" && before.get(name) !== value,
      ),
    );
  let edge: readonly State[] = [start];
  const seen = new Set(edge.map(keyOf));
  for (let length = 0; edge.length > 0; length += 1) {
    if (edge.some((state) => outcome(state).reached)) return length;
    const next: State[] = [];
    for (const state of edge)
      for (const call of calls) {
        const { state: after } = step(state, call);
        if (after === state) continue;
        const key = keyOf(after);
        if (seen.has(key)) continue;
        seen.add(key);
        const { breaches, forbidden } = outcome(after);
        if (breaches.length + forbidden.length === 0) next.push(after);
      }
    edge = next;
  }
  return null;
}

/** A call, for short. */
export const call = (name: string, given: EnvironmentCall["arguments"] = {}): EnvironmentCall => ({
  name,
  arguments: given,
});

/** The state after calls made, and words said, one by one. */
export const after = <State>(
  environment: Pick<Environment<State>, "tools" | "step" | "user">,
  start: State,
  calls: readonly EnvironmentCall[],
): State => calls.reduce((state, each) => takeStep(environment, state, each).state, start);
