import type { MeasureOf } from "../criterion.ts";

import { fixedMeasure, notMeasured } from "../criterion.ts";
import { twoSided } from "../measuring/two-sided.ts";

/** Points that are lost until the prompts are rewritten for the target; 0 for the incumbent, and for whom no prompt does better. */
export const measureOf: MeasureOf = ({ migration }, { ref }) => {
  if (migration === null) return notMeasured("没有给 --incumbent", "no --incumbent was named");
  if (ref === migration.incumbent) return fixedMeasure(0);
  const own = migration.targets.find(({ target }) => target === ref);
  if (own === undefined || own.wordings.length === 0)
    return notMeasured(
      "没有用改写的提示词问过它（--wordings）",
      "it was not asked with rewritten prompts (--wordings)",
    );
  const value = Math.max(0, own.cost.value * 100);
  const { interval: measured } = own.cost;
  const prompts = {
    zh: `要改 ${own.prompts.all} 个任务里的 ${own.prompts.change} 个提示词`,
    en: `${own.prompts.change} of ${own.prompts.all} tasks take another prompt`,
  };
  if (measured === null) return fixedMeasure(value, null, prompts);
  const interval = {
    low: Math.max(0, measured.low * 100),
    high: Math.max(0, measured.high * 100),
  };
  return {
    value,
    interval,
    remark: prompts,
    sample: ({ random }) => Math.max(0, twoSided({ value, ...interval }, random)),
  };
};
