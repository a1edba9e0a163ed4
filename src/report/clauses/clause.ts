import type { SourceLocation, Text } from "../../domain/text.ts";
import type { LoadLevel, ClauseMeasure } from "./measures/measure.ts";
import type { ClauseMark, ResponseState } from "./response.ts";

/** The value has to be on one side of a limit, in the measure's base unit. */
export type ClauseLimit = {
  readonly relation: "at-least" | "above" | "at-most" | "below";
  readonly value: number;
};

/** One limit, or two of a range. `text` is how it is shown. */
export type ClauseBound = { readonly limits: readonly ClauseLimit[]; readonly text: string };

/** A clause of a buyer as baimo understood it. */
export type TenderClause = {
  readonly no: string;
  readonly mark: ClauseMark | null;
  readonly requirement: string;
  /** Null where the user answers. */
  readonly measure: ClauseMeasure | null;
  readonly bound: ClauseBound | null;
  /** A suite, suite/task, `tag=…`, a dimension; null for the whole run. */
  readonly of: string | null;
  /** A label of suites that are graded by labels. */
  readonly label: string | null;
  readonly at: LoadLevel | null;
  /** What the user says; measured clauses keep what was measured. */
  readonly stated: {
    readonly state: ResponseState | null;
    readonly value: string | null;
    readonly evidence: string | null;
  };
  readonly place: SourceLocation;
  /** How it was read, where a person should look. */
  readonly remarks: readonly Text[];
};

/** A file of clauses. */
export type ClauseList = {
  readonly title: string | null;
  readonly clauses: readonly TenderClause[];
  readonly notes: readonly Text[];
};
