import type { MissingRule, Scorecard } from "../../domain/choosing/scorecard.ts";
import type { Interval } from "../../stats/interval.ts";
import type { CardRow } from "./card-rows.ts";
import type {
  ChoiceCandidate,
  ChooseSource,
  SimulatedWorld,
  CriterionMeasure,
} from "./criterion.ts";
import type { VetoFinding } from "./vetoes.ts";

import { beijingDate } from "../../domain/life/beijing-day.ts";
import { suiteDifferences, type SuiteDifference } from "../leaderboard/notes/suite-scores.ts";
import { cardRows, measureRow } from "./card-rows.ts";
import { shareOf } from "./points.ts";
import { weightRange, type WeightRange } from "./sensitivity.ts";
import { drawsFor, simulate, type SimulatedTarget } from "./simulate.ts";
import { placesBySum } from "./standing.ts";
import { vetoesOf } from "./vetoes.ts";

/** One criterion as it counted. */
export type ChoiceRow = CardRow & {
  /** Share of all weights that count, from 0 to 1. */
  readonly share: number;
  /** Why it counts for nothing: no candidate has a measurement, or one lacks it and the card leaves it out then. */
  readonly dropped: "nobody" | "left-out" | null;
  readonly missing: MissingRule;
  /** The least value among the ranked, for 低价优先法. */
  readonly lowest: number;
};

export type ChoiceCell = Pick<CriterionMeasure, "value" | "interval" | "remark"> & {
  /** Share of the criterion's weight, from 0 to 1; null where nothing was measured. */
  readonly points: number | null;
};

/** `out`: vetoed. `open`: a veto cannot be told yet. `incomplete`: a measurement is missing. */
export type ChoiceState = "ranked" | "out" | "open" | "incomplete";

export type ChoiceTarget = {
  readonly ref: string;
  readonly simulated: boolean;
  readonly state: ChoiceState;
  readonly findings: readonly VetoFinding[];
  /** In the order of the rows. */
  readonly cells: readonly ChoiceCell[];
  /** From 0 to 1; of the ranked alone. */
  readonly total: number | null;
  /** The total with nothing, and with all, for what is missing; of the incomplete alone. */
  readonly bounds: Interval | null;
  readonly rank: number | null;
  readonly simulation: SimulatedTarget | null;
};

/** How far a weight, or a group's, can move before another wins. */
export type ChoiceRange = {
  readonly kind: "criterion" | "group";
  readonly name: string;
  /** Places of the rows in it. */
  readonly rows: readonly number[];
  /** Winners are refs of `targets`. */
  readonly range: WeightRange;
};

export type ChoiceResult = {
  readonly title: string | null;
  readonly card: Scorecard;
  readonly rows: readonly ChoiceRow[];
  /** The ranked by total, then the incomplete, the open and the vetoed. */
  readonly targets: readonly ChoiceTarget[];
  /** Empty where fewer than two are ranked. */
  readonly ranges: readonly ChoiceRange[];
  /** All weights that count, in the card's own points. */
  readonly whole: number;
  readonly draws: number;
  /** Day of the newest run, in Beijing. */
  readonly day: string;
  /** How the first two differ by suite in the score of the whole; empty where the card does not count it, or there is one suite. */
  readonly suites: readonly SuiteDifference[];
};

const seed = 20_261_130;

/** Applies a scorecard to what runs measured. Formulas: docs/choosing.md. Throws a `UserError` for parts that the runs do not hold. */
export function chooseBy(
  card: Scorecard,
  source: ChooseSource,
  candidates: readonly ChoiceCandidate[],
): ChoiceResult {
  const plain = cardRows(card);
  const measured = candidates.map((candidate) => ({
    candidate,
    findings: vetoesOf(card, source, candidate),
    measures: plain.map((row) => measureRow(row, source, candidate)),
  }));
  const passing = measured.filter(({ findings }) => findings.length === 0);
  const rows = countedRows(
    plain,
    card,
    passing.map(({ measures }) => measures),
  );
  const isWhole = ({ measures }: Measured): boolean =>
    rows.every((row, at) => row.dropped !== null || row.missing === "zero" || known(measures[at]));
  const whole = rows.reduce((sum, { dropped, weight }) => sum + (dropped === null ? weight : 0), 0);
  const ranked = whole > 0 ? passing.filter(isWhole) : [];
  const scaled = withLowest(
    rows,
    ranked.map(({ measures }) => measures),
  );
  const totals = ranked.map(({ measures }) => totalOf(scaled, valuesOf(measures)));
  const places = placesBySum(totals);
  const draws = drawsFor(source.view.clusterKeys.size);
  const simulated =
    ranked.length === 0
      ? []
      : simulate({
          clusters: source.view.clusterKeys.size,
          draws,
          seed,
          targets: ranked.length,
          totals: (draw) => totalsIn(draw, rows, ranked),
        });
  const targets = measured.map((own): ChoiceTarget => {
    const at = ranked.indexOf(own);
    return {
      ref: own.candidate.ref,
      simulated: own.candidate.entry.summary.simulated,
      state: stateOf(own, at >= 0),
      findings: own.findings,
      cells: own.measures.map((measure, row) => cellOf(measure, scaled[row])),
      total: totals[at] ?? null,
      bounds:
        at >= 0 || own.findings.length > 0 || whole === 0 ? null : boundsOf(scaled, own.measures),
      rank: places[at] ?? null,
      simulation: simulated[at] ?? null,
    };
  });
  const sorted = targets.toSorted(
    (a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (b.total ?? 0) - (a.total ?? 0),
  );
  return {
    title: card.title ?? null,
    card,
    rows: scaled,
    targets: sorted,
    ranges: rangesOf(
      scaled,
      sorted.filter(({ state }) => state === "ranked"),
    ),
    whole,
    draws,
    day: beijingDate(new Date(source.view.runs.at(-1)?.started_at ?? 0)),
    suites: differencesOf(source, scaled, sorted),
  };
}

function differencesOf(
  { leaderboard: { suites, entries } }: ChooseSource,
  rows: readonly ChoiceRow[],
  targets: readonly ChoiceTarget[],
): readonly SuiteDifference[] {
  const counts = rows.some(
    ({ criterion, share }) => criterion.use === "effect" && criterion.of === undefined && share > 0,
  );
  const [first, second] = targets.filter(({ state }) => state === "ranked");
  if (!counts || first === undefined || second === undefined) return [];
  const placeOf = ({ ref }: ChoiceTarget): number =>
    entries.findIndex(({ summary }) => summary.target === ref);
  return suiteDifferences(suites, placeOf(first), placeOf(second));
}

type Measured = {
  readonly candidate: ChoiceCandidate;
  readonly findings: readonly VetoFinding[];
  readonly measures: readonly CriterionMeasure[];
};

const order: readonly ChoiceState[] = ["ranked", "incomplete", "open", "out"];

const known = (measure: CriterionMeasure | undefined): boolean => (measure?.value ?? null) !== null;

const valuesOf = (measures: readonly CriterionMeasure[]): readonly number[] =>
  measures.map(({ value }) => value ?? Number.NaN);

function stateOf({ findings }: Measured, isRanked: boolean): ChoiceState {
  if (findings.some(({ state }) => state === "out")) return "out";
  if (findings.length > 0) return "open";
  return isRanked ? "ranked" : "incomplete";
}

/** The rows with their shares; those that cannot count leave their weight to the others in proportion. */
function countedRows(
  rows: readonly CardRow[],
  card: Scorecard,
  passing: readonly (readonly CriterionMeasure[])[],
): readonly ChoiceRow[] {
  const marked = rows.map((row, at) => {
    const missing = row.criterion.missing ?? card.missing;
    const having = passing.filter((measures) => known(measures[at])).length;
    const dropped =
      having === 0 && passing.length > 0
        ? ("nobody" as const)
        : having < passing.length && missing === "leave-out"
          ? ("left-out" as const)
          : null;
    return { ...row, missing, dropped };
  });
  const whole = marked.reduce(
    (sum, { dropped, weight }) => sum + (dropped === null ? weight : 0),
    0,
  );
  return marked.map((row) => ({
    ...row,
    share: row.dropped !== null || whole === 0 ? 0 : row.weight / whole,
    lowest: Number.NaN,
  }));
}

function withLowest(
  rows: readonly ChoiceRow[],
  ranked: readonly (readonly CriterionMeasure[])[],
): readonly ChoiceRow[] {
  return rows.map((row, at) => ({
    ...row,
    lowest: leastOf(ranked.map((measures) => measures[at]?.value ?? Number.NaN)),
  }));
}

const leastOf = (values: readonly number[]): number =>
  values.reduce((least, each) => (each < least ? each : least), Number.POSITIVE_INFINITY);

/** A value's share of its row's weight; NaN stays NaN. */
const pointsOf = ({ criterion, better, lowest }: ChoiceRow, value: number): number =>
  Number.isNaN(value) ? value : shareOf(criterion.points, better, lowest)(value);

/** Where nothing was measured the row's rule holds: a target that is ranked all the same gets nothing there. */
const totalOf = (rows: readonly ChoiceRow[], values: readonly number[], lacking = 0): number =>
  rows.reduce((sum, row, at) => {
    if (row.share === 0) return sum;
    const own = pointsOf(row, values[at] ?? Number.NaN);
    return sum + row.share * (Number.isNaN(own) ? lacking : own);
  }, 0);

/** All totals of one simulated world; the lowest price is that of this world. */
function totalsIn(
  draw: SimulatedWorld,
  rows: readonly ChoiceRow[],
  ranked: readonly Measured[],
): readonly number[] {
  const values = ranked.map(({ measures }) =>
    measures.map((measure, at) =>
      (rows[at]?.share ?? 0) === 0 ? Number.NaN : measure.sample(draw),
    ),
  );
  const own = rows.map((row, at) =>
    row.criterion.points === "lowest-price"
      ? { ...row, lowest: leastOf(values.map((each) => each[at] ?? Number.NaN)) }
      : row,
  );
  return values.map((each) => totalOf(own, each));
}

const boundsOf = (rows: readonly ChoiceRow[], measures: readonly CriterionMeasure[]): Interval => ({
  low: totalOf(rows, valuesOf(measures), 0),
  high: totalOf(rows, valuesOf(measures), 1),
});

function cellOf(
  { value, interval, remark }: CriterionMeasure,
  row: ChoiceRow | undefined,
): ChoiceCell {
  const points = row === undefined || value === null ? Number.NaN : pointsOf(row, value);
  return { value, interval, remark, points: Number.isNaN(points) ? null : points };
}

function rangesOf(
  rows: readonly ChoiceRow[],
  ranked: readonly ChoiceTarget[],
): readonly ChoiceRange[] {
  if (ranked.length < 2) return [];
  const shares = rows.map(({ share }) => share);
  const points = ranked.map(({ cells }) => cells.map((cell) => cell.points ?? 0));
  const rangeOf = (members: readonly number[]): WeightRange =>
    weightRange(shares, points, members, 0);
  const counted = rows.flatMap((row, at) => (row.dropped === null ? [{ row, at }] : []));
  const groups = [...Map.groupBy(counted, ({ row }) => row.group)];
  const several = groups.length < 2 ? [] : groups.filter(([, members]) => members.length > 1);
  return [
    ...counted.map(({ row, at }) => ({
      kind: "criterion" as const,
      name: row.key,
      rows: [at],
      range: rangeOf([at]),
    })),
    ...several.map(([name, members]) => {
      const places = members.map(({ at }) => at);
      return { kind: "group" as const, name, rows: places, range: rangeOf(places) };
    }),
  ];
}
