import type { Text } from "../../domain/text.ts";

/**
 * What a clause is answered with. `met` and `missed` are said only where the whole 95% interval is on one side of the bound, or
 * nothing was sampled; `open` where it straddles the bound or is not known; `untested` where there is no figure.
 */
export const clauseStates = ["met", "missed", "open", "untested"] as const;
export type ResponseState = (typeof clauseStates)[number];

/** ★: one miss rejects the bid. ▲: misses are counted. */
export type ClauseMark = "★" | "▲";

/** 95%, in the unit of the value; a null end is not known. */
export type ResponseInterval = { readonly low: number | null; readonly high: number | null };

/** Where a reader finds what a figure was made of. */
export type EvidenceLink = {
  /** The file as it was named. */
  readonly file: string;
  /** The view of the report page, such as `#/latency`; null where the page does not show it. */
  readonly view: string | null;
};

/** One clause with its answer. Figures are raw (fractions of 1, ms, amounts); what ends in `_text` is as people read it. */
export type ResponseRow = {
  readonly no: string;
  readonly mark: ClauseMark | null;
  readonly requirement: string;
  /** Null where the user answers the clause. */
  readonly measure: { readonly id: string; readonly name: Text } | null;
  /** What it is measured on, as the clause says: a suite, a dimension, a tag, a level of load. */
  readonly scope: string | null;
  /** Such as `≥ 99%`; empty where the clause states none. */
  readonly bound_text: string;
  readonly value: number | null;
  readonly value_text: Text;
  readonly interval: ResponseInterval | null;
  readonly interval_text: string;
  /** The denominator, and what is counted in it. */
  readonly n: number | null;
  readonly n_of: Text | null;
  readonly formula: Text | null;
  /** Samples that are not in the denominator, or count as failures there; `invalid_rule` says which. */
  readonly invalid: number | null;
  readonly invalid_rule: Text | null;
  readonly evidence: readonly EvidenceLink[];
  readonly state: ResponseState;
  /** Whether the value alone keeps the bound; null where there is no value. */
  readonly value_meets: boolean | null;
  /** Why it is open or untested, and what a reader has to know. */
  readonly remarks: readonly Text[];
  /** `user`: taken from the clause file, checked by nobody. */
  readonly source: "measured" | "user";
  /** Evidence that the user names. */
  readonly user_evidence: string | null;
};

/** How many clauses of one mark ended in each state. */
export type StateCounts = Readonly<Record<ResponseState, number>> & { readonly all: number };

/** `rejected`: a ★ clause is missed. `open`: none is, but one is open or untested. */
export type StarResult = "kept" | "rejected" | "open" | "none";

/** All clauses of a file, answered for one target. */
export type ResponseTable = {
  readonly title: string | null;
  readonly target: string;
  readonly simulated: boolean;
  readonly rows: readonly ResponseRow[];
  readonly counts: {
    readonly star: StateCounts;
    readonly triangle: StateCounts;
    readonly plain: StateCounts;
  };
  readonly star_result: StarResult;
  /** What was read from the files in a way that a person should look at. */
  readonly notes: readonly Text[];
};
