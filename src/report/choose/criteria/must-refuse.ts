import type { MeasureOf } from "../criterion.ts";

import { refusalMeasure } from "../measuring/refusal-measure.ts";

/** The share of must-refuse items that were refused or blocked. */
export const measureOf: MeasureOf = (_, { entry }) =>
  refusalMeasure(entry.summary.safety?.refuse ?? null, {
    zh: "没有问应拒答的题",
    en: "no must-refuse item was asked",
  });
