import type { ScoreLine, TurnScore, ReviewLine } from "../../domain/run-file/lines.ts";
import type {
  ConstraintMark,
  JudgedTurn,
  TargetView,
  Ruling,
  GraderSaid,
  Reviewed,
  View,
} from "./model.ts";

import { verdicts } from "../../domain/grader.ts";
import { resultsIn } from "../../grading/constraints/results.ts";
import { flag } from "./shapes.ts";

/** Records what judges said of a row; a later score without judges removes it. */
export function takeJudged({ judged }: TargetView, row: number, line: ScoreLine): void {
  const turns = line.turns?.flatMap(judgedIn) ?? judgedIn(line);
  if (turns.length > 0) judged.set(row, turns);
  else judged.delete(row);
}

/** Records which constraints a row kept; a later score by another grader removes them. */
export function takeChecked({ checked }: TargetView, row: number, line: ScoreLine): void {
  const marks = line.turns?.flatMap(marksOf) ?? marksOf(line);
  if (marks.length > 0) checked.set(row, marks);
  else checked.delete(row);
}

function judgedIn(turn: TurnScore): readonly JudgedTurn[] {
  const judged = judgedOf(turn);
  return judged === null ? [] : [judged];
}

const marksOf = ({ notes }: TurnScore): readonly ConstraintMark[] =>
  resultsIn(notes).map(({ check, ok }) => ({ check, ok }));

/** Records what the agent of a row did; a later score by another grader removes it. */
export function takeAgent(
  { agents }: TargetView,
  row: number,
  { grader, notes = {} }: ScoreLine,
): void {
  const { calls, fewest_calls: fewest, breaches, forbidden } = notes;
  const isGoal = grader.id === "goal";
  if (!isGoal || typeof calls !== "number") agents.delete(row);
  else
    agents.set(row, {
      calls,
      fewest_calls: typeof fewest === "number" ? fewest : null,
      breaches: typeof breaches === "number" ? breaches : 0,
      forbidden: typeof forbidden === "number" ? forbidden : 0,
    });
}

function judgedOf({ value, ballots = [], notes = {} }: TurnScore): JudgedTurn | null {
  const { baseline, chars, baseline_chars, rule, rule_value, decided_by, reader } = notes;
  // Who reads for a rule marks nothing.
  if (reader !== undefined || (ballots.length === 0 && rule === undefined)) return null;
  const pair =
    typeof baseline === "string" && typeof chars === "number" && typeof baseline_chars === "number"
      ? { baseline, chars, baseline_chars }
      : null;
  return {
    value,
    // Texts are left out, so that the view does not grow with them.
    ballots: ballots.map(({ vote: _v, marks: _m, reason: _r, invalid: _i, ...kept }) => kept),
    pair,
    rule:
      rule === undefined
        ? null
        : {
            value: typeof rule_value === "number" ? rule_value : null,
            decided: decided_by === "rule" || decided_by === "wording",
          },
  };
}

/**
 * Adds a person's ruling on a row and returns the one in force: an arbiter's, else the latest, whoever made it, and of
 * two made at the same moment the one further down in the file.
 */
export function rule(view: View, target: TargetView, row: number, line: ReviewLine): Ruling {
  const { at } = target.rows;
  const reviewed = target.reviews.get(row) ?? {
    said: saidOf(view, target, row),
    rulings: new Map(),
    draw: null,
  };
  target.reviews.set(row, reviewed);
  at.flags[row] = (at.flags[row] ?? 0) | flag.reviewed;
  const { who, verdict, value, sampled = false, draw = null, arbiter = false } = line;
  const made_ms = Date.parse(line.when) || 0;
  const ruling: Ruling = { who, made_ms, verdict, value, sampled, arbiter };
  // Once drawn it stays so, whoever rules on it later for another reason.
  reviewed.draw ??= draw;
  const before = reviewed.rulings.get(who);
  if (before === undefined || before.made_ms <= made_ms) {
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

/** The ruling that counts: the arbiter's, else the one made last. */
export const rulingInForce = ({ rulings }: Reviewed): Ruling | null =>
  [...rulings.values()].reduce<Ruling | null>(
    (last, each) => (last === null || outranks(each, last) ? each : last),
    null,
  );

const outranks = (each: Ruling, last: Ruling): boolean =>
  each.arbiter === last.arbiter ? each.made_ms >= last.made_ms : each.arbiter;

function saidOf(view: View, { rows: { at } }: TargetView, row: number): GraderSaid {
  const value = at.value[row] ?? Number.NaN;
  return {
    verdict: verdicts[(at.verdict[row] ?? 0) - 1] ?? null,
    value: Number.isNaN(value) ? null : value,
    grader: view.graders.get(at.grader[row] ?? 0) ?? null,
  };
}
