import type { Draw } from "../draw.ts";

import { type IslandClaim, drawClaim, holds, type Nature, type WantedClaim } from "./claims.ts";
import { type Settled, type Weigher, weigher } from "./weighing.ts";

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
  readonly claims: "plain" | "joined" | "nested" | "deep";
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
  isDeep: claims === "deep",
  earlier:
    claims === "nested" || claims === "deep"
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

function claimsIn(claim: IslandClaim): readonly number[] {
  if (claim.kind === "claim") return [claim.about];
  if (claim.kind === "claims" || claim.kind === "tally") return claim.about;
  return "parts" in claim ? claim.parts.flatMap(claimsIn) : [];
}

function truthsOf({ claims, order }: Island, natures: readonly Nature[]): readonly boolean[] {
  const truths: boolean[] = [];
  for (const at of order) {
    const claim = claims[at];
    if (claim !== undefined) truths[at] = holds(claim, natures, truths);
  }
  return truths;
}

/** Up to two ways in which the natures can be: exactly `free` are free. */
export function solutionsOf({
  people,
  free,
  claims,
  order,
}: Island): readonly (readonly Nature[])[] {
  const found: (readonly Nature[])[] = [];
  const weighed = order.flatMap((at) => {
    const claim = claims[at];
    return claim === undefined ? [] : [{ at, speaker: at % people, weigh: weigher(claim) }];
  });
  const search = (from: readonly number[]): void => {
    const known = narrowed([...from], free, weighed);
    if (known === null) return;
    const open = nextOpen(known);
    if (open === null) {
      found.push(known.map((set) => natureOf(set)));
      return;
    }
    for (const set of [1, 2, 4])
      if (found.length < 2 && ((known[open] ?? 0) & set) !== 0) search(known.with(open, set));
  };
  search(Array.from({ length: people }, () => (free > 0 ? 7 : 3)));
  return found;
}

const natureOf = (set: number): Nature => (set === 1 ? "honest" : set === 2 ? "lying" : "free");

/** Of the people whose nature is open one with the fewest left. */
function nextOpen(known: readonly number[]): number | null {
  const three = known.indexOf(7);
  const two = known.findIndex((set) => set === 3 || set === 5 || set === 6);
  return two >= 0 ? two : three >= 0 ? three : null;
}

type Weighed = { readonly at: number; readonly speaker: number; readonly weigh: Weigher };

/**
 * What each can still be, as bits, after what all claims say as far as it is settled: nobody is honest of whom a claim is
 * false, or lying of whom one is true. Null where that leaves somebody nothing.
 */
function narrowed(
  known: number[],
  free: number,
  weighed: readonly Weighed[],
): readonly number[] | null {
  const truths: Settled[] = [];
  for (let isNews = true; isNews;) {
    isNews = false;
    for (const { at, speaker, weigh } of weighed) {
      const said = weigh(known, truths);
      const before = known[speaker] ?? 0;
      const left = said === null ? before : before & (said ? 5 : 6);
      if (left === 0) return null;
      truths[at] = left === 1 ? true : left === 2 ? false : said;
      if (left === before) continue;
      known[speaker] = left;
      isNews = true;
    }
    if (free === 0) continue;
    const sure = known.filter((set) => set === 4).length;
    const possible = known.filter((set) => set >= 4).length;
    if (sure > free || possible < free) return null;
    for (const [who, set] of known.entries()) {
      const left = sure === free && set !== 4 ? set & 3 : possible === free && set >= 4 ? 4 : set;
      if (left === set) continue;
      known[who] = left;
      isNews = true;
    }
  }
  return known;
}
