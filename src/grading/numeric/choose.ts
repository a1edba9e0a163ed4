import type { ReadNumber, Wanted } from "./candidates.ts";
import type { Claim } from "./claims.ts";

import { namedAs } from "./asked.ts";
import { sameAs } from "./candidates.ts";
import { unsolved } from "./clauses.ts";
import { isBeside, weightOf, wordOf } from "./evidence.ts";
import { checks, decides, difference } from "./phrases.ts";

export type ChosenNumber = {
  readonly number: ReadNumber;
  /** A different number from which nothing tells it apart. */
  readonly rival: ReadNumber | null;
  readonly claim: Claim;
  /** It is not a mere comparison, operand or supposition. */
  readonly isStated: boolean;
  /** No other claim says anything else. */
  readonly only: boolean;
};

type Weighed = { readonly claim: Claim; readonly weight: number };

/** Of all that is claimed the value for which most speaks; of equal ones in different sentences the later. Null without claims. */
export function chosenOf(all: readonly Claim[], wanted: Wanted): ChosenNumber | null {
  const told = all.slice(-mostClaims);
  const stated = told.filter((claim) => !isBeside(claim, wanted));
  const claims = stated.length > 0 ? stated : told;
  const last = claims.at(-1)?.at ?? 0;
  const steps = stepsOf(claims, wanted);
  const own = claims.map(
    (claim, index) =>
      weightOf(claim, wanted) +
      result * Math.min(2, steps.drawn.get(index) ?? 0) +
      (isExtreme(claim, claims.slice(Math.max(0, index - mostListed), index + mostListed), wanted)
        ? extreme
        : 0) -
      (isStep(index, claims, steps, wanted) ? step : 0),
  );
  const answered = claims.find((_, index) => (own[index] ?? 0) >= enough)?.at ?? last;
  const weighed = claims.map((claim, index) => ({
    claim,
    weight:
      (own[index] ?? 0) +
      laterBy * (last === 0 ? 0 : claim.at / last) -
      (claim.at > answered && !claim.concludes && !decides.test(claim.clause) ? afterwards : 0),
  }));
  const [best, ...others] = byValue(weighed).toSorted((a, b) => b.weight - a.weight);
  if (best === undefined) return null;
  const rival = others.find(
    ({ weight, claim }) => best.weight - weight < marginOf(best.claim, claim),
  );
  const asPercent = wanted.percent
    ? claims.find(({ number }) => number.percent && sameAs(number, best.claim.number))
    : undefined;
  return {
    number: (asPercent ?? best.claim).number,
    rival: rival?.claim.number ?? null,
    claim: best.claim,
    isStated: stated.length > 0,
    only: others.length === 0,
  };
}

/** A reply with more numbers is looping; its end is read. */
const mostClaims = 400;
/** What the last of several sentences has before the first. */
const laterBy = 0.8;
/** For which so much speaks is an answer; what follows is beside it. */
const enough = 5;
const afterwards = 2;
/** A number with which another is calculated later, and one that is calculated with others. */
const step = 2.5;
const result = 1;
/** The greatest of a list, where the greatest is asked. */
const extreme = 2.2;
const mostListed = 6;

function isExtreme(claim: Claim, near: readonly Claim[], { asked }: Wanted): boolean {
  if (asked.extreme === null) return false;
  const given = (number: ReadNumber): boolean => asked.given.some((each) => sameAs(each, number));
  const others = near.filter(
    ({ at, number }) => at === claim.at && !sameAs(number, claim.number) && !given(number),
  );
  return (
    !given(claim.number) &&
    others.length > 0 &&
    others.every(({ number }) =>
      asked.extreme === "most"
        ? valueOf(number) < valueOf(claim.number)
        : valueOf(number) > valueOf(claim.number),
    )
  );
}

/** Said again, a value counts more. */
const again = 0.8;
/** How much more must speak for one number than for another: most beside it in one sentence, under the same measure word. */
function marginOf(best: Claim, other: Claim): number {
  if (best.at !== other.at) return 0.5;
  return wordOf(best.number) === wordOf(other.number) ? 0.85 : 0.5;
}

type Steps = {
  /** Numbers with which a later one is calculated, 96 in 100-96=4, and the last claim that does. */
  readonly uses: ReadonlyMap<number, number>;
  /** Claims that a later one in their sentence joins or converts. */
  readonly replaced: ReadonlySet<number>;
  /** With how many other claims' numbers a claim's is calculated. */
  readonly drawn: ReadonlyMap<number, number>;
};

/** Another number is made of it later, and it is not what the question asks for by name, nor what has been concluded before. */
function isStep(
  index: number,
  claims: readonly Claim[],
  { uses, replaced }: Steps,
  wanted: Wanted,
): boolean {
  const claim = claims[index];
  if (claim === undefined) return false;
  const isNamed = namedAs(claim.beside, wanted.asked) === 1;
  if (replaced.has(index)) return wanted.asked.total || !isNamed;
  const by = uses.get(valueOf(claim.number)) ?? -1;
  const user = claims[by];
  if (by <= index || user === undefined || isNamed) return false;
  return !claim.concludes || user.concludes || user.at === claim.at;
}

function stepsOf(claims: readonly Claim[], wanted: Wanted): Steps {
  const uses = new Map<number, number>();
  const replaced = new Set<number>();
  const drawn = new Map<number, number>();
  const seen = new Set<number>();
  for (const [index, claim] of claims.entries()) {
    const { clause, sentence, at } = claim;
    const own = valueOf(claim.number);
    if (!checks.test(sentence)) {
      const near = claims.slice(Math.max(0, index - 4), index);
      const beside = near.filter((each) => each.at === at);
      if (joins.test(clause)) {
        for (const each of beside)
          if (!sameAs(each.number, claim.number) && isOfOneKind(each.number, claim.number, wanted))
            replaced.add(claims.indexOf(each));
      }
      const operands = [
        ...operandsOf(clause).filter((value) => value !== own || unsolved.test(clause)),
        ...sourcesOf(claim, near, wanted).map(({ number }) => valueOf(number)),
      ];
      for (const value of operands) {
        uses.set(value, index);
        if (seen.has(value)) drawn.set(index, (drawn.get(index) ?? 0) + 1);
      }
    }
    seen.add(own);
  }
  return { uses, replaced, drawn };
}

/** The numbers before the last equals sign; all of an equation that is yet to be solved. */
function operandsOf(clause: string): readonly number[] {
  const sign = Math.max(clause.lastIndexOf("="), clause.lastIndexOf("≈"));
  if (sign < 0) return [];
  const used = unsolved.test(clause) ? clause : clause.slice(0, sign);
  return Array.from(used.matchAll(/(\d[\d.,]*)\s?(%?)/g), ([, digits = "", percent]) => {
    const value = Number(digits.replaceAll(",", ""));
    return percent === "" ? value : value / 100;
  });
}

/** Says that it is drawn from the numbers before it. */
const joins =
  /^(?:所以|因此|故)?(?:二者|两者|两数|它们|相[加减乘除]|相当于|换算|换成|化成|化为|折合|单位换算|合起来|加起来|合在一起)/;

/** The claims before it with which it is calculated in words: 6 in 剩6盒, 再喝2盒剩4盒; 30 and 5 in 合计35. */
function sourcesOf(
  claim: Claim,
  near: readonly Claim[],
  { asked, question }: Wanted,
): readonly Claim[] {
  const value = valueOf(claim.number);
  const others = (claim.clause.match(/(?<![第\d.])\d[\d.]*/g) ?? []).slice(0, 4).map(Number);
  const alike = near.filter(({ number }) => wordOf(number) === wordOf(claim.number));
  const sum = alike.reduce((total, { number }) => total + valueOf(number), 0);
  if (alike.length > 1 && isClose(sum, value)) return alike;
  const [second, first] = alike.slice(-2).map(({ number }) => valueOf(number));
  if (
    first !== undefined &&
    second !== undefined &&
    (isClose(first + second, value) ||
      (isClose(Math.abs(first - second), value) &&
        difference.test(claim.clause) &&
        (asked.compares || difference.test(asked.sentence) || question === "")))
  )
    return alike.slice(-2);
  return near
    .filter(({ at }) => at === claim.at)
    .slice(-1)
    .filter(({ number }) =>
      others.some(
        (other) =>
          other !== value &&
          [valueOf(number) - other, valueOf(number) + other, valueOf(number) * other].includes(
            value,
          ),
      ),
    );
}

/** Under the same measure word, or what it is turned into has the asked one. */
const isOfOneKind = (a: Claim["number"], b: Claim["number"], { kind, asked }: Wanted): boolean =>
  wordOf(a) === wordOf(b) ||
  (b.unit !== null && b.unit.kind === kind) ||
  (asked.measure !== null && b.text.endsWith(asked.measure));

const isClose = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.abs(b);

const valueOf = ({ low }: Claim["number"]): number => Number(low.n) / Number(low.d);

/** One entry for each value, with the claim that says it best. */
function byValue(weighed: readonly Weighed[]): readonly Weighed[] {
  const values: Weighed[] = [];
  const repeated = new Set<number>();
  for (const each of weighed) {
    const index = values.findIndex(({ claim }) => sameAs(claim.number, each.claim.number));
    const known = values[index];
    if (known === undefined) values.push(each);
    else {
      if (Math.min(known.weight, each.weight) > 0) repeated.add(index);
      if (each.weight > known.weight) values[index] = each;
    }
  }
  return values.map((each, index) =>
    repeated.has(index) ? { ...each, weight: each.weight + again } : each,
  );
}
