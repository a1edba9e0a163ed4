import type { Kappa } from "../../stats/agreement.ts";
import type { Interval } from "../../stats/interval.ts";
import { cohenKappa } from "../../stats/agreement.ts";
import { wilson } from "../../stats/interval.ts";
import { rulingInForce } from "../view/reviews.ts";
import type { Reviewed, Ruling, TargetView } from "../view/model.ts";

/** How well graders agree with the people who ruled on their verdicts. */
export type RaterAgreement = {
  /** Answers on which both a grader and a person gave a value. */
  readonly n: number;
  readonly agree: number;
  /** agree / n with its 95% interval; null without answers. */
  readonly share: number | null;
  readonly interval: Interval | null;
  /** Cohen's κ of full, partial and no credit. */
  readonly kappa: Kappa;
  /** The grader gave more than the person. */
  readonly false_right: number;
  /** The grader gave less. */
  readonly false_wrong: number;
  /** Mean of the grader's value minus the person's, in [-1, 1]; null without answers. */
  readonly bias: number | null;
};

export type PersonAgreement = {
  /** Answers that a person ruled on. */
  readonly ruled: number;
  /** Their names, in the order in which they first ruled. */
  readonly people: readonly string[];
  /** A person gave a value where no grader had, and the other way round. */
  readonly person_alone: number;
  readonly grader_alone: number;
  /** Over all rulings: mostly on doubtful answers, so it does not say how well the grader does overall. */
  readonly all: RaterAgreement;
  /** Over those drawn at random. */
  readonly sampled: RaterAgreement;
  /** By the grader that had graded, most rulings first. */
  readonly by_grader: readonly { readonly grader: string; readonly agreement: RaterAgreement }[];
  /** Between the first two people of each answer that two ruled on. */
  readonly between_people: RaterAgreement;
};

/** Values this close are one, as in calibration. */
const slack = 0.01 + 1e-12;

/** Over the rulings on some targets, in the rows that `counts` accepts; null where nobody ruled. */
export function personAgreement(
  targets: readonly TargetView[],
  counts: (target: TargetView, row: number) => boolean = () => true,
): PersonAgreement | null {
  const reviewed = targets.flatMap((target) =>
    [...target.reviews].flatMap(([row, each]) => (counts(target, row) ? [each] : [])),
  );
  if (reviewed.length === 0) return null;
  const pairs = reviewed.flatMap(pairOf);
  const byGrader = Map.groupBy(pairs, ({ grader }) => grader ?? "?");
  const lone = (test: (person: number | null, grader: number | null) => boolean): number =>
    reviewed.filter((each) => test(rulingInForce(each)?.value ?? null, each.said.value)).length;
  return {
    ruled: reviewed.length,
    people: [...new Set(reviewed.flatMap(({ rulings }) => [...rulings.keys()]))],
    person_alone: lone((person, grader) => person !== null && grader === null),
    grader_alone: lone((person, grader) => person === null && grader !== null),
    all: agreementOf(pairs),
    sampled: agreementOf(pairs.filter(({ sampled }) => sampled)),
    by_grader: [...byGrader]
      .toSorted(([, a], [, b]) => b.length - a.length)
      .map(([grader, own]) => ({ grader, agreement: agreementOf(own) })),
    between_people: agreementOf(reviewed.flatMap(peopleOf)),
  };
}

/** Two values of one answer: the first is measured against the second. */
type Pair = { readonly first: number; readonly second: number };
type GraderPair = Pair & { readonly grader: string | null; readonly sampled: boolean };

function pairOf(reviewed: Reviewed): readonly GraderPair[] {
  const ruling = rulingInForce(reviewed);
  const { value: first, grader } = reviewed.said;
  if (ruling === null || ruling.value === null || first === null) return [];
  return [{ first, second: ruling.value, grader, sampled: isSampled(reviewed) }];
}

/** One person may have met it in the sample and another among the doubtful ones: it was drawn all the same. */
const isSampled = ({ rulings }: Reviewed): boolean =>
  [...rulings.values()].some(({ sampled }) => sampled);

function peopleOf({ rulings }: Reviewed): readonly Pair[] {
  const [one, other]: readonly (Ruling | undefined)[] = [...rulings.values()];
  if (one === undefined || other === undefined) return [];
  if (one.value === null || other.value === null) return [];
  return [{ first: one.value, second: other.value }];
}

function agreementOf(pairs: readonly Pair[]): RaterAgreement {
  const n = pairs.length;
  const agree = pairs.filter(({ first, second }) => Math.abs(first - second) <= slack).length;
  return {
    n,
    agree,
    share: n === 0 ? null : agree / n,
    interval: n === 0 ? null : wilson(agree / n, n),
    kappa: cohenKappa(pairs.map(({ first, second }) => [creditOf(first), creditOf(second)])),
    false_right: pairs.filter(({ first, second }) => first - second > slack).length,
    false_wrong: pairs.filter(({ first, second }) => second - first > slack).length,
    bias: n === 0 ? null : pairs.reduce((sum, { first, second }) => sum + first - second, 0) / n,
  };
}

const creditOf = (value: number): "full" | "partial" | "none" =>
  value >= 1 ? "full" : value <= 0 ? "none" : "partial";
