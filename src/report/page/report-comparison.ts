import type { Text } from "../../domain/text.ts";
import type { FlipText } from "../compare/flips.ts";
import type { ShownComparison } from "../compare/text.ts";
import type { ComparedNode } from "../compare/verdict.ts";
import type { Table } from "../render/table.ts";
import type { Bilingual } from "./both.ts";
import type { ReportSection } from "./sections/section.ts";

import { comparisonJson } from "../compare/json.ts";
import { ratioTable } from "../compare/ratio-text.ts";
import { sliceDifferenceSections } from "../compare/slices.ts";
import { comparisonConclusion, contextLines, differenceTable } from "../compare/text.ts";
import { inBoth } from "./both.ts";

/** A comparison as a page shows it: what cannot be compared first, then differences, ratios and what flipped. */
export type ReportComparison = {
  readonly base: { readonly run: string; readonly target: string };
  readonly new: { readonly run: string; readonly target: string };
  readonly conclusion: Text;
  readonly context: Bilingual<readonly string[]>;
  /** Total first. What charts draw; the table holds the same. */
  readonly nodes: readonly Pick<ComparedNode, "kind" | "path" | "delta" | "interval" | "verdict">[];
  readonly difference: Bilingual<Table>;
  readonly ratio: Bilingual<Table>;
  readonly slices: readonly Pick<ReportSection, "title" | "table" | "lines">[];
  readonly lost: readonly FlipText[];
  readonly won: readonly FlipText[];
  readonly flips: { readonly lost: number; readonly won: number };
  /** As `compare --format json` prints it. */
  readonly data: unknown;
};

/** A comparison with all its texts. */
export function reportComparison(shown: ShownComparison): ReportComparison {
  const { comparison, runs, lost, won } = shown;
  const { targets, total, parts } = comparison;
  const slices = inBoth((lang) => sliceDifferenceSections(shown.slices, lang));
  return {
    base: { run: runs.base, target: targets.base },
    new: { run: runs.new, target: targets.new },
    conclusion: inBoth((lang) => comparisonConclusion(comparison, lang)),
    context: inBoth((lang) => contextLines(shown, lang)),
    nodes: [total, ...parts].map(({ kind, path, delta, interval, verdict }) => ({
      kind,
      path,
      delta,
      interval,
      verdict,
    })),
    difference: inBoth((lang) => differenceTable(comparison, lang)),
    ratio: inBoth((lang) => ratioTable(comparison, lang)),
    slices: slices.zh.map((zh, at) => {
      const en = slices.en[at] ?? zh;
      return {
        title: { zh: zh.title, en: en.title },
        table: { zh: zh.table, en: en.table },
        lines: zh.notes.map((note, line) => ({ zh: note, en: en.notes[line] ?? note })),
      };
    }),
    lost,
    won,
    flips: { lost: comparison.lost.length, won: comparison.won.length },
    data: comparisonJson(shown),
  };
}
