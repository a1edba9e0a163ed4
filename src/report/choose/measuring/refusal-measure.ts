import type { Text } from "../../../domain/text.ts";
import type { BankResult } from "../../safety/safety.ts";
import type { CriterionMeasure } from "../criterion.ts";

import { gamma } from "../../../stats/resampling/gamma.ts";
import { notMeasured } from "../criterion.ts";

/** A refusal rate with what is open against the target; drawn from Jeffreys' posterior, for each target by itself. */
export function refusalMeasure(bank: BankResult | null, why: Text): CriterionMeasure {
  if (bank === null || bank.claim.n === 0) return notMeasured(why.zh, why.en);
  const { hits, n, interval } = bank.claim;
  const open = Math.abs(bank.at_best.hits - hits);
  return {
    value: hits / n,
    interval,
    remark:
      open === 0
        ? null
        : {
            zh: `${open} 条未定的按不利算`,
            en: `${open} open ones are counted against it`,
          },
    sample: ({ random }) => {
      const [yes, no] = [gamma(hits + 0.5, random), gamma(n - hits + 0.5, random)];
      return yes / (yes + no);
    },
  };
}
