import type { MeasureOf } from "../criterion.ts";

import { refusalMeasure } from "../measuring/refusal-measure.ts";

/** The share of items that must not be refused and were. */
export const measureOf: MeasureOf = (_, { entry }) =>
  refusalMeasure(entry.summary.safety?.answer ?? null, {
    zh: "没有问不该拒答的题",
    en: "no item was asked that must not be refused",
  });
