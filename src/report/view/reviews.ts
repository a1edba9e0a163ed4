import type { ReviewLine, ScoreLine } from "../../domain/run-file/lines.ts";
import { verdicts } from "../../domain/grader.ts";
import { flag } from "./shapes.ts";
import type { Ruling, GraderSaid, Reviewed, TargetView, View } from "./model.ts";

/**
 * Adds a person's ruling on a row and returns the one in force: the latest, whoever made it, and of
 * two made at the same moment the one further down in the file.
 */
export function rule(view: View, target: TargetView, row: number, line: ReviewLine): Ruling {
  const { at } = target.rows;
  const reviewed = target.reviews.get(row) ?? {
    said: saidOf(view, target, row),
    rulings: new Map(),
  };
  target.reviews.set(row, reviewed);
  at.flags[row] = (at.flags[row] ?? 0) | flag.reviewed;
  const { who, verdict, value, sampled = false } = line;
  const ruling = { who, made_ms: Date.parse(line.when) || 0, verdict, value, sampled };
  const before = reviewed.rulings.get(who);
  if (before === undefined || before.made_ms <= ruling.made_ms) {
    // Taken out first, so that the order stays that of the file.
    reviewed.rulings.delete(who);
    reviewed.rulings.set(who, ruling);
  }
  return rulingInForce(reviewed) ?? ruling;
}

/** Records a new score beneath the rulings; false where there are none and the score itself counts. */
export function rescore({ reviews }: TargetView, row: number, line: ScoreLine): boolean {
  const reviewed = reviews.get(row);
  if (reviewed === undefined) return false;
  reviewed.said = { verdict: line.verdict, value: line.value, grader: line.grader.id };
  return true;
}

/** The ruling that counts. */
export const rulingInForce = ({ rulings }: Reviewed): Ruling | null =>
  [...rulings.values()].reduce<Ruling | null>(
    (last, each) => (last === null || each.made_ms >= last.made_ms ? each : last),
    null,
  );

function saidOf(view: View, { rows: { at } }: TargetView, row: number): GraderSaid {
  const value = at.value[row] ?? Number.NaN;
  return {
    verdict: verdicts[(at.verdict[row] ?? 0) - 1] ?? null,
    value: Number.isNaN(value) ? null : value,
    grader: view.graders.get(at.grader[row] ?? 0) ?? null,
  };
}
