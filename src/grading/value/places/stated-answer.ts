/** A part of a reply that may give the answer. */
export type StatedAnswer = {
  /** The whole part. */
  readonly text: string;
  /** What it says that the answer is, the likeliest first. */
  readonly stated: readonly string[];
  /** The rule that found it. */
  readonly why:
    | "correction"
    | "tag"
    | "boxed"
    | "json"
    | "table"
    | "check list"
    | "marker"
    | "bold"
    | "concluded"
    | "whole reply"
    | "bracket"
    | "quotation"
    | "blank"
    | "code"
    | "bare line"
    | "labelled"
    | "table row"
    | "neighbour line"
    | "stated";
  /** The reply says that this is its answer, so that nothing is guessed. */
  readonly sure: boolean;
};
