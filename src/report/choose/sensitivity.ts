import { tieSlack } from "./standing.ts";

/** Where the winner changes: at this share of all weights, and who wins beyond it. */
export type WeightSwitch = { readonly share: number; readonly winner: number };

/** How far one weight can move, the others scaled in proportion, before another wins; null where none does on that side. */
export type WeightRange = {
  readonly share: number;
  readonly below: WeightSwitch | null;
  readonly above: WeightSwitch | null;
  /** All the weight is here, so that there are no others to scale. */
  readonly alone: boolean;
};

/**
 * The range of one weight, or of several together (`members`), in which `leader` stays first. With the weight at share w and the others scaled in
 * proportion, a total is w · a + (1 - w) · r, a straight line in w, a being the points of these criteria and r those of the others, each by
 * their own shares; so the first crossing on either side is exact.
 */
export function weightRange(
  shares: readonly number[],
  points: readonly (readonly number[])[],
  members: readonly number[],
  leader: number,
): WeightRange {
  const own = new Set(members);
  const share = members.reduce((sum, at) => sum + (shares[at] ?? 0), 0);
  if (share >= 1 - tieSlack) return { share, below: null, above: null, alone: true };
  const mean = (target: readonly number[], inside: boolean): number => {
    const used = shares.map((weight, at) => (own.has(at) === inside ? weight : 0));
    const whole = used.reduce((sum, weight) => sum + weight, 0);
    // Criteria that weigh nothing yet come in with equal parts.
    const even = members.length;
    return target.reduce(
      (sum, each, at) =>
        sum + each * (whole > 0 ? (used[at] ?? 0) / whole : own.has(at) === inside ? 1 / even : 0),
      0,
    );
  };
  const lines = points.map((target) => ({ a: mean(target, true), r: mean(target, false) }));
  return {
    share,
    below: firstSwitch(lines, leader, share, -1),
    above: firstSwitch(lines, leader, share, 1),
    alone: false,
  };
}

type Line = { readonly a: number; readonly r: number };

function firstSwitch(
  lines: readonly Line[],
  leader: number,
  share: number,
  way: 1 | -1,
): WeightSwitch | null {
  const head = lines[leader];
  if (head === undefined) return null;
  const room = way > 0 ? 1 - share : share;
  let found: { step: number; slope: number; winner: number } | null = null;
  for (const [winner, { a, r }] of lines.entries()) {
    const lead = share * (head.a - a) + (1 - share) * (head.r - r);
    const slope = way * (head.a - head.r - (a - r));
    const step = Math.max(0, lead) / -slope;
    if (winner === leader || slope >= -tieSlack || step >= room - tieSlack) continue;
    const nearer = found === null || step < found.step - tieSlack;
    const steeper = found !== null && step < found.step + tieSlack && slope < found.slope;
    if (nearer || steeper) found = { step, slope, winner };
  }
  return found === null ? null : { share: share + way * found.step, winner: found.winner };
}

/** The weight in the card's own points that has this share, the other weights as they are; null where none has. */
export const weightAt = (at: number, share: number, whole: number): number | null =>
  at >= 1 - tieSlack ? null : (at * (1 - share) * whole) / (1 - at);
