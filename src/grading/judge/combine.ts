import type { Grade } from "../../domain/grader.ts";
import type { Ballot, Combination } from "../../domain/judging.ts";
import type { JudgeOptions } from "./options.ts";

import { ballotFaults } from "../../domain/judging.ts";
import { valueOfMarks } from "./ballots.ts";
import { boundsOf } from "./marks.ts";

/**
 * One grade from all ballots. Marks are combined by criterion, pairs by their points. With fewer valid ballots than
 * `min_valid` the reply is ungraded.
 */
export function gradeOfBallots(
  ballots: readonly Ballot[],
  options: JudgeOptions,
  combine: Combination,
  min_valid: number,
): Grade {
  const valid = ballots.filter(({ value }) => value !== null);
  const counts = {
    votes: ballots.length,
    valid: valid.length,
    ...faultNotes(ballots),
    ...(ballots.some(({ doubts_reference }) => doubts_reference === true)
      ? { reference_doubted: true }
      : {}),
  };
  if (valid.length < min_valid) {
    const [bad] = ballots.flatMap((each) => (each.invalid === null ? [] : [each.invalid]));
    const why = `judges: ${valid.length} valid of ${ballots.length}, ${min_valid} needed${bad === undefined ? "" : ` (${bad})`}`;
    return { verdict: "ungraded", value: null, extracted: null, why, notes: counts, ballots };
  }
  const values = valid.map(({ value }) => value ?? 0);
  const marks = options.mode === "pair" ? null : combinedMarks(valid, combine);
  const value = marks === null ? combined(values, combine) : valueOfMarks(marks, options);
  return {
    verdict: verdictOf(value, options),
    value,
    extracted: marks === null ? battleText(valid) : marksText(marks, options),
    why: `judge ${options.mode}`,
    notes: { ...counts, disagreement: Math.max(...values) - Math.min(...values) },
    ballots,
  };
}

/** Votes without a verdict by their kind, such as `refused: 1`; nothing where there is none. */
const faultNotes = (ballots: readonly Ballot[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    ballotFaults.flatMap((kind) => {
      const count = ballots.filter(({ fault }) => fault === kind).length;
      return count === 0 ? [] : [[kind, count] as const];
    }),
  );

/** A grade from ballots recorded elsewhere: their values are combined as they are, whatever their criteria. */
export function combinedValues(ballots: readonly Ballot[], options: JudgeOptions): Grade {
  const bare = ballots.map(({ marks: _m, ...each }) => each);
  const min = Math.min(options.min_valid ?? Math.floor(ballots.length / 2) + 1, ballots.length);
  const grade = gradeOfBallots(bare, { ...options, mode: "pair" }, options.combine, min);
  return { ...grade, ballots, why: grade.value === null ? grade.why : "recorded" };
}

function combinedMarks(
  valid: readonly Ballot[],
  combine: Combination,
): Readonly<Record<string, number>> {
  const names = Object.keys(valid[0]?.marks ?? {});
  return Object.fromEntries(
    names.map((name) => [
      name,
      combined(
        valid.map(({ marks }) => marks?.[name] ?? 0),
        combine,
      ),
    ]),
  );
}

/** `majority` takes the most frequent value, or the mean of several equally frequent ones. */
function combined(values: readonly number[], combine: Combination): number {
  switch (combine) {
    case "mean":
      return meanOf(values);
    case "median": {
      const sorted = values.toSorted((a, b) => a - b);
      const middle = (sorted.length - 1) / 2;
      return meanOf([sorted[Math.floor(middle)] ?? 0, sorted[Math.ceil(middle)] ?? 0]);
    }
    case "majority": {
      const groups = [...Map.groupBy(values, (value) => value)];
      const maxCount = Math.max(...groups.map(([, members]) => members.length));
      return meanOf(
        groups.flatMap(([value, members]) => (members.length === maxCount ? [value] : [])),
      );
    }
  }
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Right at the top of the scale, wrong at the bottom, partial in between. */
function verdictOf(value: number, { mode, scale }: JudgeOptions): "right" | "wrong" | "partial" {
  if (value >= 1 - 1e-12) return "right";
  const foot = mode === "marks" ? boundsOf[scale].low / boundsOf[scale].high : 0;
  return value <= foot + 1e-12 ? "wrong" : "partial";
}

const battleText = (valid: readonly Ballot[]): string =>
  valid.map(({ orders }) => (orders ?? []).join("/")).join(" ");

const marksText = (marks: Readonly<Record<string, number>>, { mode }: JudgeOptions): string =>
  Object.entries(marks)
    .map(
      ([name, mark]) =>
        `${name} ${mode === "checklist" ? yesNo(mark) : Math.round(mark * 100) / 100}`,
    )
    .join("，");

const yesNo = (mark: number): string | number => (mark === 1 ? "是" : mark === 0 ? "否" : mark);
