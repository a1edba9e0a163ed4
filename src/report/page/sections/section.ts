import type { Lang, Text } from "../../../domain/text.ts";
import type { Table } from "../../render/table.ts";

import { type Bilingual, inBoth, linesInBoth } from "../both.ts";

/** Tables and sentences of a page's view, in both languages; both have the same rows and lines. */
export type ReportSection = {
  readonly view:
    | "choose"
    | "egress"
    | "scores"
    | "safety"
    | "latency"
    | "cost"
    | "failures"
    | "judges"
    | "people"
    | "items";
  readonly title: Text;
  readonly table: Bilingual<Table> | null;
  readonly lines: readonly Text[];
};

/** A section as one language has it. */
export type MadeSection = {
  readonly title: string;
  readonly table: Table;
  readonly notes?: readonly string[];
};

/** Sections with tables, made in both languages. A table without rows is left out. */
export const sectionsIn = (
  view: ReportSection["view"],
  make: (lang: Lang) => readonly MadeSection[],
): readonly ReportSection[] => {
  const { zh: sections, en } = inBoth(make);
  return sections.map((zh, at) => {
    const other = en[at] ?? zh;
    return {
      view,
      title: { zh: zh.title, en: other.title },
      table: zh.table.rows.length === 0 ? null : { zh: zh.table, en: other.table },
      lines: (zh.notes ?? []).map((note, line) => ({ zh: note, en: other.notes?.[line] ?? note })),
    };
  });
};

/** One section of sentences; none where there is nothing to say. */
export const linesIn = (
  view: ReportSection["view"],
  title: Text,
  make: (lang: Lang) => readonly string[],
): readonly ReportSection[] => {
  const lines = linesInBoth(make);
  return lines.length === 0 ? [] : [{ view, title, table: null, lines }];
};
