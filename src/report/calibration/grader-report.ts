import type { GraderRow } from "../../grading/calibration/row.ts";

import { kindOf } from "../../grading/calibration/agreement.ts";
import {
  type GraderQuality,
  isMisread,
  type LabelledReading,
  qualityOf,
} from "../../grading/calibration/quality.ts";

/** A labelled reply with what its grader made of it. */
export type GradedRow = LabelledReading & {
  readonly grader: string;
  readonly row: GraderRow;
  /** In the file, from 1. */
  readonly line: number;
};

/** What `--json` prints: the figures over all rows, then those of their parts. Debatable rows stand apart, in none of the others. */
export type GraderSummary = GraderQuality & {
  /** Empty where no row has a kind. */
  readonly by_kind: Readonly<Record<string, GraderQuality>>;
  readonly by_grader: Readonly<Record<string, GraderQuality>>;
  /** Null where there are none. */
  readonly debatable: GraderQuality | null;
};

export function graderSummary(rows: readonly GradedRow[]): GraderSummary {
  const firm = rows.filter((each) => !isDebatable(each));
  const debatable = rows.filter(isDebatable);
  return {
    ...qualityOf(firm),
    by_kind: parts(firm, ({ row }) => row.kind ?? null),
    by_grader: parts(firm, ({ grader }) => grader),
    debatable: debatable.length === 0 ? null : qualityOf(debatable),
  };
}

export const isDebatable = ({ row }: GradedRow): boolean => row.debatable === true;

function parts(
  rows: readonly GradedRow[],
  nameOf: (row: GradedRow) => string | null,
): Readonly<Record<string, GraderQuality>> {
  const named = rows.flatMap((row) => {
    const name = nameOf(row);
    return name === null ? [] : [{ name, row }];
  });
  const groups = Map.groupBy(named, ({ name }) => name);
  return Object.fromEntries(
    [...groups].map(([name, group]) => [name, qualityOf(group.map(({ row }) => row))]),
  );
}

/** How a row differs from what people said; `misread` where the credit agrees and the answer that was read does not. */
export type Disagreement = Exclude<ReturnType<typeof kindOf>, "agree"> | "misread";

/** Null for a row in which grader and people agree. */
export function disagreementKind(row: GradedRow): Disagreement | null {
  const kind = kindOf(row);
  if (kind !== "agree") return kind;
  return isMisread(row) ? "misread" : null;
}

/** A disagreement as `-o` writes it. */
export const disagreementOf = (each: GradedRow) => ({
  line: each.line,
  kind: disagreementKind(each),
  id: each.row.id ?? null,
  grader: each.grader,
  reply_kind: each.row.kind ?? null,
  debatable: isDebatable(each),
  answer: each.row.answer ?? each.row.answers ?? null,
  label: each.label,
  value: each.grade.value,
  expect: each.expect,
  extracted: each.grade.extracted,
  why: each.grade.why,
  response: each.row.response,
});
