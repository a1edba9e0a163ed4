import type { Interval } from "../../stats/interval.ts";

import { studentQuantile } from "../../stats/distributions.ts";
import { clusteredMean, wilson } from "../../stats/interval.ts";
import { plain } from "../../text/normalise.ts";
import { agreementOf, kindOf, type LabelAgreement, type LabelledGrade } from "./agreement.ts";

/** A grade beside a person's label, with what is needed to say how the reply was read. */
export type LabelledReading = LabelledGrade & {
  /** What the reply gives, as a person read it; empty where it gives nothing, null where nobody said. */
  readonly expect: string | null;
  /** The grader calls the reply right where that is the gold: a value in another unit or form is still the one read. */
  readonly reads_expect: boolean;
  /** Rows on one question share it: they stand or fall together. */
  readonly cluster: number;
};

/** `count` of `of` rows, with Wilson's 95% interval; null where there are none. */
export type CountedShare = {
  readonly count: number;
  readonly of: number;
  readonly share: number | null;
  readonly interval: Interval | null;
};

/** What a grader does to replies whose worth is known. */
export type GraderQuality = LabelAgreement & {
  /** Different questions. */
  readonly questions: number;
  readonly agreement_interval: Interval | null;
  /** Of the replies labelled right, those that the grader calls right: what it misses, a model loses. */
  readonly recall: CountedShare;
  /** Of the replies that the grader calls right, those labelled right. */
  readonly precision: CountedShare;
  /** Of all, those in which the grader read another answer than the reply gives. */
  readonly misread: CountedShare;
  /** Of the replies labelled right and of the others, those in which no answer was found. */
  readonly unresolved_right: CountedShare;
  readonly unresolved_wrong: CountedShare;
};

/** Agreement, and beside it what agreement hides. A label is "right" where it gives full credit. */
export function qualityOf(rows: readonly LabelledReading[]): GraderQuality {
  const right = rows.filter(isRight);
  const rest = rows.filter((row) => !isRight(row));
  return {
    ...agreementOf(rows),
    questions: new Set(rows.map(({ cluster }) => cluster)).size,
    agreement_interval: shareOf(rows, (row) => kindOf(row) === "agree").interval,
    recall: shareOf(right, isCalledRight),
    precision: shareOf(rows.filter(isCalledRight), isRight),
    misread: shareOf(rows, isMisread),
    unresolved_right: shareOf(right, isUnresolved),
    unresolved_wrong: shareOf(rest, isUnresolved),
  };
}

/**
 * True where an answer was read, and it is not the one that the reply gives: the credit is not that of the label, or
 * what was extracted is not what a person read. Never true of an unresolved reply.
 */
export function isMisread(row: LabelledReading): boolean {
  const { grade, expect } = row;
  if (grade.verdict === "unresolved" || grade.verdict === "ungraded") return false;
  if (kindOf(row) !== "agree") return true;
  if (expect === null || grade.extracted === null || row.reads_expect) return false;
  return !isSame(grade.extracted, expect);
}

const isRight = ({ label }: LabelledReading): boolean => Number(label) === 1;

const isCalledRight = ({ grade }: LabelledReading): boolean => grade.value === 1;

const isUnresolved = ({ grade }: LabelledReading): boolean => grade.verdict === "unresolved";

/** Two spellings of one answer: `A、C` and `AC`, `3.50` and `3.5`. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [plain(one), plain(other)];
  if (a === b) return true;
  return a !== "" && b !== "" && Number(a) === Number(b);
}

function shareOf(
  rows: readonly LabelledReading[],
  test: (row: LabelledReading) => boolean,
): CountedShare {
  const of = rows.length;
  if (of === 0) return { count: 0, of, share: null, interval: null };
  const values = rows.map((row) => Number(test(row)));
  const count = values.reduce((sum, value) => sum + value, 0);
  const clusters = rows.map(({ cluster }) => cluster);
  return { count, of, share: count / of, interval: clusteredWilson(values, clusters) };
}

/**
 * Wilson's interval at the effective size that the spread between questions leaves, never above the number of rows, with
 * Student's t for few questions; where nothing varies, as many as there are questions.
 */
function clusteredWilson(values: readonly number[], clusters: readonly number[]): Interval {
  const { mean, n, se, clusters: count } = clusteredMean({ values, clusters });
  if (count === n) return wilson(mean, n);
  const size = se === null || se === 0 ? count : Math.min(n, (mean * (1 - mean)) / se ** 2);
  return wilson(mean, size, studentQuantile(0.975, Math.max(1, count - 1)));
}
