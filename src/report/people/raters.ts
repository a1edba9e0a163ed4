import { type Kappa, weightedKappa } from "../../stats/agreement/agreement.ts";
import { differ, isDisputed, type Opinion, sameValue } from "./disputes.ts";

/** How two people agree on the answers that both ruled on. */
export type RaterPair = {
  readonly people: readonly [string, string];
  readonly n: number;
  readonly agree: number;
  /** Cohen's κ of no, partial and full credit, with linear weights. */
  readonly kappa: Kappa;
};

export type Raters = {
  /** Every two people with an answer in common, most answers first. An arbiter's rulings are left out: he knew theirs. */
  readonly pairs: readonly RaterPair[];
  /** Answers on which people differ, and how many of them no arbiter has decided. */
  readonly differing: number;
  readonly disputed: number;
};

/** People's newest rulings, one map an answer; null where no two of them ruled on the same one. */
export function ratersOf(answers: readonly ReadonlyMap<string, Opinion>[]): Raters | null {
  const found = new Map<string, { people: readonly [string, string]; values: Values[] }>();
  for (const opinions of answers) {
    const own = [...opinions].filter(([, { arbiter }]) => arbiter !== true);
    for (const [index, [one, first]] of own.entries()) {
      for (const [other, second] of own.slice(index + 1)) {
        if (first.value === null || second.value === null) continue;
        const inOrder = one < other;
        const people = inOrder ? ([one, other] as const) : ([other, one] as const);
        const name = JSON.stringify(people);
        const pair = found.get(name) ?? { people, values: [] };
        found.set(name, pair);
        pair.values.push(inOrder ? [first.value, second.value] : [second.value, first.value]);
      }
    }
  }
  const opinions = answers.map((each) => [...each.values()]);
  const differing = opinions.filter(differ).length;
  if (found.size === 0 && differing === 0) return null;
  return {
    pairs: [...found.values()].map(pairOf).toSorted((a, b) => b.n - a.n),
    differing,
    disputed: opinions.filter(isDisputed).length,
  };
}

type Values = readonly [number, number];

const credits = ["none", "partial", "full"] as const;

const creditOf = (value: number): (typeof credits)[number] =>
  value >= 1 ? "full" : value <= 0 ? "none" : "partial";

function pairOf({
  people,
  values,
}: {
  readonly people: readonly [string, string];
  readonly values: readonly Values[];
}): RaterPair {
  return {
    people,
    n: values.length,
    agree: values.filter(([a, b]) => Math.abs(a - b) <= sameValue).length,
    kappa: weightedKappa(
      values.map(([a, b]) => [creditOf(a), creditOf(b)] as const),
      credits,
      "linear",
    ),
  };
}
