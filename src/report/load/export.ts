import type { LoadSummary } from "../../domain/load/summary.ts";
import type { Lang } from "../../domain/text.ts";
import type { LoadFile } from "../../store/load/load-file.ts";

import { renderCsv } from "../render/csv.ts";
import { loadTable } from "./text.ts";

/** The load without its rows: what was asked and what follows. */
export const loadJson = ({ head, end }: LoadFile, summary: LoadSummary) => ({
  ...head,
  status: end?.status ?? "interrupted",
  wall_ms: end?.wall_ms ?? null,
  summary,
});

/** A row for each step. */
export const loadCsv = ({ targets }: LoadSummary, lang: Lang): string =>
  renderCsv(loadTable(targets, lang));
