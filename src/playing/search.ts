import type { Backend } from "./backend.ts";
import type { Environment, EnvironmentCall } from "./environment.ts";

/** What a search knows of an environment. */
export type Searched<State> = Pick<Environment<State>, "step" | "outcome"> & {
  /**
   * The calls that each must still be made at least once, whatever else is done; they are what is tried next. Empty only
   * at the goal, null where the goal is out of reach.
   */
  readonly needs: (state: State) => readonly EnvironmentCall[] | null;
};

/** Far more states than a way through `needs` takes; a search that has tried this many gives up. */
const mostTried = 20_000;

/**
 * The fewest calls that reach the goal without a forbidden effect or another broken rule, found by trying calls on the
 * environment itself; null if there are none. Iterative deepening A* (Korf 1985): what is still needed, failures to come
 * included, never overestimates, so the first way found is a shortest one.
 */
export function fewestCalls<State extends Backend>(
  start: State,
  environment: Searched<State>,
): readonly EnvironmentCall[] | null {
  const { step, outcome, needs } = environment;
  let tried = 0;
  /** A way from `state` of at most `most` calls, or the least length that could still be one. */
  const within = (
    state: State,
    most: number,
    seen: Map<string, number>,
  ): readonly EnvironmentCall[] | number => {
    const calls = needs(state);
    if (calls === null) return Infinity;
    const least = leastFor(state, calls);
    if (least > most) return least;
    if (calls.length === 0) return outcome(state).reached ? [] : Infinity;
    const key = keyOf(state, start);
    tried += 1;
    if (tried > mostTried || (seen.get(key) ?? -1) >= most) return Infinity;
    seen.set(key, most);
    let next = Infinity;
    for (const call of calls) {
      const { state: after } = step(state, call);
      if (after === state || !isClean(state, after)) continue;
      const rest = within(after, most - 1, seen);
      if (typeof rest !== "number") return [call, ...rest];
      next = Math.min(next, rest + 1);
    }
    return next;
  };
  for (let most = 0; Number.isFinite(most);) {
    const found = within(start, most, new Map());
    if (typeof found !== "number") return found;
    most = found;
  }
  return null;
}

/** Each call once, and once more for each time that its tool is still to fail. */
function leastFor({ busy }: Backend, calls: readonly EnvironmentCall[]): number {
  const names = new Set(calls.map(({ name }) => name));
  return [...names].reduce((sum, name) => sum + (busy[name] ?? 0), calls.length);
}

/** No call made things worse. */
const isClean = (before: Backend, after: Backend): boolean =>
  after.forbidden.length === before.forbidden.length &&
  after.breaches.length === before.breaches.length;

/** What of a state is not as it was at the start. States that differ in time alone are one. */
const keyOf = (state: Backend, start: Backend): string => {
  const before = new Map<string, unknown>(Object.entries(start));
  return JSON.stringify(
    Object.entries(state).filter(([name, value]) => name !== "clock" && value !== before.get(name)),
  );
};
