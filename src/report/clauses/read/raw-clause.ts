import type { SourceLocation } from "../../../domain/text.ts";

/** What a column of a table, or a field of a YAML file, says of a clause. */
export const clauseFields = [
  "no",
  "mark",
  "requirement",
  "measure",
  "bound",
  "lower",
  "upper",
  "unit",
  "relation",
  "of",
  "topic",
  "label",
  "at",
  "state",
  "value",
  "evidence",
] as const;
export type ClauseField = (typeof clauseFields)[number];

/** A clause as texts, before anything is understood. */
export type RawClause = {
  readonly fields: Readonly<Partial<Record<ClauseField, string>>>;
  readonly placeOf: (field: ClauseField) => SourceLocation;
  /** Written for baimo, so that what is not understood is a mistake; tables of buyers hold much else. */
  readonly strict: boolean;
};
