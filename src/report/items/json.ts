import type { ItemAnalysis } from "./analysis.ts";

import { formats } from "../../domain/formats.ts";
import { leastRespondents } from "./analysis.ts";
import { doubtedItems } from "./sections.ts";

/** The analysis as data: every item with raw figures, and the ids of those to look at first. Fields: docs/items.md. */
export const itemsJson = (analysis: ItemAnalysis) => ({
  schema: formats.items,
  runs: analysis.runs,
  rules: { least_respondents: leastRespondents },
  respondents: analysis.respondents,
  targets: analysis.targets,
  baselines_left_out: analysis.baselines,
  doubted: doubtedItems(analysis.items).map(({ item, version }) => ({ item, version })),
  items: analysis.items,
});
