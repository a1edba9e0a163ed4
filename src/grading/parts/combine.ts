import type { Grade, Scalar } from "../../domain/grader.ts";
import type { SubScore } from "../../domain/run-file/sub-score.ts";

/** What became of one part, with what its own grader noted. */
export type GradedPart = {
  readonly score: SubScore;
  readonly notes?: Readonly<Record<string, Scalar>> | undefined;
};

/**
 * The grade of a reply from its parts: their weighted mean, and with `pass` right (1) where the mean reaches it and else
 * wrong (0). A part that is unresolved or that no judge answered leaves the mean between two bounds, the part wrong and
 * the part right: where `pass` lies outside of them the open part does not matter; otherwise the reply is ungraded if a
 * judge is missing, and unresolved if `pass` lies within. Without `pass` an unresolved part counts 0, and the upper
 * bound stands in the notes; where nothing else scored, the whole is unresolved.
 */
export function combineParts(parts: readonly GradedPart[], pass: number | undefined): Grade {
  const scores = parts.map(({ score }) => score);
  const whole = scores.reduce((sum, { weight }) => sum + weight, 0);
  const meanOf = (valueOf: (score: SubScore) => number): number =>
    rounded(scores.reduce((sum, score) => sum + score.weight * valueOf(score), 0) / whole);
  const low = meanOf(({ value }) => value ?? 0);
  const high = meanOf((score) => (isOpen(score) ? 1 : (score.value ?? 0)));
  const counted = scores.filter(({ weight }) => weight > 0);
  const lost = counted.some(({ verdict }) => verdict === "ungraded");
  const detail = {
    extracted: scores.map(({ extracted }) => extracted ?? "-").join(" | "),
    why: whyOf(scores),
    notes: notesOf(parts, low, high),
    sub_scores: scores,
  };
  if (pass !== undefined) {
    if (low >= pass) return { verdict: "right", value: 1, ...detail };
    if (high < pass) return { verdict: "wrong", value: 0, ...detail };
  }
  if (lost) return { verdict: "ungraded", value: null, ...detail };
  if (pass !== undefined) return { verdict: "unresolved", value: 0, ...detail };
  if (low === 1) return { verdict: "right", value: 1, ...detail };
  if (low > 0) return { verdict: "partial", value: low, ...detail };
  return { verdict: high > 0 ? "unresolved" : "wrong", value: 0, ...detail };
}

const isOpen = ({ verdict }: SubScore): boolean =>
  verdict === "unresolved" || verdict === "ungraded";

/** 0.1 + 0.2 + 0.7 is 1. */
const rounded = (value: number): number =>
  Math.min(1, Math.max(0, Math.round(value * 1e12) / 1e12));

/** `not right: tone (no match), length (broken: length)`. */
function whyOf(scores: readonly SubScore[]): string {
  const lost = scores.filter(({ verdict }) => verdict !== "right");
  if (lost.length === 0) return "all right";
  return `not right: ${lost.map(({ name, why }) => `${name} (${why})`).join(", ")}`;
}

/** The name under which a grader notes what became of a constraint. */
const constraintNote = /^\d{1,4}\.[a-z0-9-]+(?:\.(?:zh|en))?$/;

/** Of the parts' own notes: doubt, and the constraints of the first part that has any. */
function notesOf(
  parts: readonly GradedPart[],
  low: number,
  high: number,
): Readonly<Record<string, Scalar>> {
  const constraints = parts
    .map(({ notes = {} }) => Object.entries(notes).filter(([name]) => constraintNote.test(name)))
    .find((own) => own.length > 0);
  const isDoubtful = parts.some(({ notes }) => notes?.["doubtful"] === true);
  return {
    ...Object.fromEntries(constraints ?? []),
    ...(isDoubtful ? { doubtful: true } : {}),
    ...(low < high ? { low, high } : {}),
  };
}
