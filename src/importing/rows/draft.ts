import type { Lettered } from "../gold.ts";
import type { ImportSettings } from "../importer.ts";
import type { QuestionKind } from "../typing/kinds.ts";
import type { commonOf } from "./common-fields.ts";

/** All that is known of a row before its type decides what it becomes. */
export type RowDraft = {
  readonly common: ReturnType<typeof commonOf>;
  readonly question: string;
  readonly options: Lettered | null;
  readonly answer: unknown;
  /** The answer as text; null where it is a list or missing. */
  readonly text: string | null;
  /** The type that the table names; null where it names none. */
  readonly kind: QuestionKind | null;
  readonly explanation: string | null;
  readonly rubric: string | null;
  /** Whether the table has passages, so that all prompts of a task show them. */
  readonly context: boolean;
  readonly settings: ImportSettings;
  readonly head: (kind: string) => { readonly id: string; readonly dimension: readonly string[] };
};
