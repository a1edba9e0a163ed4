import type { Side } from "../pairing.ts";
import type { Ratios } from "../ratios.ts";
import type { ComparabilityFinding } from "./comparable.ts";

import { type DoubtedUsage, doubtedUsage, mostDoubted } from "../../score/doubted-usage.ts";

export const noRatios: Ratios = {
  first_token_ms: null,
  speed: null,
  cost: null,
  cost_per_right: null,
  currency: null,
  side_costs: { base: null, new: null },
};

const doubtOf = ({ target }: Side): DoubtedUsage | null => doubtedUsage(target, () => true);

/**
 * Without the ratios of money where more than 2% of a side's answers have token counts that cannot be true, and without
 * that side's cost.
 */
export function believedRatios(base: Side, fresh: Side, ratios: Ratios): Ratios {
  const isDoubted = (side: Side): boolean =>
    (doubtOf(side)?.answers ?? 0) > side.target.rows.length * mostDoubted;
  const doubted = { base: isDoubted(base), new: isDoubted(fresh) };
  if (!doubted.base && !doubted.new) return ratios;
  const { side_costs } = ratios;
  return {
    ...ratios,
    cost: null,
    cost_per_right: null,
    side_costs: {
      base: doubted.base ? null : side_costs.base,
      new: doubted.new ? null : side_costs.new,
    },
  };
}

export function usageFindings(base: Side, fresh: Side): readonly ComparabilityFinding[] {
  const [before, after] = [doubtOf(base), doubtOf(fresh)];
  if (before === null && after === null) return [];
  const [a, b] = [before?.answers ?? 0, after?.answers ?? 0];
  return [
    {
      level: "warn",
      touches: "cost",
      message: {
        zh: `用量不可信：基准 ${a} 次作答，新 ${b} 次，费用不作比较或只是下限`,
        en: `usage cannot be believed: ${a} answers of the base, ${b} of the new run; costs are not compared, or are lower bounds`,
      },
    },
  ];
}
