import type { Draw } from "../draw.ts";

/** Who always tells the truth, who never does, and who may do either. */
export type Nature = "honest" | "lying" | "free";

/** What somebody says; people and claims by their number. */
export type IslandClaim =
  | { readonly kind: "nature"; readonly who: number; readonly is: Nature; readonly not: boolean }
  | { readonly kind: "same"; readonly pair: readonly [number, number]; readonly not: boolean }
  | { readonly kind: "count"; readonly of: Nature; readonly bound: Bound; readonly count: number }
  | { readonly kind: "parity"; readonly of: Nature; readonly isOdd: boolean }
  | {
      readonly kind: "joined";
      readonly by: Join;
      readonly parts: readonly [IslandClaim, IslandClaim];
    }
  | {
      readonly kind: "parts";
      readonly parts: readonly IslandClaim[];
      /** So many of the parts are true. */
      readonly count: number;
    }
  | {
      readonly kind: "tally";
      readonly about: readonly number[];
      readonly bound: Bound;
      readonly count: number;
    }
  | { readonly kind: "claim"; readonly about: number; readonly isTrue: boolean }
  | { readonly kind: "claims"; readonly about: readonly [number, number]; readonly same: boolean };

type Bound = "exactly" | "least" | "most";
export type Join = "if" | "or" | "one";

/** Whether a claim holds, where the truth of the claims that it speaks of is known. */
export function holds(
  claim: IslandClaim,
  natures: readonly Nature[],
  truths: readonly (boolean | undefined)[],
): boolean {
  const countOf = (nature: Nature): number => natures.filter((each) => each === nature).length;
  switch (claim.kind) {
    case "nature":
      return (natures[claim.who] === claim.is) !== claim.not;
    case "same":
      return (natures[claim.pair[0]] === natures[claim.pair[1]]) !== claim.not;
    case "count":
      return isWithin(claim.bound, countOf(claim.of), claim.count);
    case "parity":
      return (countOf(claim.of) % 2 === 1) === claim.isOdd;
    case "joined": {
      const [p, q] = claim.parts.map((part) => holds(part, natures, truths));
      if (claim.by === "if") return p !== true || q === true;
      return claim.by === "or" ? p === true || q === true : p !== q;
    }
    case "parts":
      return claim.parts.filter((part) => holds(part, natures, truths)).length === claim.count;
    case "tally":
      return isWithin(
        claim.bound,
        claim.about.filter((at) => truths[at] === true).length,
        claim.count,
      );
    case "claim":
      return truths[claim.about] === claim.isTrue;
    case "claims":
      return (truths[claim.about[0]] === truths[claim.about[1]]) === claim.same;
    default:
      return unreachable(claim);
  }
}

function isWithin(bound: Bound, found: number, count: number): boolean {
  if (bound === "exactly") return found === count;
  return bound === "least" ? found >= count : found <= count;
}

function unreachable(claim: never): never {
  throw new Error(`no such claim: ${JSON.stringify(claim)}`);
}

export type WantedClaim = {
  readonly people: number;
  /** People who say what they like. */
  readonly free: number;
  readonly isJoining: boolean;
  /** Hardly any claim names one person's nature alone, and claims are counted. */
  readonly isDeep: boolean;
  /** Claims that may be spoken of, none of which speaks of this one, in the end. */
  readonly earlier: readonly number[];
  readonly speaker: number;
};

/** A claim of a random kind; nobody calls himself a liar, which is no information. */
export function drawClaim(draw: Draw, wanted: WantedClaim): IslandClaim {
  const { people, isJoining, earlier } = wanted;
  const others = Array.from({ length: people }, (_, at) => at).filter(
    (at) => at !== wanted.speaker,
  );
  if (wanted.isDeep) return draw.pick(deepKinds)(draw, wanted, others);
  const kinds: readonly (() => IslandClaim)[] = [
    () => natureClaim(draw, wanted, others),
    () => natureClaim(draw, wanted, others),
    () => sameClaim(draw, others),
    () => countClaim(draw, wanted),
    ...(isJoining
      ? [() => joinedClaim(draw, wanted, others), () => joinedClaim(draw, wanted, others)]
      : []),
    ...(earlier.length > 0 ? [() => aboutOne(draw, earlier), () => aboutOne(draw, earlier)] : []),
    ...(earlier.length > 1 ? [() => aboutTwo(draw, wanted)] : []),
  ];
  return draw.pick(kinds)();
}

type DeepKind = (draw: Draw, wanted: WantedClaim, others: readonly number[]) => IslandClaim;

const deepKinds: readonly DeepKind[] = [
  deepJoined,
  deepJoined,
  deepParts,
  deepParts,
  tally,
  tally,
  (draw, { earlier, ...wanted }, others) =>
    earlier.length > 1 ? aboutTwo(draw, { ...wanted, earlier }) : sameClaim(draw, others),
  (draw, _wanted, others) => sameClaim(draw, others),
  (draw, wanted) => countClaim(draw, wanted),
];

/** Claims within another; none of them is of the same people as the one before. */
function inner(
  draw: Draw,
  wanted: WantedClaim,
  others: readonly number[],
  count: number,
): readonly IslandClaim[] {
  const people = draw.sample(others, 2 * count);
  return Array.from({ length: count }, (_, at) => {
    const [who = 0, other = 1] = people.slice(2 * at);
    const kind = draw.int(0, wanted.earlier.length > 0 ? 2 : 1);
    if (kind === 0) return { kind: "same", pair: [who, other], not: draw.int(0, 1) === 0 };
    return kind === 1 ? natureClaim(draw, wanted, [who]) : aboutOne(draw, wanted.earlier);
  });
}

function deepJoined(draw: Draw, wanted: WantedClaim, others: readonly number[]): IslandClaim {
  const [p, q] = inner(draw, wanted, others, 2);
  if (p === undefined || q === undefined) throw new RangeError("too few people");
  if (isTwice([p, q])) return deepJoined(draw, wanted, others);
  return { kind: "joined", by: draw.pick<Join>(["if", "or", "one"]), parts: [p, q] };
}

function deepParts(draw: Draw, wanted: WantedClaim, others: readonly number[]): IslandClaim {
  const parts = inner(draw, wanted, others, 3);
  if (isTwice(parts)) return deepParts(draw, wanted, others);
  return { kind: "parts", parts, count: draw.int(1, 2) };
}

/** Whether two of them speak of one claim. */
const isTwice = (parts: readonly IslandClaim[]): boolean => {
  const about = parts.flatMap((part) => (part.kind === "claim" ? [part.about] : []));
  return new Set(about).size < about.length;
};

/** How many of some claims are true. */
function tally(draw: Draw, wanted: WantedClaim, others: readonly number[]): IslandClaim {
  const { earlier } = wanted;
  if (earlier.length < 3) return deepJoined(draw, wanted, others);
  const about = draw.sample(earlier, Math.min(earlier.length, draw.int(3, 5)));
  const bound = draw.pick<Bound>(["exactly", "exactly", "least", "most"]);
  return { kind: "tally", about, bound, count: draw.int(1, about.length - 1) };
}

const anyNature = (draw: Draw, hasFree: boolean): Nature =>
  draw.pick<Nature>(hasFree ? ["honest", "lying", "free"] : ["honest", "lying"]);

const natureClaim = (
  draw: Draw,
  { free }: WantedClaim,
  others: readonly number[],
): IslandClaim => ({
  kind: "nature",
  who: draw.pick(others),
  is: anyNature(draw, free > 0),
  not: free > 0 && draw.int(0, 1) === 0,
});

function sameClaim(draw: Draw, others: readonly number[]): IslandClaim {
  const [a = 0, b = 1] = draw.sample(others, 2);
  return { kind: "same", pair: [a, b], not: draw.int(0, 1) === 0 };
}

/** Of a count that can be: never of more people than do not say what they like. */
function countClaim(draw: Draw, { people, free }: WantedClaim): IslandClaim {
  const of = draw.pick<Nature>(["honest", "lying"]);
  if (draw.int(0, 2) === 0 && free > 0) return { kind: "parity", of, isOdd: draw.int(0, 1) === 0 };
  const bound = draw.pick<Bound>(["exactly", "least", "most"]);
  return { kind: "count", of, bound, count: draw.int(1, Math.max(1, people - free - 1)) };
}

function joinedClaim(draw: Draw, wanted: WantedClaim, others: readonly number[]): IslandClaim {
  const [p, q] = [natureClaim(draw, wanted, others), natureClaim(draw, wanted, others)];
  const isRepeat = p.kind === "nature" && q.kind === "nature" && p.who === q.who;
  if (isRepeat) return joinedClaim(draw, wanted, others);
  return { kind: "joined", by: draw.pick<Join>(["if", "or", "one"]), parts: [p, q] };
}

const aboutOne = (draw: Draw, earlier: readonly number[]): IslandClaim => ({
  kind: "claim",
  about: draw.pick(earlier),
  isTrue: draw.int(0, 1) === 0,
});

/** Of two people; both of one person's are seldom any news. */
function aboutTwo(draw: Draw, { earlier, people }: WantedClaim): IslandClaim {
  const [a = 0, b = a] = draw.sample(earlier, 2);
  if (a % people === b % people) return aboutOne(draw, earlier);
  return { kind: "claims", about: [a, b], same: draw.int(0, 1) === 0 };
}
