import type { Text } from "../../domain/text.ts";
import type { Table } from "../render/table.ts";
import type { PaperCell } from "./numbers.ts";

/** What a chapter of a report is made of, whatever it is written in. */
export type PaperBlock =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "text"; readonly text: string }
  /** What must be seen, such as that replies are generated. */
  | { readonly kind: "notice"; readonly text: string }
  | {
      readonly kind: "table";
      readonly caption: string;
      readonly table: Table;
      /** Columns that stand in each part of a table too wide for a page. */
      readonly keys: number;
    }
  | { readonly kind: "chart"; readonly caption: string; readonly bars: Bars }
  /** Lines to be signed by hand. */
  | { readonly kind: "signatures" };

/** Horizontal bars, one a target, with intervals where they are known. */
export type Bars = {
  readonly unit: string;
  readonly names: readonly string[];
  /** As the tables show them; texts are bars that are not drawn. */
  readonly values: readonly PaperCell[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
  /** Where the axis ends; null where the values say. */
  readonly most: number | null;
};

/** A part of a report; `id` is the placeholder that stands for it in a template. */
export type Chapter = {
  readonly id: ChapterId;
  readonly title: string;
  readonly blocks: readonly PaperBlock[];
};

/** The parts of a report in their order, with what each holds. */
export const chapterTitles = {
  conclusion: { zh: "结论", en: "Conclusion" },
  candidates: { zh: "候选与版本", en: "Candidates and versions" },
  suites: { zh: "题集", en: "Suites" },
  method: { zh: "方法", en: "Method" },
  scores: { zh: "效果", en: "Quality" },
  performance: { zh: "性能", en: "Performance" },
  cost: { zh: "成本", en: "Cost" },
  safety: { zh: "安全合规", en: "Safety" },
  clauses: { zh: "逐条响应", en: "Clauses" },
  failures: { zh: "失败与处理", en: "Failures" },
  limits: { zh: "风险与局限", en: "Risks and limits" },
  samples: { zh: "附录 A　作答样例", en: "Appendix A. Sample replies" },
  items: { zh: "附录 B　题目分析", en: "Appendix B. Item analysis" },
  records: { zh: "附录 C　原始记录", en: "Appendix C. Records" },
  signatures: { zh: "签字页", en: "Signatures" },
} as const satisfies Readonly<Record<string, Text>>;

export type ChapterId = keyof typeof chapterTitles;

export const heading = (text: string): PaperBlock => ({ kind: "heading", text });
export const says = (text: string): PaperBlock => ({ kind: "text", text });
export const notice = (text: string): PaperBlock => ({ kind: "notice", text });
/** Nothing where the table has no rows. */
export const tabled = (caption: string, table: Table, keys = 1): readonly PaperBlock[] =>
  table.rows.length === 0 ? [] : [{ kind: "table", caption, table, keys }];
