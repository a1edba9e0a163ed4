import type { Gold } from "../../domain/grader.ts";
import type { Labels } from "./question/labels.ts";
import type { Stem } from "./question/stem.ts";
import type { Signs } from "./signs.ts";

/** The options that a reply chose. No letters: it says that there is no answer, or does not decide. */
export type Found = {
  readonly letters: readonly string[];
  readonly why: string;
  /** A rule of low trust decided: people should look at it. */
  readonly doubtful?: boolean;
  /** Where the words begin that decided; not said where it is not one place. */
  readonly at?: number;
};

/**
 * How much a reply commits itself to a choice.
 * - corrected: takes back another one for it
 * - said: announces it (答案：, 故选, \boxed, a JSON key)
 * - placed: a line with nothing but labels
 * - judged: leads with it, or judges the options
 * - concluded: in its own words, or by what it says of the other options
 */
export const strengths = ["concluded", "judged", "placed", "said", "corrected"] as const;
export type Commitment = (typeof strengths)[number];

/** One way to read the reply: what, from which place on, how strong. */
export type Candidate = Found & {
  readonly at: number;
  /** Where its labels end; -1 where other words say it. */
  readonly end?: number;
  readonly strength: Commitment;
  /** It opens the reply as its answer, so that another one later on contradicts it. */
  readonly firm?: boolean;
};

export type ChoiceReading = {
  readonly text: string;
  readonly gold: Gold;
  readonly labels: Labels;
  readonly several: boolean;
  readonly stem: Stem;
  readonly signs: Signs;
};

/** A finding of one rule as a candidate; null stays null. */
export const asCandidate = (
  found: Found | null,
  strength: Commitment,
  at: number,
): readonly Candidate[] => (found === null ? [] : [{ ...found, strength, at }]);
