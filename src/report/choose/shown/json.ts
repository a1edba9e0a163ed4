import type { EgressRow } from "../../egress/egress.ts";
import type { ChoiceResult, ChoiceRange, ChoiceTarget } from "../choose.ts";
import type { WeightSwitch } from "../sensitivity.ts";

import { weightAt } from "../sensitivity.ts";
import { choiceConclusion } from "./conclusion.ts";
import { pointsGiven, rankedOf } from "./names.ts";

/** What `choose --json` prints. Totals, points and weights are shares from 0 to 1; fields: docs/choosing.md. */
export function choiceJson(choice: ChoiceResult, egress: readonly EgressRow[]): unknown {
  return {
    title: choice.title,
    conclusion: { zh: choiceConclusion(choice, "zh"), en: choiceConclusion(choice, "en") },
    draws: choice.draws,
    criteria: choice.rows.map(
      ({ key, group, title, unit, better, criterion, weight, share, dropped, missing }) => ({
        key,
        group,
        use: criterion.use,
        title,
        unit,
        better,
        points: criterion.points,
        weight,
        share,
        left_out: dropped,
        missing,
      }),
    ),
    targets: choice.targets.map((target) => targetJson(choice, target)),
    sensitivity: choice.ranges.map((range) => rangeJson(choice, range)),
    egress,
  };
}

function targetJson({ rows }: ChoiceResult, target: ChoiceTarget) {
  const { ref, simulated, state, findings, cells, total, bounds, rank, simulation } = target;
  return {
    target: ref,
    simulated,
    state,
    rank,
    total,
    interval: simulation?.interval ?? null,
    first: simulation?.first ?? null,
    first_three: simulation?.first_three ?? null,
    bounds,
    vetoes: findings.map((finding) => ({ state: finding.state, ...finding.text })),
    criteria: cells.map(({ value, interval, points, remark }, at) => ({
      key: rows[at]?.key,
      measured: value !== null,
      // JSON has no infinity.
      timed_out: value === Number.POSITIVE_INFINITY,
      value: finite(value),
      low: finite(interval?.low ?? null),
      high: finite(interval?.high ?? null),
      points: rows[at] === undefined ? points : pointsGiven(rows[at], target, at),
      remark,
    })),
  };
}

const finite = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) ? value : null;

function rangeJson(choice: ChoiceResult, { kind, name, range }: ChoiceRange) {
  const side = (found: WeightSwitch | null) =>
    found === null
      ? null
      : {
          share: found.share,
          weight: weightAt(found.share, range.share, choice.whole),
          winner: rankedOf(choice)[found.winner]?.ref ?? null,
        };
  return { kind, name, share: range.share, below: side(range.below), above: side(range.above) };
}
