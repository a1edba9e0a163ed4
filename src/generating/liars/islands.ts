import type { Draw } from "../draw.ts";

import { type IslandClaim, drawClaim, holds, type Nature, type WantedClaim } from "./claims.ts";

/** People, the claims of each, and which of them speak of others. */
export type Island = {
  readonly people: number;
  readonly free: number;
  /** IslandClaim n is said by person n % people. */
  readonly claims: readonly IslandClaim[];
  /** The claims in an order in which each speaks only of those before it. */
  readonly order: readonly number[];
  /** For which it was drawn. */
  readonly natures: readonly Nature[];
};

export type IslandOptions = {
  readonly people: number;
  readonly sayings: number;
  readonly free: number;
  readonly claims: "plain" | "joined" | "nested";
};

/**
 * An island on which nobody contradicts what he is, for natures that are drawn first. With `isBroken` the claims of one or two
 * people are the other way round, so that as a rule nothing fits, and nothing else gives it away.
 */
export function drawIsland(draw: Draw, options: IslandOptions, isBroken: boolean): Island {
  const { people, sayings, free } = options;
  const order = draw.shuffle(Array.from({ length: people * sayings }, (_, at) => at));
  const natures = draw.shuffle(
    Array.from({ length: people }, (_, at) =>
      at < free ? ("free" as const) : draw.pick(["honest", "lying"] as const),
    ),
  );
  const turned = new Set(
    isBroken
      ? draw.sample(
          [...natures.keys()].filter((at) => natures[at] !== "free"),
          draw.int(1, 2),
        )
      : [],
  );
  const said: IslandClaim[] = [];
  const truths: boolean[] = [];
  for (const claim of order) {
    const speaker = claim % people;
    const wanted = wantedClaim(options, order, claim);
    const nature = natures[speaker];
    const mustBe =
      nature === "free" ? draw.int(0, 1) === 0 : (nature === "honest") !== turned.has(speaker);
    let drawn = drawClaim(draw, wanted);
    while (holds(drawn, natures, truths) !== mustBe) drawn = drawClaim(draw, wanted);
    said[claim] = drawn;
    truths[claim] = mustBe;
  }
  return { people, free, claims: said, order, natures };
}

const wantedClaim = (
  { people, free, claims }: IslandOptions,
  order: readonly number[],
  claim: number,
): WantedClaim => ({
  people,
  free,
  isJoining: claims !== "plain",
  earlier:
    claims === "nested"
      ? order.slice(0, order.indexOf(claim)).filter((each) => each % people !== claim % people)
      : [],
  speaker: claim % people,
});

/** So many claims are drawn until one speaks against what else fits. */
const mostClaims = 60;

/**
 * The island with one claim drawn anew, of which no other speaks, so that one of the other ways in which the natures could be
 * does not fit; null where no such claim is found.
 */
export function mended(
  draw: Draw,
  options: IslandOptions,
  island: Island,
  found: readonly (readonly Nature[])[],
): Island | null {
  const { people, claims, order, natures } = island;
  const other = found.find((each) => each.some((nature, at) => nature !== natures[at]));
  if (other === undefined) return null;
  const spokenOf = new Set(claims.flatMap(claimsIn));
  const claim = draw.pick(order.filter((at) => !spokenOf.has(at)));
  const [own, others] = [natures[claim % people], other[claim % people]];
  if (own === "free" || others === "free") return null;
  const [truths, otherTruths] = [truthsOf(island, natures), truthsOf(island, other)];
  const wanted = wantedClaim(options, order, claim);
  for (let tried = 0; tried < mostClaims; tried += 1) {
    const drawn = drawClaim(draw, wanted);
    const fits = holds(drawn, natures, truths) === (own === "honest");
    if (fits && holds(drawn, other, otherTruths) !== (others === "honest"))
      return { ...island, claims: claims.with(claim, drawn) };
  }
  return null;
}

const claimsIn = (claim: IslandClaim): readonly number[] =>
  claim.kind === "claim" ? [claim.about] : claim.kind === "claims" ? claim.about : [];

function truthsOf({ claims, order }: Island, natures: readonly Nature[]): readonly boolean[] {
  const truths: boolean[] = [];
  for (const at of order) {
    const claim = claims[at];
    if (claim !== undefined) truths[at] = holds(claim, natures, truths);
  }
  return truths;
}

/**
 * Up to two ways in which the natures can be: exactly `free` are free. A claim is weighed as soon as all of whom it speaks, if
 * only through other claims, have a nature.
 */
export function solutionsOf({
  people,
  free,
  claims,
  order,
}: Island): readonly (readonly Nature[])[] {
  const found: (readonly Nature[])[] = [];
  const natures: Nature[] = [];
  const truths: (boolean | undefined)[] = [];
  const last: number[] = [];
  for (const at of order) {
    const claim = claims[at];
    if (claim !== undefined) last[at] = lastOf(claim, last, people);
  }
  const weighed = Array.from({ length: people }, (_, who) =>
    order.filter((at) => last[at] === who),
  );
  const judged = Array.from({ length: people }, (_, who) =>
    order.filter((at) => Math.max(last[at] ?? 0, at % people) === who),
  );
  const isFit = (who: number): boolean => {
    for (const at of weighed[who] ?? []) {
      const claim = claims[at];
      if (claim !== undefined) truths[at] = holds(claim, natures, truths);
    }
    return (judged[who] ?? []).every((at) => {
      const nature = natures[at % people];
      return nature === "free" || truths[at] === (nature === "honest");
    });
  };
  const extend = (left: number): void => {
    const who = natures.length;
    if (who === people) {
      found.push([...natures]);
      return;
    }
    for (const nature of ["honest", "lying", "free"] as const) {
      if (found.length > 1) return;
      if (nature === "free" ? left === 0 : people - who === left) continue;
      natures.push(nature);
      if (isFit(who)) extend(nature === "free" ? left - 1 : left);
      natures.pop();
    }
  };
  extend(free);
  return found;
}

/** The last person without whose nature a claim cannot be weighed. */
function lastOf(claim: IslandClaim, last: readonly number[], people: number): number {
  switch (claim.kind) {
    case "nature":
      return claim.who;
    case "same":
      return Math.max(...claim.pair);
    case "joined":
      return Math.max(...claim.parts.map((part) => lastOf(part, last, people)));
    case "claim":
      return last[claim.about] ?? people - 1;
    case "claims":
      return Math.max(...claim.about.map((at) => last[at] ?? people - 1));
    case "count":
    case "parity":
      return people - 1;
    default:
      throw new Error(String(claim satisfies never));
  }
}
