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
    case "count": {
      const found = countOf(claim.of);
      if (claim.bound === "exactly") return found === claim.count;
      return claim.bound === "least" ? found >= claim.count : found <= claim.count;
    }
    case "parity":
      return (countOf(claim.of) % 2 === 1) === claim.isOdd;
    case "joined": {
      const [p, q] = claim.parts.map((part) => holds(part, natures, truths));
      if (claim.by === "if") return p !== true || q === true;
      return claim.by === "or" ? p === true || q === true : p !== q;
    }
    case "claim":
      return truths[claim.about] === claim.isTrue;
    case "claims":
      return (truths[claim.about[0]] === truths[claim.about[1]]) === claim.same;
    default:
      return unreachable(claim);
  }
}

function unreachable(claim: never): never {
  throw new Error(`no such claim: ${JSON.stringify(claim)}`);
}

export type WantedClaim = {
  readonly people: number;
  /** People who say what they like. */
  readonly free: number;
  readonly isJoining: boolean;
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
