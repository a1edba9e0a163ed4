import type { BallotFault } from "../../domain/judging.ts";
import type { Interval } from "../../stats/interval.ts";
import type { BallotView, TargetView } from "../view/model.ts";

import { ballotFaults } from "../../domain/judging.ts";
import { mostMissing } from "../score/shortfall.ts";

/** Verdicts that a target's score lacks because its judges gave none. */
export type JudgeMissing = {
  /** Answers that judges were asked about, and those of them without a verdict. */
  readonly asked: number;
  readonly missing: number;
  readonly share: number;
  /** What kept them from one; the first in the order of `ballotFaults` counts. */
  readonly kinds: Readonly<Record<BallotFault, number>>;
  /** The score if all that is missing were worth 0, and 1. */
  readonly bounds: Interval | null;
};

/** Above this share of verdicts that are missing a score is not ranked: silence must not lift anybody. */
export const mostUnjudged = mostMissing;

/**
 * Counts the answers in the base wording that judges left without a verdict; null where none is. What a judge refuses to
 * read is seldom like what it reads, so the mean of the others says little about them. `bounds` is only called for
 * where something is missing.
 */
export function judgeMissing(
  { judged, rows: { at } }: TargetView,
  isInside: (row: number) => boolean,
  bounds: () => Interval | null,
): JudgeMissing | null {
  const kinds: Record<BallotFault, number> = {
    refused: 0,
    format: 0,
    changed: 0,
    unreachable: 0,
    kin: 0,
  };
  let asked = 0;
  let missing = 0;
  for (const [row, turns] of judged) {
    const ballots = turns.flatMap((turn) => turn.ballots);
    if (ballots.length === 0 || at.wording[row] !== 0 || !isInside(row)) continue;
    asked += 1;
    if (!Number.isNaN(at.value[row] ?? Number.NaN)) continue;
    missing += 1;
    const faults = new Set(ballots.flatMap((each) => faultOf(each) ?? []));
    const kind = ballotFaults.find((each) => faults.has(each));
    if (kind !== undefined) kinds[kind] += 1;
  }
  return missing === 0 ? null : { asked, missing, share: missing / asked, kinds, bounds: bounds() };
}

/** Why a ballot holds no verdict; files of earlier versions say only that it holds none. */
export const faultOf = ({ value, fault }: BallotView): BallotFault | null =>
  value === null ? (fault ?? "format") : null;
