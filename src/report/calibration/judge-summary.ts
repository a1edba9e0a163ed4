import type { Grade } from "../../domain/grader.ts";
import type { Money } from "../../domain/money.ts";

import { type LabelAgreement, agreementOf } from "../../grading/calibration/agreement.ts";
import { type MarkAgreement, markAgreement } from "../../grading/calibration/judge-agreement.ts";
import {
  lengthHabit,
  type LengthHabit,
  positionHabit,
  type PositionHabit,
  referenceHabit,
  type ReferenceHabit,
  repeatHabit,
  type RepeatHabit,
} from "../../grading/calibration/judge-habits.ts";
import {
  dimensionOf,
  humanMarks,
  humanValue,
  type JudgeRow,
  questionOf,
  ratersValues,
} from "../../grading/calibration/judge-row.ts";
import { type MarkBounds, type MarkedRow } from "../../grading/calibration/marked-row.ts";
import { judgeUse, type JudgeUse } from "./judge-use.ts";

export type JudgedRow = {
  readonly row: JudgeRow;
  readonly grade: Grade;
  /** The same asked again, time by time. */
  readonly repeats: readonly Grade[];
  /** The same asked without the reference answer; null where it was not, or where the row has none. */
  readonly withoutReference: Grade | null;
};

/** What the judges' calls were and cost. */
export type JudgingCost = {
  readonly calls: number;
  /** Of these, calls that earlier sessions made and nobody paid again. */
  readonly replayed: number;
  readonly cost: readonly Money[];
  /** Calls whose cost nobody knows. */
  readonly unknown: number;
};

export type JudgeSummary = {
  readonly n: number;
  readonly graded: number;
  readonly ungraded: number;
  /** On the marks of the scale, over the rows that a judge graded and people marked as a whole. */
  readonly overall: MarkAgreement;
  readonly by_dimension: Readonly<Record<string, MarkAgreement>>;
  readonly by_kind: Readonly<Record<string, MarkAgreement>>;
  readonly by_criterion: Readonly<Record<string, MarkAgreement>>;
  /** As for every grader; ungraded rows count as disagreement. Null where people marked only single criteria. */
  readonly plain: LabelAgreement | null;
  readonly position: PositionHabit | null;
  readonly repeat: RepeatHabit | null;
  readonly length: LengthHabit | null;
  readonly reference: ReferenceHabit | null;
  readonly use: JudgeUse;
};

/** The marks of the grader: `half` for pairs, whose marks are loss, tie and win. */
export type Marking = { readonly low: number; readonly high: number; readonly half: boolean };

export function judgeSummary(rows: readonly JudgedRow[], marking: Marking): JudgeSummary {
  const steps = marking.half ? 2 : marking.high;
  const bounds = { low: marking.half ? 0 : marking.low, high: steps };
  const high = marking.half ? 1 : marking.high;
  const markedOf = ({ row, grade }: JudgedRow): readonly MarkedRow[] => {
    const person = humanValue(row, high);
    if (grade.value === null || person === null) return [];
    const people = ratersValues(row, high).map((value) => value * steps);
    return [
      { judge: grade.value * steps, person: person * steps, people, question: questionOf(row) },
    ];
  };
  const labelled = rows.flatMap(({ grade, row }) => {
    const person = humanValue(row, high);
    return person === null ? [] : [{ grade, label: row.label ?? person }];
  });
  const by = (nameOf: (row: JudgeRow) => string | null) => {
    const named = Map.groupBy(
      rows.filter(({ row }) => nameOf(row) !== null),
      ({ row }) => nameOf(row) ?? "",
    );
    return Object.fromEntries(
      [...named].map(([name, own]) => [name, markAgreement(own.flatMap(markedOf), bounds)]),
    );
  };
  const graded = rows.filter(({ grade }) => grade.value !== null).length;
  const found = {
    n: rows.length,
    graded,
    ungraded: rows.length - graded,
    overall: markAgreement(rows.flatMap(markedOf), bounds),
    by_dimension: by(dimensionOf),
    by_kind: by(({ kind }) => kind ?? null),
    by_criterion: byCriterion(rows, bounds),
    plain: labelled.length === 0 ? null : agreementOf(labelled),
    position: positionHabit(
      rows.flatMap(({ row, grade }) =>
        (grade.ballots ?? []).flatMap(({ orders }) =>
          orders === undefined ? [] : [{ value: orders, question: questionOf(row) }],
        ),
      ),
    ),
    repeat: repeatHabit(
      rows.map(({ row, grade, repeats }) => ({
        value: [grade, ...repeats].flatMap(({ value }) => (value === null ? [] : value * steps)),
        question: questionOf(row),
      })),
      bounds,
    ),
    length: lengthHabit(
      rows.flatMap((each) =>
        markedOf(each).map((marked) => ({ ...marked, chars: charsOf(each.row, marking) })),
      ),
    ),
    reference: referenceHabit(
      rows.flatMap((each) => {
        const value = each.withoutReference?.value ?? null;
        if (value === null) return [];
        return markedOf(each).map((marked) => ({ ...marked, without: value * steps }));
      }),
      bounds,
    ),
  };
  return { ...found, use: judgeUse(found) };
}

/** Of a pair, how much longer the answer is than the other one. */
function charsOf({ response, baseline }: JudgeRow, { half }: Marking): number {
  const own = Array.from(response).length;
  return half ? own - Array.from(baseline ?? "").length : own;
}

/** Criteria that both people and the judges marked; the judges' mean. */
function byCriterion(
  rows: readonly JudgedRow[],
  bounds: MarkBounds,
): Readonly<Record<string, MarkAgreement>> {
  const marked = rows.flatMap(({ row, grade }) =>
    [...humanMarks(row)].flatMap(([name, { person, people }]) => {
      const marks = (grade.ballots ?? []).flatMap((each) => each.marks?.[name] ?? []);
      if (marks.length === 0) return [];
      const judge = marks.reduce((sum, mark) => sum + mark, 0) / marks.length;
      return [{ name, judge, person, people, question: questionOf(row) }];
    }),
  );
  return Object.fromEntries(
    [...Map.groupBy(marked, ({ name }) => name)].map(([name, own]) => [
      name,
      markAgreement(own, bounds),
    ]),
  );
}
