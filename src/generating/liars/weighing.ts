import type { IslandClaim, Nature } from "./claims.ts";

/** Null where it is still open. */
export type Settled = boolean | null;

/** What a claim comes to, by what each person can still be (bits: 1 honest, 2 lying, 4 free) and the truths of claims. */
export type Weigher = (known: readonly number[], truths: readonly Settled[]) => Settled;

const bitOf = { honest: 1, lying: 2, free: 4 } as const satisfies Record<Nature, number>;

const not = (truth: Settled): Settled => (truth === null ? null : !truth);
const alike = (one: Settled, other: Settled): Settled =>
  one === null || other === null ? null : one === other;
const either = (one: Settled, other: Settled): Settled =>
  one === true || other === true ? true : one === null || other === null ? null : false;

/** From how few to how many there can be, against a bound. */
function bounded(
  bound: "exactly" | "least" | "most",
  [low, high]: readonly [number, number],
  count: number,
): Settled {
  if (bound === "least") return low >= count ? true : high < count ? false : null;
  if (bound === "most") return high <= count ? true : low > count ? false : null;
  if (low > count || high < count) return false;
  return low === high ? true : null;
}

function numberOf(known: readonly number[], of: Nature): readonly [number, number] {
  const bit = bitOf[of];
  let [low, high] = [0, 0];
  for (const set of known) {
    if (set === bit) low += 1;
    if ((set & bit) !== 0) high += 1;
  }
  return [low, high];
}

function trueOf(truths: readonly Settled[]): readonly [number, number] {
  const low = truths.filter((truth) => truth === true).length;
  return [low, low + truths.filter((truth) => truth === null).length];
}

/** Compiles a claim; what is not known yet leaves it open where it matters. */
export function weigher(claim: IslandClaim): Weigher {
  switch (claim.kind) {
    case "nature": {
      const bit = bitOf[claim.is];
      return (known) => {
        const set = known[claim.who] ?? 0;
        return (set & bit) === 0 ? claim.not : set === bit ? !claim.not : null;
      };
    }
    case "same": {
      const [a, b] = claim.pair;
      return (known) => {
        const [one = 0, other = 0] = [known[a], known[b]];
        if ((one & other) === 0) return claim.not;
        return one === other && (one & (one - 1)) === 0 ? !claim.not : null;
      };
    }
    case "count":
      return (known) => bounded(claim.bound, numberOf(known, claim.of), claim.count);
    case "parity":
      return (known) => {
        const [low, high] = numberOf(known, claim.of);
        return low < high ? null : (low % 2 === 1) === claim.isOdd;
      };
    case "joined": {
      const [p, q] = [weigher(claim.parts[0]), weigher(claim.parts[1])];
      return (known, truths) => {
        const [one, other] = [p(known, truths), q(known, truths)];
        if (claim.by === "if") return either(not(one), other);
        return claim.by === "or" ? either(one, other) : not(alike(one, other));
      };
    }
    case "parts": {
      const parts = claim.parts.map(weigher);
      return (known, truths) =>
        bounded("exactly", trueOf(parts.map((part) => part(known, truths))), claim.count);
    }
    case "tally":
      return (_known, truths) =>
        bounded(claim.bound, trueOf(claim.about.map((at) => truths[at] ?? null)), claim.count);
    case "claim":
      return (_known, truths) => alike(truths[claim.about] ?? null, claim.isTrue);
    case "claims":
      return (_known, truths) =>
        alike(alike(truths[claim.about[0]] ?? null, truths[claim.about[1]] ?? null), claim.same);
    default:
      return claim satisfies never;
  }
}
