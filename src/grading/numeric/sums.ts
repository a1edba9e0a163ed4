import type { ReadNumber, Wanted } from "./candidates.ts";
import type { Claim } from "./claims.ts";
import type { Observed } from "./evidence.ts";

import { sameAs } from "./candidates.ts";
import { wordOf } from "./counted.ts";

/**
 * Which claims are sums, differences, products or quotients of two numbers of the question or of claims before them
 * (`made`), of the question's alone (`madeOfGiven`), and which another claim is made of (`makesMore`).
 */
export function madeOf(claims: readonly Claim[], { asked }: Wanted): readonly Observed[] {
  const given = [...new Set(asked.given.map(valueOf))].filter((value) => value !== 0).slice(0, 8);
  const values = claims.map(({ number }) => valueOf(number));
  const makers = new Set<number>();
  const found = values.map((value, index) => {
    const before = values.slice(Math.max(0, index - reach), index).filter((each) => each !== value);
    const known = [...new Set([...given, ...before])].filter(
      (each) => each !== value && each !== 0,
    );
    const pair = known.length < 2 ? null : pairFor(value, known);
    if (pair !== null) for (const each of pair) if (each !== value) makers.add(each);
    return {
      made: pair !== null,
      madeOfGiven: pair !== null && pair.every((each) => given.includes(each)),
    };
  });
  return found.map(({ made, madeOfGiven }, index) => ({
    ...(made ? { made: 1 } : {}),
    ...(madeOfGiven ? { madeOfGiven: 1 } : {}),
    ...(makers.has(values[index] ?? 0) ? { makesMore: 1 } : made ? { madeLast: 1 } : {}),
  }));
}

/** How far back it looks for what a number is made of. */
const reach = 6;

function pairFor(value: number, known: readonly number[]): readonly [number, number] | null {
  for (const [index, a] of known.entries())
    for (const b of known.slice(index + 1))
      if (
        [a + b, Math.abs(a - b), a * b, a / b, b / a, (a * b) / 100].some((made) =>
          isClose(made, value),
        )
      )
        return [a, b];
  return null;
}

const isClose = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.abs(b);

const valueOf = ({ low }: ReadNumber): number => Number(low.n) / Number(low.d);

/**
 * The claim that takes the place of another right after words that take it back: 960元 for 690元 in
 * 总价为690元——看颠倒了, 是960元. -1 where there is none.
 */
export function correctedAt(claims: readonly Claim[], index: number): number {
  const claim = claims[index];
  if (claim?.slipAfter === undefined || claim.slipAfter === null || claim.slipAfter > 2) return -1;
  const next = claims
    .slice(index + 1, index + 5)
    .findIndex(
      ({ slipBefore, number }) =>
        slipBefore !== null &&
        slipBefore <= 3 &&
        !sameAs(number, claim.number) &&
        (wordOf(number) === wordOf(claim.number) ||
          wordOf(number) === "" ||
          wordOf(claim.number) === ""),
    );
  return next < 0 ? -1 : index + 1 + next;
}
