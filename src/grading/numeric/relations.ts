import type { ReadNumber, Wanted } from "./candidates.ts";
import type { Claim } from "./claims.ts";
import type { Observed } from "./evidence.ts";

import { namedAs } from "./asked.ts";
import { sameAs } from "./candidates.ts";
import { unsolved } from "./clauses.ts";
import { wordOf } from "./counted.ts";
import { checks, difference } from "./phrases.ts";
import { correctedAt, madeOf } from "./sums.ts";
import { labelRank } from "./wording.ts";

/** How each claim stands to the others of its reply, by name; `own` is the evidence on each by itself. */
export function relationsOf(
  claims: readonly Claim[],
  own: readonly Observed[],
  wanted: Wanted,
): readonly Observed[] {
  const steps = stepsOf(claims, own, wanted);
  const last = claims.at(-1)?.at ?? 0;
  const alike = own.map((each) => each["likeness"] ?? 0);
  const mostAlike = Math.max(...alike);
  const has = (index: number, ...names: readonly string[]): boolean =>
    names.some((name) => own[index]?.[name] !== undefined);
  const isNew = claims.map((_, index) => !has(index, "given", "operator", "otherKind"));
  const [firstNew, lastNew] = [isNew.indexOf(true), isNew.lastIndexOf(true)];
  const isSource = claims.some(({ source }) => source !== null);
  const answered = claims.findIndex(({ source, concludes }) => source !== null || concludes);
  const rounds = own.some((each) => each["roundedAsked"] !== undefined);
  const mostAlikes = claims.filter((_, index) => mostAlike > 0 && alike[index] === mostAlike);
  const kindred = claims.filter((_, index) => has(index, "askedKind", "countsAsked"));
  const hasParty = own.some((each) => each["party"] !== undefined);
  const hasSide = own.some((each) => each["side"] !== undefined);
  const made = madeOf(claims, wanted);
  const ranks = claims.map((claim) => labelRank(claim, wanted));
  const mostLabelled = Math.max(...ranks);
  const bestLabelled = claims.filter(
    (_, index) => mostLabelled > 0 && ranks[index] === mostLabelled,
  );
  const isOne = (some: readonly Claim[], { number }: Claim): boolean =>
    some.length > 0 && some.every((each) => sameAs(each.number, number));
  return claims.map((claim, index) => {
    const ofKind = has(index, "askedKind", "countsAsked");
    const used = isStep(index, claims, steps, wanted);
    const drawn = Math.min(2, steps.drawn.get(index) ?? 0);
    const flags: Readonly<Record<string, boolean | number>> = {
      later: last === 0 ? 0 : claim.at / last,
      lastSentence: claim.at === last,
      lastClaim: index === claims.length - 1,
      firstClaim: index === 0,
      lastOfSentence: claims[index + 1]?.at !== claim.at,
      firstOfSentence: claims[index - 1]?.at !== claim.at,
      firstNew: index === firstNew,
      lastNew: index === lastNew,
      afterAnswer: answered >= 0 && index > answered && !claim.concludes && claim.source === null,
      unannounced: isSource && claim.source === null,
      drawn,
      replaced: steps.replaced.has(index),
      used,
      finalResult: drawn > 0 && !used && ofKind,
      extreme: isExtreme(
        claim,
        claims.slice(Math.max(0, index - mostListed), index + mostListed),
        wanted,
      ),
      mostAlike: isOne(mostAlikes, claim),
      lessAlike: mostAlike - (alike[index] ?? 0) >= 0.5,
      onlyOfKind: isOne(kindred, claim),
      notOfKind: !ofKind && kindred.length > 0,
      unrounded: rounds && !has(index, "roundedAsked"),
      labelBest: isOne(bestLabelled, claim),
      labelLess: mostLabelled > (ranks[index] ?? 0) + 1,
      announced:
        claim.part.kind === "announcement" &&
        claim.source !== null &&
        claims.every(({ at, number }) => at !== claim.at || sameAs(number, claim.number)),
      partyless: hasParty && !has(index, "party", "otherParty"),
      sideless: hasSide && !has(index, "side", "otherSide"),
      correctedTo: correctedAt(claims, index) > index,
      correctsOther: claims.some((_, other) => correctedAt(claims, other) === index),
      ...made[index],
      ...alsoOf(index, claims, own),
      again: claims.some(({ number, at }) => at !== claim.at && sameAs(number, claim.number)),
      alone: isOne(claims, claim),
    };
    return Object.fromEntries(
      Object.entries(flags).flatMap(([name, value]) =>
        Number(value) === 0 ? [] : [[name, Number(value)]],
      ),
    );
  });
}

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

/** Evidence that bears on a number wherever it is told. */
const bearing = [
  "discarded",
  "negated",
  "comparison",
  "supposes",
  "supposed",
  "supposing",
  "mistaken",
  "otherParty",
  "otherSide",
  "otherEvent",
  "checks",
  "remarkPart",
  "named",
  "labelAsked",
  "party",
  "side",
  "concludes",
  "askedKind",
  "labelNegated",
];

/** What is told of its number elsewhere, as `also_…`. */
function alsoOf(index: number, claims: readonly Claim[], own: readonly Observed[]): Observed {
  const claim = claims[index];
  if (claim === undefined) return {};
  const found: Record<string, number> = {};
  for (const [other, { number }] of claims.entries()) {
    if (other === index || Math.abs(other - index) > nearby || !sameAs(number, claim.number))
      continue;
    const isAlike = wordOf(number) === wordOf(claim.number);
    for (const name of bearing)
      if (
        own[index]?.[name] === undefined &&
        own[other]?.[name] !== undefined &&
        (isAlike || !takenBack.has(name))
      )
        found[`also_${name}`] = 1;
  }
  return found;
}

/** 18 is not given up where 18 g is. */
const takenBack: ReadonlySet<string> = new Set(["discarded", "negated"]);

const nearby = 30;

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

function stepsOf(claims: readonly Claim[], observed: readonly Observed[], wanted: Wanted): Steps {
  const uses = new Map<number, number>();
  const replaced = new Set<number>();
  const drawn = new Map<number, number>();
  const seen = new Set<number>();
  for (const [index, claim] of claims.entries()) {
    const { clause, sentence, at } = claim;
    const own = valueOf(claim.number);
    if (!checks.test(sentence) && observed[index]?.["aside"] === undefined) {
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
