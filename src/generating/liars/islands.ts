import type { Draw } from "../draw.ts";

import { type IslandClaim, drawClaim, holds, type Nature } from "./claims.ts";

/** People, the claims of each, and which of them speak of others. */
export type Island = {
  readonly people: number;
  readonly free: number;
  /** IslandClaim n is said by person n % people. */
  readonly claims: readonly IslandClaim[];
  /** The claims in an order in which each speaks only of those before it. */
  readonly order: readonly number[];
};

export type IslandOptions = {
  readonly people: number;
  readonly sayings: number;
  readonly free: number;
  readonly claims: "plain" | "joined" | "nested";
};

export function drawIsland(draw: Draw, { people, sayings, free, claims }: IslandOptions): Island {
  const order = draw.shuffle(Array.from({ length: people * sayings }, (_, at) => at));
  const said: IslandClaim[] = [];
  for (const [at, claim] of order.entries()) {
    const speaker = claim % people;
    said[claim] = drawClaim(draw, {
      people,
      hasFree: free > 0,
      isJoining: claims !== "plain",
      earlier:
        claims === "nested" ? order.slice(0, at).filter((each) => each % people !== speaker) : [],
      speaker,
    });
  }
  return { people, free, claims: said, order };
}

/** Every way in which the natures can be, up to two: exactly `free` are free. */
export function solutionsOf({
  people,
  free,
  claims,
  order,
}: Island): readonly (readonly Nature[])[] {
  const found: (readonly Nature[])[] = [];
  const natures: Nature[] = [];
  const extend = (left: number): void => {
    if (found.length > 1) return;
    if (natures.length === people) {
      if (isConsistent(natures, people, claims, order)) found.push([...natures]);
      return;
    }
    for (const nature of ["honest", "lying", "free"] as const) {
      if (nature === "free" ? left === 0 : people - natures.length === left) continue;
      natures.push(nature);
      extend(nature === "free" ? left - 1 : left);
      natures.pop();
    }
  };
  extend(free);
  return found;
}

function isConsistent(
  natures: readonly Nature[],
  people: number,
  claims: readonly IslandClaim[],
  order: readonly number[],
): boolean {
  const truths: (boolean | undefined)[] = [];
  for (const at of order) {
    const claim = claims[at];
    if (claim === undefined) return false;
    const isTrue = holds(claim, natures, truths);
    const nature = natures[at % people];
    if (nature !== "free" && isTrue !== (nature === "honest")) return false;
    truths[at] = isTrue;
  }
  return true;
}
