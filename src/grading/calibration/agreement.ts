import type { Grade } from "../../domain/grader.ts";

/** A grade beside a person's label. */
export type LabelledGrade = { readonly grade: Grade; readonly label: boolean | number };

/** How well a grader agrees with people: counts, and fractions of all rows. */
export type LabelAgreement = {
  readonly n: number;
  readonly agree: number;
  /** `agree / n`; null without rows. */
  readonly agreement: number | null;
  /** The grader gave more credit than the label. */
  readonly false_right: number;
  /** The grader read an answer and gave less credit than the label. */
  readonly false_wrong: number;
  /** No answer could be extracted, whatever the label. */
  readonly unresolved: number;
  /** Cohen's kappa of "fully right" between grader and label; null where chance agreement is total. */
  readonly kappa: number | null;
};

/** Tolerance for agreement with a numeric label. */
const slack = 0.01;

const agrees = ({ grade, label }: LabelledGrade): boolean =>
  typeof label === "boolean"
    ? (grade.value === 1) === label
    : Math.abs((grade.value ?? 0) - label) <= slack + 1e-12 && grade.value !== null;

export type Kind = "agree" | "false_right" | "false_wrong" | "unresolved" | "ungraded";

/** The kind of a row; unresolved takes precedence over the direction of a disagreement. */
export function kindOf(row: LabelledGrade): Kind {
  const { grade, label } = row;
  if (grade.verdict === "ungraded") return "ungraded";
  if (agrees(row)) return "agree";
  if (grade.verdict === "unresolved") return "unresolved";
  return (grade.value ?? 0) > Number(label) ? "false_right" : "false_wrong";
}

export function agreementOf(rows: readonly LabelledGrade[]): LabelAgreement {
  const count = (test: (row: LabelledGrade) => boolean): number => rows.filter(test).length;
  const n = rows.length;
  const agree = count(agrees);
  return {
    n,
    agree,
    agreement: n === 0 ? null : agree / n,
    false_right: count((row) => kindOf(row) === "false_right"),
    false_wrong: count((row) => kindOf(row) === "false_wrong"),
    unresolved: count(({ grade }) => grade.verdict === "unresolved"),
    kappa: kappaOf(rows),
  };
}

/** Cohen 1960: (po - pe) / (1 - pe), on the two classes "fully right" and the rest. */
function kappaOf(rows: readonly LabelledGrade[]): number | null {
  const n = rows.length;
  if (n === 0) return null;
  const graded = rows.map(({ grade }) => grade.value === 1);
  const labelled = rows.map(({ label }) => Number(label) === 1);
  const same = graded.filter((right, index) => right === labelled[index]).length / n;
  const a = graded.filter(Boolean).length / n;
  const b = labelled.filter(Boolean).length / n;
  const chance = a * b + (1 - a) * (1 - b);
  return chance >= 1 ? null : (same - chance) / (1 - chance);
}
